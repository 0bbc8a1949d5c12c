# SPDX-License-Identifier: Apache-2.0
"""What the pages about keys get shown and hand up: plain frozen values."""

from __future__ import annotations

from pathlib import Path

import msgspec

from testimony_app.crypto.secret import Secret

PASSPHRASE, WITH_FILE, SHEETS = "passphrase", "passphrase_and_file", "recovery"
DURESS, DURESS_ERASING = "duress", "duress_erasing"


class ShownWay(msgspec.Struct, frozen=True):
    """One way of opening, as the list shows it."""

    slot: int
    kind: str
    """A word from the closed list above, or another that can only be dropped."""
    is_mine: bool
    may_drop: bool


class Standing(msgspec.Struct, frozen=True):
    """The ways of opening, and how recovery stands."""

    ways: tuple[ShownWay, ...]
    has_sheets: bool
    is_tried: bool
    """Whether somebody has proved that the newest sheets open the vault."""
    is_archive: bool


class NewWay(msgspec.Struct, frozen=True):
    """A passphrase that is to open the vault; the Secret is wiped by whoever takes it."""

    passphrase: Secret
    slot: int | None = None
    """The way whose place it takes, or None for a further one."""
    key_file_folder: Path | None = None
    """Where a second half is to be written, or None for a passphrase alone."""


class WantedSheets(msgspec.Struct, frozen=True):
    """How many sheets are to be written, how many of them open the vault, and where to."""

    needed: int
    count: int
    folder: Path


class MadeSheets(msgspec.Struct, frozen=True):
    """Sheets that were written and read back."""

    files: tuple[str, ...]
    folder: str
    needed: int
    mark: str
    is_archive_key: bool


class ReadSheet(msgspec.Struct, frozen=True):
    """One sheet that somebody handed over; its words are nobody else's business."""

    words: str
    mark: str
    needed: int

    def __repr__(self) -> str:
        """Show which set it belongs to, and none of its words."""
        return f"ReadSheet({self.mark})"
