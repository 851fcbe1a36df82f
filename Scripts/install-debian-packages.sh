#!/usr/bin/env bash
# Installs the Debian packages that Whence builds against, and those named as arguments, where they are missing.
set -euo pipefail

packages=(g++ pkg-config libhdf5-dev libsentencepiece-dev libsqlite3-dev libssl-dev libxml2-dev libzstd-dev zlib1g-dev "$@")

if ! command -v dpkg-query >/dev/null; then
    # Another system: the compiler will name what is missing, and README.md says what to install.
    exit 0
fi

missing=()
for package in "${packages[@]}"; do
    status=$(dpkg-query --show --showformat='${db:Status-Status}' "$package" 2>/dev/null || true)
    [ "$status" = installed ] || missing+=("$package")
done
[ ${#missing[@]} -eq 0 ] && exit 0

run=()
if [ "$(id -u)" -ne 0 ]; then
    if ! command -v sudo >/dev/null; then
        echo "Whence needs these Debian packages: ${missing[*]}" >&2
        echo "You are not root, and there is no sudo. Ask an administrator to run:" >&2
        echo "    apt-get install ${missing[*]}" >&2
        exit 1
    fi
    run=(sudo)
fi

echo "Installing Debian packages: ${missing[*]}" >&2
"${run[@]}" apt-get update -qq
"${run[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >&2
