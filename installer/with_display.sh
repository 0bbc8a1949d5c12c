#!/usr/bin/env bash
# SPDX-License-Identifier: Apache-2.0
# Runs a command with a display and a session bus of its own, so that it never touches the screen it is started from.
# Where there is no Xvfb (macOS, Windows) the command gets Qt's offscreen platform instead.
set -euo pipefail

export PATH="$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)/.venv/bin:$PATH"
command=("$@")
if command -v dbus-run-session >/dev/null; then command=(dbus-run-session -- "${command[@]}"); fi
if command -v xvfb-run >/dev/null; then
  unset WAYLAND_DISPLAY QT_QPA_PLATFORM
  exec xvfb-run --auto-servernum --server-args='-screen 0 1600x1200x24 -nolisten tcp' "${command[@]}"
fi
export QT_QPA_PLATFORM="${QT_QPA_PLATFORM:-offscreen}"
exec "${command[@]}"
