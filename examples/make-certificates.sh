#!/bin/sh
# Makes a small PKI with OpenSSL 3 in a folder, as people make theirs, for the examples of the README:
#   sh examples/make-certificates.sh demo
set -eu
folder=${1:?Usage: sh make-certificates.sh FOLDER}
mkdir -p "$folder"
cd "$folder"

request() { # request NAME SUBJECT: a key and a certificate request
  openssl req -newkey rsa:2048 -nodes -keyout "$1-key.pem" -out "$1.csr" -subj "$2" 2> /dev/null
}

cat > extensions.cnf << 'CNF'
[ca]
basicConstraints = critical, CA:TRUE
keyUsage = critical, keyCertSign, cRLSign
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
[server]
basicConstraints = CA:FALSE
keyUsage = critical, digitalSignature, keyEncipherment
extendedKeyUsage = serverAuth
subjectAltName = DNS:api.example.test, IP:192.0.2.10
subjectKeyIdentifier = hash
authorityKeyIdentifier = keyid
CNF

# A root, an issuing CA below it, and a server.
openssl req -x509 -newkey rsa:2048 -nodes -keyout root-key.pem -out root.pem -subj '/O=Example/CN=Example Root CA' \
  -days 3650 -addext 'keyUsage = critical, keyCertSign, cRLSign' 2> /dev/null
request issuing '/O=Example/CN=Example Issuing CA'
openssl x509 -req -in issuing.csr -CA root.pem -CAkey root-key.pem -CAcreateserial -days 1825 \
  -extfile extensions.cnf -extensions ca -out issuing.pem 2> /dev/null
request server '/O=Example/CN=api.example.test'
openssl x509 -req -in server.csr -CA issuing.pem -CAkey issuing-key.pem -CAcreateserial -days 90 \
  -extfile extensions.cnf -extensions server -out server.pem 2> /dev/null
cat server.pem issuing.pem > chain.pem
cat server-key.pem server.pem issuing.pem > combined.pem

# The same server's last certificate, which has expired.
: > index.txt
cat > ca.cnf << 'CNF'
[ca]
default_ca = demo
[demo]
database = index.txt
serial = issued.srl
new_certs_dir = .
default_md = sha256
policy = any
unique_subject = no
[any]
organizationName = optional
commonName = supplied
CNF
openssl ca -config ca.cnf -batch -notext -create_serial -in server.csr -cert issuing.pem -keyfile issuing-key.pem \
  -startdate 20250801000000Z -enddate 20251101000000Z -extfile extensions.cnf -extensions server \
  -out expired.pem 2> /dev/null
cat expired.pem issuing.pem > expired-chain.pem

# A certificate that signs itself, with its key in a file of its own.
openssl req -x509 -newkey rsa:2048 -nodes -days 365 -keyout self-signed-key.pem -out self-signed.pem \
  -subj '/CN=printer.example.test' -addext 'subjectAltName = DNS:printer.example.test' 2> /dev/null
rm -f -- [0-9A-F][0-9A-F]*.pem # the copy that openssl ca keeps
echo "Made in $folder: $(echo *.pem)"
