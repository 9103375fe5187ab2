#!/usr/bin/env bash
# Builds the image, starts its container and asks it for verdicts, all from nothing on a Debian machine that need not
# reach any image registry. Needs root, Node.js with npm, and apt-get where a package is missing. Leaves nothing behind
# but those packages. Prints figures, and at last a line "N passed, N failed".
set -uo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.." || exit 1
exec < /dev/null
# Debian's own client before any other: it and Debian's daemon can build together.
export PATH="/usr/sbin:/usr/bin:/sbin:/bin:$PATH" DEBIAN_FRONTEND=noninteractive
. docker/private-engine.sh
. docker/try-preparation.sh

image=vidimus
base=$(sed -n 's/^ARG NODE_IMAGE=//p' Dockerfile)
version=$(node -p 'require("./package.json").version')
work=$(mktemp -d)
passed=0 failed=0
container='' address='' pid='' started=''

say() { printf '\n== %s\n' "$*"; }
figure() { printf '   %-34s %s\n' "$1" "$2"; }
pass() { passed=$((passed + 1)) && echo "ok   $1"; }
fail() { failed=$((failed + 1)) && echo "FAIL $1${2:+: $2}"; }
check() { local title=$1 && shift && if "$@"; then pass "$title"; else fail "$title"; fi; }
same() { if [ "$2" = "$3" ]; then pass "$1"; else fail "$1" "expected \"$3\", got \"${2:0:200}\""; fi; }
now() { date +%s%N; }
seconds_since() { awk -v from="$1" -v to="$(now)" 'BEGIN { printf "%.1f s", (to - from) / 1e9 }'; }

finish() {
  trap - EXIT INT TERM
  [ "$failed" -gt 0 ] && [ -n "$container" ] && docker logs --tail 40 "$container"
  compose_down
  engine_stop
  rm -rf "$work"
  printf '\n%d passed, %d failed\n' "$passed" "$failed"
  [ "$failed" -eq 0 ]
  exit
}
give_up() { fail "$1" "${2:-}" && finish; }
trap 'give_up "The run came to its end"' EXIT INT TERM

# The JSON of a request: body CHAIN-FILE [CA-FILE [HOSTNAME]]
body() {
  node -e 'const [chain, ca, hostname] = process.argv.slice(1)
    const text = (file) => require("node:fs").readFileSync(file, "utf8")
    console.log(JSON.stringify({ chain: text(chain), ...(ca && { caBundle: text(ca) }), ...(hostname && { hostname }) }))' "$@"
}

# What the service says: its status and `valid`, or the code of a problem.
verdict() {
  body "$@" | curl --silent --max-time 10 --header 'content-type: application/json' --data-binary @- \
    --write-out '\n%{http_code}' "$address/validate" |
    node -e 'const lines = require("node:fs").readFileSync(0, "utf8").trim().split("\n")
      const status = lines.pop()
      const answer = lines.length > 0 ? JSON.parse(lines.join("\n")) : {}
      console.log(status, answer.valid ?? answer.code, ...(answer.errors ?? []).map(({ code }) => code).sort())'
}

status_of() { curl --silent --output /dev/null --max-time 5 --write-out '%{http_code}' "$address$1"; }
megabytes_of() { echo "$(($(docker image inspect --format '{{.Size}}' "$1") / 1000000)) MB"; }
state() { docker inspect --format "{{$1}}" "$container"; }
process_line() { sed -n "s/^$1:[[:space:]]*//p" "/proc/$pid/status"; }
in_container() { docker exec "$container" node -e "$1"; }

health_check_fails() { ! docker exec --env PORT=1 "$container" node /app/docker/healthcheck.mjs 2> /dev/null; }

await_answer() {
  local waited
  for ((waited = 0; waited < 300; waited++)); do
    [ "$(status_of /health/live)" = 200 ] && return 0
    [ "$(state .State.Running)" = true ] || return 1
    sleep 0.1
  done
  return 1
}

# Until the service answers, then until the image's health check has said so.
await_healthy() {
  local waited
  await_answer || return 1
  figure 'to the first answer' "$(seconds_since "$started")"
  for ((waited = 0; waited < 120; waited++)); do
    [ "$(state .State.Health.Status)" = healthy ] && figure 'to "healthy"' "$(seconds_since "$started")" && return 0
    sleep 0.5
  done
  return 1
}

