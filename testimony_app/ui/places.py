# SPDX-License-Identifier: Apache-2.0
"""Somewhere to write to or read from, as the screens of sending and receiving know it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

import msgspec
from PySide6.QtCore import SignalInstance


class Place(msgspec.Struct, frozen=True):
    """A stick, or a folder somebody chose."""

    path: Path
    name: str
    free_bytes: int = -1
    is_folder: bool = False


class Stick(Protocol):
    """A stick as the drives port tells of it."""

    @property
    def path(self) -> Path:
        """Where it is mounted."""

    @property
    def label(self) -> str:
        """What it is called."""

    @property
    def free_bytes(self) -> int:
        """How much room is left on it."""


class Sticks(Protocol):
    """The sticks of this computer, as they come and go."""

    @property
    def changed(self) -> SignalInstance:
        """Told when one has come or gone."""

    @property
    def drives(self) -> Sequence[Stick]:
        """Those that are there now."""


def places(sticks: Sticks) -> tuple[Place, ...]:
    """Return the sticks that are there as places."""
    return tuple(
        Place(path=one.path, name=one.label or one.path.name, free_bytes=one.free_bytes) for one in sticks.drives
    )
