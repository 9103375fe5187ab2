// The peer in Go: what a team would write itself, with net/http and crypto/x509.
package main

import (
	"bufio"
	"crypto/sha256"
	"crypto/x509"
	"encoding/hex"
	"encoding/json"
	"encoding/pem"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
)

type request struct {
	ID            string `json:"id,omitempty"`
	Chain         string `json:"chain"`
	Intermediates string `json:"intermediates"`
	CABundle      string `json:"caBundle"`
	Hostname      string `json:"hostname"`
	Purpose       string `json:"purpose"`
}

type entry struct {
	Fingerprint string `json:"fingerprint"`
	Subject     string `json:"subject"`
	Issuer      string `json:"issuer"`
}

type answer struct {
	Valid bool    `json:"valid"`
	Error string  `json:"error,omitempty"`
	Path  []entry `json:"path"`
}

type line struct {
	ID     string `json:"id"`
	Status int    `json:"status"`
	Body   answer `json:"body"`
}

var roots *x509.CertPool

func certificates(text string) ([]*x509.Certificate, error) {
	var found []*x509.Certificate
	rest := []byte(text)
	for {
		var block *pem.Block
		if block, rest = pem.Decode(rest); block == nil {
			return found, nil
		}
		certificate, err := x509.ParseCertificate(block.Bytes)
		if err != nil {
			return nil, err
		}
		found = append(found, certificate)
	}
}

func validate(asked request) (answer, error) {
	chain, err := certificates(asked.Chain)
	if err != nil || len(chain) == 0 {
		return answer{}, errors.Join(err, errors.New("no certificate to validate"))
	}
	others, err := certificates(asked.Intermediates)
	if err != nil {
		return answer{}, err
	}
	options := x509.VerifyOptions{
		Roots: roots, Intermediates: x509.NewCertPool(), DNSName: asked.Hostname,
		KeyUsages: []x509.ExtKeyUsage{x509.ExtKeyUsageAny},
	}
	if asked.CABundle != "" {
		options.Roots = x509.NewCertPool()
		options.Roots.AppendCertsFromPEM([]byte(asked.CABundle))
	}
	if asked.Purpose == "codeSigning" {
		options.KeyUsages = []x509.ExtKeyUsage{x509.ExtKeyUsageCodeSigning}
	}
	for _, certificate := range append(chain[1:], others...) {
		options.Intermediates.AddCert(certificate)
	}
	paths, err := chain[0].Verify(options)
	if err != nil {
		return answer{Error: err.Error(), Path: []entry{}}, nil
	}
	path := make([]entry, len(paths[0]))
	for at, certificate := range paths[0] {
		digest := sha256.Sum256(certificate.Raw)
		path[at] = entry{hex.EncodeToString(digest[:]), certificate.Subject.String(), certificate.Issuer.String()}
	}
	return answer{Valid: true, Path: path}, nil
}

func one(response http.ResponseWriter, got *http.Request) {
	var asked request
	if err := json.NewDecoder(got.Body).Decode(&asked); err != nil {
		http.Error(response, err.Error(), http.StatusBadRequest)
		return
	}
	verdict, err := validate(asked)
	if err != nil {
		http.Error(response, err.Error(), http.StatusUnprocessableEntity)
		return
	}
	response.Header().Set("content-type", "application/json")
	_ = json.NewEncoder(response).Encode(verdict)
}

func batch(response http.ResponseWriter, got *http.Request) {
	lines := bufio.NewScanner(got.Body)
	lines.Buffer(make([]byte, 1<<20), 8<<20)
	response.Header().Set("content-type", "application/x-ndjson")
	encoder := json.NewEncoder(response)
	for lines.Scan() {
		var asked request
		answered := line{Status: http.StatusOK}
		err := json.Unmarshal(lines.Bytes(), &asked)
		if err == nil {
			answered.ID = asked.ID
			answered.Body, err = validate(asked)
		}
		if err != nil {
			answered.Status, answered.Body = http.StatusUnprocessableEntity, answer{Error: err.Error()}
		}
		_ = encoder.Encode(answered)
	}
}

func main() {
	if len(os.Args) > 2 && os.Args[1] == "crl" {
		measureCRL(os.Args[2])
		return
	}
	file, err := os.ReadFile(os.Getenv("CA_FILES"))
	if err != nil {
		panic(err)
	}
	roots = x509.NewCertPool()
	roots.AppendCertsFromPEM(file)
	http.HandleFunc("POST /validate", one)
	http.HandleFunc("POST /validate/batch", batch)
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		panic(err)
	}
	fmt.Printf("Listening on http://%s\n", listener.Addr())
	panic(http.Serve(listener, nil))
}
