# SPDX-License-Identifier: Apache-2.0
"""How full the battery is: from /sys on Linux, from the system's own call on Windows, from `pmset` on macOS."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from testimony_app.machine import Battery

_SUPPLIES = Path("/sys/class/power_supply")
_ASK_SECONDS = 2.0
_NO_BATTERY, _UNKNOWN = 128, 255


class SystemPower:
    """This computer's power."""

    def __init__(self, supplies: Path = _SUPPLIES) -> None:
        """Ask this computer; a test hands in a folder of its own."""
        self._supplies = supplies

    def battery(self) -> Battery | None:
        """Return the battery's state; none where there is no battery or nobody says."""
        if sys.platform == "win32":
            return _windows()
        if sys.platform == "darwin":
            return _from_pmset(_pmset())
        return _linux(self._supplies)


def _linux(supplies: Path) -> Battery | None:
    percents, is_plugged_in = [], False
    for supply in sorted(supplies.glob("*")):
        kind = _word(supply / "type")
        if kind == "Mains":
            is_plugged_in = is_plugged_in or _word(supply / "online") == "1"
        # A mouse's or a pen's battery is of no interest: their scope is the device.
        elif kind == "Battery" and _word(supply / "scope") != "Device" and _word(supply / "capacity").isdigit():
            percents.append(int(_word(supply / "capacity")))
            is_plugged_in = is_plugged_in or _word(supply / "status") in {"Charging", "Full"}
    return Battery(min(100, max(percents)), is_plugged_in) if percents else None


def _word(path: Path) -> str:
    try:
        return path.read_text(encoding="ascii", errors="replace").strip()
    except OSError:
        return ""


def _pmset() -> str:
    try:
        asked = subprocess.run(
            ["/usr/bin/pmset", "-g", "batt"], capture_output=True, text=True, timeout=_ASK_SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return asked.stdout


def _from_pmset(said: str) -> Battery | None:
    percent = re.search(r"(\d{1,3})%", said)
    return Battery(min(100, int(percent[1])), "AC Power" in said) if percent else None


def _windows() -> Battery | None:
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 - Windows only

        class Status(ctypes.Structure):
            _fields_ = (
                ("line", ctypes.c_ubyte), ("flag", ctypes.c_ubyte), ("percent", ctypes.c_ubyte),
                ("saver", ctypes.c_ubyte), ("life", ctypes.c_ulong), ("full_life", ctypes.c_ulong),
            )  # fmt: skip

        status = Status()
        is_known = bool(ctypes.windll.kernel32.GetSystemPowerStatus(ctypes.byref(status)))
        if is_known and not status.flag & _NO_BATTERY and status.percent != _UNKNOWN:
            return Battery(status.percent, status.line == 1)
    return None
