#!/bin/sh
# Lays out below the folder $1 what Node.js needs at run time and nothing else: its binary, the shared libraries it is
# linked with, the CA certificates, one user. The packages they come from are listed as distroless images do it, in
# var/lib/dpkg/status.d, so that scanners find them; their licences come along.
set -eu
root=$1
uid=$2

copy() { install -D "$1" "$root$1"; }

record() {
  mkdir -p "$root/var/lib/dpkg/status.d" "$root/usr/share/doc/$1"
  dpkg-query --status "$1" > "$root/var/lib/dpkg/status.d/$1"
  cp "/usr/share/doc/$1/copyright" "$root/usr/share/doc/$1/copyright"
}

node=$(command -v node)
copy "$node"
licence=${node%/bin/node}/LICENSE
[ ! -f "$licence" ] || install -D -m 0644 "$licence" "$root/usr/share/doc/node/copyright"
for library in $(ldd "$node" | grep -o '/[^ ]*'); do
  copy "$library"
  record "$(dpkg-query --search "*/${library##*/}" | cut -d: -f1 | sort -u)"
done

install -D -m 0644 /etc/ssl/certs/ca-certificates.crt "$root/etc/ssl/certs/ca-certificates.crt"
record ca-certificates
install -D -m 0644 /etc/os-release "$root/etc/os-release"
record base-files

echo "vidimus:x:$uid:$uid::/data:/nonexistent" > "$root/etc/passwd"
echo "vidimus:x:$uid:" > "$root/etc/group"
echo 'hosts: files dns' > "$root/etc/nsswitch.conf"
install -d -m 1777 "$root/tmp"
install -d -m 0750 -o "$uid" -g "$uid" "$root/data"
