# SPDX-License-Identifier: Apache-2.0
"""What the pages of a drop box get shown and hand up: plain frozen values."""

from __future__ import annotations

from pathlib import Path

import msgspec


class WantedBox(msgspec.Struct, frozen=True):
    """A drop box that is to be made; at an archive its own card is taken."""

    folder: Path
    name: str
    keys: int
    card: Path | None = None
    """The archive's card file, where this vault is not the archive's."""
    number: str = ""
    """The sixty digits as the archive told them."""


class MadeBox(msgspec.Struct, frozen=True):
    """A drop box that was made."""

    folder: Path
    archive: str
    keys: int
    safety_number: str
    """Of the box's own card."""
    is_trusted_here: bool
    """Whether this archive trusts what is given into it from now on."""
