#!/usr/bin/env bash
# Makes a stand-in for the official image node:26-bookworm-slim where no registry can be reached: Debian's own packages,
# the Node.js of the lock file, and npm. It lacks what the official one lacks too, such as ca-certificates.
#
#   docker/base-image.sh NAME    needs root, mmdebstrap, npm and a running Docker daemon
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

name=${1:?the name to import the image under}
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# The lock file's hash is checked, as by any npm ci.
mkdir -p "$work/lock/runtime" "$work/local/bin"
cp package.json package-lock.json .npmrc "$work/lock/"
cp runtime/package.json "$work/lock/runtime/"
npm ci --prefix "$work/lock" --workspace=runtime --ignore-scripts --no-audit --no-fund --loglevel=error
cp "$work"/lock/node_modules/node-linux-*/bin/node "$work/local/bin/"
cp "$work"/lock/node_modules/node-linux-*/LICENSE "$work/local/"
npm install --global --prefix "$work/local" --ignore-scripts --no-audit --no-fund --loglevel=error npm@11
chmod -R go+rX "$work"

mmdebstrap --quiet --variant=apt --include=libatomic1,libstdc++6 \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/locale/*' \
  --customize-hook="sync-in '$work/local' /usr/local" \
  bookworm "$work/base.tar"

docker import \
  --change 'ENV PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin' \
  --change 'CMD ["node"]' \
  "$work/base.tar" "$name"
