#!/usr/bin/env bash
# The first half of `make setup`: find Python and install uv, with which local/setup installs the rest.
# Everything that it fetches is kept in one cache folder and is fetched once.
set -euo pipefail
cd "$(dirname "$0")/../.."

export TOP_SONGS_CACHE="${TOP_SONGS_CACHE:-$HOME/.cache/top-songs}"
tools="$TOP_SONGS_CACHE/tools"
uv_version=0.13.9

fail() { echo "make setup: $*" >&2; exit 1; }

find_python() {
  local candidate
  for candidate in $(type -ap python3 python3.12 python3.11 python); do
    if "$candidate" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 12))' 2>/dev/null; then
      "$candidate" -c 'import sys; print(sys.executable)'
      return
    fi
  done
  fail "Python 3.11 or 3.12 is needed; on Debian or Ubuntu: apt-get install python3 python3-venv"
}

# Debian ships Python without the part that makes virtual environments.
ensure_venv_module() {
  "$python" -c 'import ensurepip, venv' 2>/dev/null && return
  if [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    apt-get update -q && apt-get install -y -q --no-install-recommends python3-venv
  else
    fail "Python's venv module is missing; install it with: sudo apt-get install python3-venv"
  fi
}

ensure_uv() {
  "$tools/bin/uv" --version 2>/dev/null | grep -q "^uv $uv_version\b" && return
  echo "setup: installing uv $uv_version"
  ensure_venv_module
  "$python" -m venv "$tools"
  "$tools/bin/pip" install --quiet --disable-pip-version-check "uv==$uv_version"
}

python="$(find_python)"
mkdir -p "$TOP_SONGS_CACHE"
exec 9>"$TOP_SONGS_CACHE/setup.lock"
if ! flock -n 9; then
  echo "setup: another setup is running; waiting for it"
  flock 9
fi

"$python" -m local.setup.java
ensure_uv
exec "$python" -m local.setup