try_image() {
  local files expected
  docker create --name contents "$image" > /dev/null
  docker export contents | tar --list > "$work/files"
  docker rm contents > /dev/null
  figure 'size of the image' "$(megabytes_of "$image")"
  figure 'of the base image' "$(megabytes_of "$base")"
  figure 'of it, packages' "$(docker run --rm "$image" node -e 'const fs = require("node:fs")
    const files = fs.readdirSync("/app/node_modules", { recursive: true, withFileTypes: true }).filter((e) => e.isFile())
    console.log(files.reduce((sum, e) => sum + fs.statSync(`${e.parentPath}/${e.name}`).size, 0) / 1e6 | 0, "MB")')"
  same 'The image has one Node.js' "$(grep -E '(^|/)node$' "$work/files")" usr/local/bin/node
  files=$(grep -E '^app/(runtime|test|src)/|node_modules/(\.bin/(tsc|vitest)|node-(linux|bin|darwin|win)|typescript|vitest|@biomejs|@types)/?' "$work/files")
  same 'The image has no development dependency, no sources, no runtime workspace' "$files" ''
  files=$(grep -E '(^|/)(sh|bash|dash|busybox|npm|apt|dpkg)$' "$work/files")
  same 'The image has no shell and no package manager' "$files" ''
  files=$(grep -E '(^|/)(\.?npmrc|secrets)(/|$)' "$work/files" | grep -v '^run/secrets/$')
  same 'The image keeps no secret of its build' "$files" ''
  expected=$(docker image inspect --format '{{.Config.User}} {{.Config.StopSignal}} {{json .Config.Cmd}}' "$image")
  check 'The image has the licence of Node.js' grep -qx usr/share/doc/node/copyright "$work/files"
  same 'The image says its user by number, its signal, and its command without a shell' \
    "$expected" '10001:10001 SIGTERM ["node","dist/main.js"]'
  same 'The version is that of the package' "$(docker run --rm "$image" node dist/main.js --version)" "$version"
}

try_container() {
  local network=vidimus-try
  docker network create "$network" > /dev/null || give_up 'The container has a network'
  container=vidimus-run
  started=$(now)
  docker run --detach --name "$container" --network "$network" --publish 127.0.0.1::8080 --read-only --cap-drop ALL \
    --security-opt no-new-privileges "$image" > /dev/null || give_up 'The container starts'
  address="http://$(docker port "$container" 8080/tcp)"
  check 'The container becomes healthy, read-only and without capabilities' await_healthy
  pid=$(state .State.Pid)
  figure 'resident memory, idle' "$(($(process_line VmRSS | cut -d' ' -f1) / 1024)) MiB"
  same 'The process is not of root' "$(process_line Uid | cut -f1)" 10001
  same 'The process has no capability' "$(process_line CapEff)" 0000000000000000
  same 'The process can gain none' "$(process_line NoNewPrivs)" 1
  same 'Its own folder is read-only' "$(in_container 'try { fs.writeFileSync("/app/x", "") } catch (e) { console.log(e.code) }')" EROFS
  same 'The data folder is writable' "$(in_container 'fs.writeFileSync(process.env.DATA_DIR + "/x", ""); console.log("yes")')" yes
  check 'The system store has roots' in_container 'process.exit(tls.getCACertificates("system").length > 100 ? 0 : 1)'
  same 'GET /health/live' "$(status_of /health/live)" 200
  same 'GET /health/ready' "$(status_of /health/ready)" 200
  check 'The health check fails where nothing answers' health_check_fails
  ask_for_verdicts
  stop_with_a_request_in_flight
}

ask_for_verdicts() {
  same 'A self-signed certificate is refused' "$(verdict "$work/self.pem")" '200 false self-signed-not-trusted'
  same 'A self-signed certificate is valid with itself as CA file' "$(verdict "$work/self.pem" "$work/self.pem" self.example.test)" '200 true'
  same 'A certificate of an unknown CA is refused' "$(verdict "$work/leaf.pem")" '200 false issuer-not-found'
  same 'A certificate is valid with the CA file of its issuer' "$(verdict "$work/leaf.pem" "$work/root.pem" leaf.example.test)" '200 true'
  same 'A wrong host is refused' "$(verdict "$work/leaf.pem" "$work/root.pem" other.example.test)" '200 false hostname-mismatch'
}

