package main

import (
	"crypto/x509"
	"encoding/json"
	"os"
	"runtime"
	"strconv"
	"strings"
	"syscall"
)

// measureCRL reads a CRL and makes a map of its entries, and says what that took, as JSON.
func measureCRL(path string) {
	der, err := os.ReadFile(path)
	if err != nil {
		panic(err)
	}
	before, started := resident("VmRSS"), cpu()
	list, err := x509.ParseRevocationList(der)
	if err != nil {
		panic(err)
	}
	bySerial := make(map[string]int, len(list.RevokedCertificateEntries))
	for at, revoked := range list.RevokedCertificateEntries {
		bySerial[string(revoked.SerialNumber.Bytes())] = at
	}
	loaded := cpu()
	growth := resident("VmHWM") - before
	const lookUps = 200_000
	start := cpu()
	found := 0
	for at := range lookUps {
		entry := list.RevokedCertificateEntries[at*7919%len(list.RevokedCertificateEntries)]
		if _, listed := bySerial[string(entry.SerialNumber.Bytes())]; listed {
			found++
		}
	}
	lookUp := float64(cpu()-start) * 1000 / lookUps
	runtime.KeepAlive(der)
	_ = json.NewEncoder(os.Stdout).Encode(map[string]float64{
		"entries": float64(len(bySerial)), "loadCpuMicroseconds": float64(loaded - started),
		"grownBytes": float64(growth), "lookUpNanoseconds": lookUp, "found": float64(found),
	})
}

// cpu is what all threads have used so far, in microseconds.
func cpu() int64 {
	var usage syscall.Rusage
	_ = syscall.Getrusage(syscall.RUSAGE_SELF, &usage)
	return usage.Utime.Nano()/1000 + usage.Stime.Nano()/1000
}

// resident is a figure of /proc/self/status, in bytes.
func resident(name string) int64 {
	status, _ := os.ReadFile("/proc/self/status")
	for _, line := range strings.Split(string(status), "\n") {
		fields := strings.Fields(line)
		if len(fields) > 1 && fields[0] == name+":" {
			kibibytes, _ := strconv.ParseInt(fields[1], 10, 64)
			return kibibytes * 1024
		}
	}
	return 0
}
