# SPDX-License-Identifier: Apache-2.0
"""What taking a testimony asks of the computer it runs on: power, staying awake, room on the disk.

Each is a port, so that an empty battery or a full disk is a test.
"""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Protocol

import msgspec


class Battery(msgspec.Struct, frozen=True):
    """How full the battery is, and whether the computer hangs on the mains."""

    percent: int
    is_plugged_in: bool


class Power(Protocol):
    """Where the computer's power comes from."""

    def battery(self) -> Battery | None:
        """Return the battery's state; none where there is no battery or nobody says."""


class Awake(Protocol):
    """Keeps the computer from going to sleep."""

    def hold(self) -> bool:
        """Keep it awake from now on; return whether the system agreed. May be called again."""

    def release(self) -> None:
        """Let it sleep again; may be called again."""


class Unheld:
    """A computer that nobody keeps awake: for tests, and for commands that take no longer than a moment."""

    def hold(self) -> bool:
        """Keep nothing awake."""
        return False

    def release(self) -> None:
        """Do nothing."""


def free_bytes(folder: Path) -> int:
    """Return how much room the disk under a folder has left; none when it can't be asked."""
    try:
        return shutil.disk_usage(folder).free
    except OSError:
        return 0
