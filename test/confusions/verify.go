// Says of a chain what Go says: the files are loaded as a server loads them, and the chain is verified as a client of crypto/tls does.
//
//	verify CHAIN KEY CAFILE NAME
//
// KEY may be empty. It prints a line, and ends with 0 where the chain is accepted and with 1 where it is not.
package main

import (
	"crypto/tls"
	"crypto/x509"
	"encoding/pem"
	"fmt"
	"os"
)

func main() {
	if len(os.Args) == 2 && os.Args[1] == "ready" {
		return
	}
	if err := verify(os.Args[1], os.Args[2], os.Args[3], os.Args[4]); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	fmt.Println("accepted")
}

func verify(chainFile, keyFile, caFile, name string) error {
	chain, err := read(chainFile)
	if err != nil {
		return err
	}
	anchors, err := read(caFile)
	if err != nil {
		return err
	}
	if keyFile != "" {
		if _, err := tls.LoadX509KeyPair(chainFile, keyFile); err != nil {
			return err
		}
	}
	options := x509.VerifyOptions{DNSName: name, Roots: pool(anchors), Intermediates: pool(chain[1:])}
	_, err = chain[0].Verify(options)
	return err
}

func read(file string) ([]*x509.Certificate, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	var certificates []*x509.Certificate
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		certificates = append(certificates, certificate)
	}
	return certificates, nil
}

func pool(certificates []*x509.Certificate) *x509.CertPool {
	pool := x509.NewCertPool()
	for _, certificate := range certificates {
		pool.AddCert(certificate)
	}
	return pool
}
