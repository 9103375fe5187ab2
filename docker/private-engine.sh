# shellcheck shell=bash
# To be sourced: a Docker daemon of one's own, which touches no other daemon, no firewall and no default bridge.
#
#   engine_start FOLDER   starts it with all its files below FOLDER, and sets DOCKER_HOST
#   engine_stop           stops it and removes FOLDER

engine_folder=
engine_pid=
engine_made=()

engine_try_driver() {
  local waited
  cat > "$engine_folder/daemon.json" << JSON
{
  "hosts": ["unix://$engine_folder/docker.sock"],
  "data-root": "$engine_folder/data",
  "exec-root": "$engine_folder/exec",
  "pidfile": "$engine_folder/docker.pid",
  "storage-driver": "$1",
  "bridge": "none",
  "iptables": false,
  "ip6tables": false,
  "features": { "buildkit": true }
}
JSON
  dockerd --config-file "$engine_folder/daemon.json" > "$engine_folder/log" 2>&1 &
  engine_pid=$!
  for ((waited = 0; waited < 60; waited++)); do
    docker info > /dev/null 2>&1 && return 0
    kill -0 "$engine_pid" 2> /dev/null || break
    sleep 0.5
  done
  engine_end_process
  return 1
}

engine_end_process() {
  [ -n "$engine_pid" ] || return 0
  kill "$engine_pid" 2> /dev/null
  wait "$engine_pid" 2> /dev/null
  engine_pid=
}

engine_start() {
  engine_folder=$1
  export DOCKER_HOST="unix://$engine_folder/docker.sock" DOCKER_BUILDKIT=1
  mkdir -p "$engine_folder"
  # A daemon makes these for its plugins and its containers, whatever folders it is given.
  local folder
  engine_made=()
  for folder in /run/docker /run/containerd; do [ -e "$folder" ] || engine_made+=("$folder"); done
  engine_try_driver overlay2 || engine_try_driver vfs || {
    tail -n 20 "$engine_folder/log" >&2
    return 1
  }
}

engine_stop() {
  [ -n "$engine_folder" ] || return 0
  if [ -n "$engine_pid" ]; then
    docker ps --all --quiet | xargs --no-run-if-empty docker rm --force --volumes > /dev/null 2>&1
    docker network prune --force > /dev/null 2>&1
  fi
  engine_end_process
  # Deepest first: what a daemon that was killed left mounted must not be walked into by rm.
  awk -v below="$engine_folder/" 'index($2, below) == 1 { print $2 }' /proc/mounts | sort -r | xargs --no-run-if-empty umount
  rm -rf --one-file-system "$engine_folder"
  [ "${#engine_made[@]}" -eq 0 ] || find "${engine_made[@]}" -depth -type d -empty -delete 2> /dev/null
}