# Half of a request, SIGTERM, the other half: it must get its answer, and the process must then end with 0.
stop_with_a_request_in_flight() {
  local request answer from stopper
  request=$(body "$work/leaf.pem" "$work/root.pem")
  exec 3<> "/dev/tcp/127.0.0.1/${address##*:}"
  printf 'POST /validate HTTP/1.1\r\nHost: try\r\nConnection: close\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s' \
    "${#request}" "${request:0:40}" >&3
  sleep 0.5
  from=$(now)
  docker stop --time 10 "$container" > /dev/null &
  stopper=$!
  sleep 1
  same 'SIGTERM does not end the service while a request is in flight' "$(state .State.Running)" true
  printf '%s' "${request:40}" >&3 2> /dev/null
  answer=$(timeout 8 cat <&3)
  exec 3>&-
  wait "$stopper"
  figure 'from SIGTERM to the end' "$(seconds_since "$from"), 1 s of it the client's"
  check 'A request in flight at SIGTERM gets its answer' grep -q '"valid": *true' <<< "$answer"
  same 'The process ends with 0 after SIGTERM' "$(state .State.ExitCode)" 0
  [ "$failed" -eq 0 ] || docker logs --tail 40 "$container"
  docker rm --volumes "$container" > /dev/null
  container=''
}

compose() {
  VIDIMUS_PORT=$compose_port docker-compose --project-name vidimus-try --project-directory "$work/project" \
    --file docker-compose.yml "$@"
}
compose_port=''
unset CA_DIRECTORIES LOG_LEVEL
compose_down() { [ -z "$compose_port" ] || compose down --volumes > "$work/compose.log" 2>&1; }
compose_up() {
  started=$(now)
  compose up --detach --no-build > "$work/compose.log" 2>&1 || {
    cat "$work/compose.log"
    return 1
  }
  container=$(compose ps --quiet vidimus)
}

try_compose() {
  mkdir -p "$work/project/ca"
  compose_port=$(node -e 'const s = require("node:net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close() })')
  address="http://127.0.0.1:$compose_port"
  check 'docker-compose up starts the service' compose_up
  check 'It becomes healthy with an empty folder of CA files' await_healthy
  same 'With an empty folder of CA files a certificate of an unknown CA is refused' \
    "$(verdict "$work/leaf.pem")" '200 false issuer-not-found'
  check 'The volume takes a file' in_container 'fs.writeFileSync(process.env.DATA_DIR + "/kept", "")'
  compose down > "$work/compose.log" 2>&1
  cp "$work/root.pem" "$work/project/ca/root.pem"
  check 'docker-compose up starts it again' compose_up
  check 'It becomes healthy with a CA file' await_healthy
  same 'With the CA file of its issuer in the folder a certificate is valid' "$(verdict "$work/leaf.pem")" '200 true'
  check 'The volume kept the file' in_container 'fs.statSync(process.env.DATA_DIR + "/kept")'
  same 'Its root file system is read-only' "$(state .HostConfig.ReadonlyRootfs)" true
  same 'It has no capability' "$(sed -n 's/^CapEff:\s*//p' "/proc/$(state .State.Pid)/status")" 0000000000000000
  compose down > "$work/compose.log" 2>&1
  export CA_DIRECTORIES=/etc/vidimus/ca
  check 'docker-compose up starts it with a trust store of that folder alone' compose_up
  check 'It answers' await_answer
  same 'With that store a certificate of its CA is valid' "$(verdict "$work/leaf.pem")" '200 true'
}

[ "$(id -u)" = 0 ] || give_up 'This is root' 'a Docker daemon needs it'
install_packages || give_up 'The packages are installed'
say 'A Docker daemon of its own'
engine_start "$work/engine" || give_up 'A Docker daemon starts'
figure 'daemon, storage' "$(docker info --format '{{.ServerVersion}}, {{.Driver}}')"

say "A stand-in for $base"
from=$(now)
bash docker/base-image.sh "$base" > "$work/base.log" 2>&1 || {
  tail -n 30 "$work/base.log"
  give_up 'The base image is made'
}
figure 'to make it' "$(seconds_since "$from")"

say 'docker build'
build_access
from=$(now)
docker build --network host --progress plain "${access[@]}" --build-arg "VERSION=$version" \
  --build-arg "REVISION=$(git rev-parse --verify --quiet HEAD 2> /dev/null)" --tag "$image" . \
  > "$work/build.log" 2>&1 || {
  tail -n 60 "$work/build.log"
  give_up 'The image is built'
}
pass 'The image is built'
figure 'to build it' "$(seconds_since "$from")"

make_certificates || give_up 'OpenSSL makes certificates' "$(cat "$work/openssl.log")"
say 'The image' && try_image
say 'The container' && try_container
say 'docker-compose' && try_compose
finish
