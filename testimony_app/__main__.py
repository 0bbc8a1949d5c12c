# SPDX-License-Identifier: Apache-2.0
"""`govah` and `python -m testimony_app`: the command line, and without arguments the desktop.

The command line knows neither the desktop nor the devices (they are its neighbours); this file hands them in, and
imports them only when they are asked for, so that a command starts without Qt.
"""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from testimony_app.cli import main

if TYPE_CHECKING:
    from testimony_app.audio.ports import Microphone


def run() -> int:
    """Run what the arguments ask for; return the exit status."""
    return main.run(open_desktop=_open_desktop, open_microphone=_open_microphone)


def _open_desktop(vault: str | None) -> int:
    from testimony_app import desktop

    return desktop.run(vault)


def _open_microphone() -> Microphone:
    from testimony_app.devices.microphone import QtMicrophone

    return QtMicrophone()


if __name__ == "__main__":
    sys.exit(run())
