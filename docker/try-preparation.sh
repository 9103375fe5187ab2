# shellcheck shell=bash
# To be sourced by try.sh, which sets `work`: what has to be there before there is something to try.

install_packages() {
  local attempt package missing=()
  # What is called here has to be there: docker-buildx is a part of the client before Debian 13, and a package since.
  [ -x /usr/sbin/dockerd ] || missing+=(docker.io)
  [ -x /usr/bin/docker-compose ] || missing+=(docker-compose)
  for package in curl iptables mmdebstrap openssl; do
    command -v "$package" > /dev/null || missing+=("$package")
  done
  [ "${#missing[@]}" -eq 0 ] && return 0
  say "apt-get install ${missing[*]}"
  for attempt in 1 2 3; do
    apt-get update -q > "${work:?}/apt.log" 2>&1
    for package in docker-cli docker-buildx; do
      apt-cache show "$package" > /dev/null 2>&1 && missing+=("$package")
    done
    # RUNLEVEL=1 keeps the package from starting the machine's own daemon.
    RUNLEVEL=1 apt-get install -qy --no-install-recommends "${missing[@]}" >> "${work:?}/apt.log" 2>&1 && return 0
    sleep $((attempt * 5))
  done
  tail -n 20 "${work:?}/apt.log"
  return 1
}

# How this machine reaches its package registry, as build secrets and proxy arguments.
build_access() {
  local setting value ca
  for setting in registry proxy https-proxy noproxy; do
    value=$(npm config get "$setting" 2> /dev/null)
    case $value in '' | null | undefined) ;; *) echo "$setting=$value" ;; esac
  done > "$work/npmrc"
  { cat "$(npm config get globalconfig)" "$(npm config get userconfig)" | grep '^//' >> "$work/npmrc"; } 2> /dev/null
  access=(--secret "id=npmrc,src=$work/npmrc")
  ca=$(npm config get cafile 2> /dev/null)
  [ -f "$ca" ] || ca=${NODE_EXTRA_CA_CERTS:-}
  if [ -f "$ca" ]; then
    echo 'cafile=/run/secrets/registry-ca' >> "$work/npmrc"
    access+=(--secret "id=registry-ca,src=$ca")
  fi
  for setting in HTTP_PROXY HTTPS_PROXY NO_PROXY http_proxy https_proxy no_proxy; do
    [ -z "${!setting:-}" ] || access+=(--build-arg "$setting")
  done
}

make_certificates() {
  local quietly="$work/openssl.log"
  openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj '/CN=self.example.test' \
    -addext 'subjectAltName=DNS:self.example.test' -keyout "$work/self.key" -out "$work/self.pem" 2> "$quietly" &&
    openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj '/CN=Root of a trial' \
      -addext 'keyUsage=critical,keyCertSign,cRLSign' -keyout "$work/root.key" -out "$work/root.pem" 2> "$quietly" &&
    openssl req -new -newkey rsa:2048 -nodes -subj '/CN=leaf.example.test' -keyout "$work/leaf.key" -out "$work/leaf.csr" \
      2> "$quietly" &&
    printf 'subjectAltName=DNS:leaf.example.test\nbasicConstraints=critical,CA:FALSE\n' > "$work/leaf.ext" &&
    openssl x509 -req -in "$work/leaf.csr" -CA "$work/root.pem" -CAkey "$work/root.key" -CAcreateserial -days 20 \
      -extfile "$work/leaf.ext" -out "$work/leaf.pem" 2> "$quietly"
}
