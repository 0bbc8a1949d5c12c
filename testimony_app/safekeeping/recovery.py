# SPDX-License-Identifier: Apache-2.0
"""Recovery sheets of a vault: making them, trying them, and opening the vault with them.

A collector's sheets hold a secret of 32 random bytes that opens a slot of its key file and nothing else. An
archive's sheets hold the seed of the archive's own age key, which opens such a slot as well: one set of sheets
brings back the vault or its backup, and where both are gone still opens every bundle (`govah unseal --share`).
That is why an archive's old sheets stay its key even after their way of opening the vault was dropped.

Sheets are reported as made only after their files were read back from the disk and proved to open the vault.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from testimony_app.clock import Clock
from testimony_app.crypto import shares
from testimony_app.crypto.keyring import Kind
from testimony_app.crypto.secret import Secret
from testimony_app.model.partner import Role
from testimony_app.safekeeping import sheet_words, sheets
from testimony_app.safekeeping.errors import SheetsDoNotOpen
from testimony_app.safekeeping.sheets import Sheet
from testimony_app.safekeeping.writing import written
from testimony_app.vault.disk import DISK, Disk
from testimony_app.vault.errors import DiskFull, DiskTrouble, WrongPassphrase
from testimony_app.vault.keys import try_passphrase
from testimony_app.vault.vault import Vault

if TYPE_CHECKING:
    from testimony_app.vault.ways import Ways

_SECRET = 32
PASSPHRASES = (Kind.PASSPHRASE, Kind.PASSPHRASE_AND_FILE)


class Made(msgspec.Struct, frozen=True):
    """Sheets that were written, read back and proved to open the vault."""

    files: tuple[Path, ...]
    needed: int
    mark: str
    is_archive_key: bool
    """Whether they also open every bundle that is sealed to this archive."""


class Tried(msgspec.Struct, frozen=True):
    """Sheets that were proved to open the vault, which was left as it was."""

    sheets: int
    needed: int
    mark: str


def make_paper(vault: Vault, file: Path) -> Made:
    """Write one sheet that opens the vault alone.

    Raises FileThere, FolderMissing, KeySlotsFull, DiskFull, DiskTrouble; nothing is changed then.
    """
    return _make(vault, 1, (file,))


def make_shares(vault: Vault, needed: int, count: int, folder: Path) -> Made:
    """Write so many sheets to a folder, of which `needed` together open the vault; raises as `make_paper`."""
    vault.disk.make_folder(folder)
    return _make(vault, needed, tuple(folder / f"sheet-{number}-of-{count}.html" for number in range(1, count + 1)))


def try_sheets(folder: Path, words: Sequence[str], disk: Disk = DISK) -> Tried:
    """Prove that sheets open the vault in a folder, without writing to it, on any thread, even while it is open.

    Raises what is wrong with a sheet, SheetsDoNotOpen, NotAVault.
    """
    with sheet_words.secret_of(words) as secret:
        _check_opens(folder, secret, disk)
    return Tried(sheets=len(words), needed=sheet_words.needed_with(words[0]), mark=sheet_words.mark_of(words[0]))


def open_with_sheets(
    folder: Path, words: Sequence[str], *, clock: Clock, despite_rollback: bool = False, disk: Disk = DISK
) -> Vault:
    """Return the vault in a folder, opened with its sheets; an older state only with `despite_rollback`.

    Raises what is wrong with a sheet, SheetsDoNotOpen, and what opening a vault raises.
    """
    with sheet_words.secret_of(words) as secret:
        try:
            return Vault.open(
                folder, secret, clock=clock, kind=Kind.RECOVERY, despite_rollback=despite_rollback, disk=disk
            )
        except WrongPassphrase as error:
            raise SheetsDoNotOpen from error


def set_passphrase(ways: Ways, passphrase: Secret, *, key_file: Secret | None = None, only: bool = False) -> int:
    """Add a passphrase to a vault, or put it in the place of every other one; return its slot.

    The sheets go on opening the vault. One under duress counts among the others: whoever knows it could erase the
    rest. Raises KeySlotsFull, unless it is to be the only passphrase.
    """
    old = [way.slot for way in ways.all() if way.kind in PASSPHRASES] if only else []
    led_elsewhere = [way.slot for way in ways.all() if way.kind.is_duress] if only else []
    # First of all: the new passphrase may be the one that led elsewhere.
    for slot in led_elsewhere:
        ways.drop(slot)
    if not old:
        return ways.add_passphrase(passphrase, key_file=key_file)
    slot = ways.change(old[0], passphrase, key_file=key_file)
    for other in old[1:]:
        ways.drop(other)
    return slot


def _make(vault: Vault, needed: int, files: tuple[Path, ...]) -> Made:
    is_archive = vault.role is Role.ARCHIVE
    with vault.identity.seed.copy() if is_archive else Secret.random(_SECRET) as secret:
        texts = shares.split(secret, needed, len(files))
        pages = _pages(vault, texts, needed)
        # The slot first: a sheet that opens nothing would be trusted, a slot that nobody can open harms nobody.
        added = _add_slot(vault, secret)
        try:
            with written(dict(zip(files, pages, strict=True)), vault.disk):
                made = try_sheets(vault.folder, sheet_words.read_files(files), vault.disk)
                vault.custody.append("sheets_written", needed=needed, sheets=len(files), mark=made.mark)
        except BaseException:
            if added is not None:
                with suppress(DiskFull, DiskTrouble):
                    vault.ways.drop(added)
            raise
    return Made(files=files, needed=needed, mark=made.mark, is_archive_key=is_archive)


def _pages(vault: Vault, texts: Sequence[str], needed: int) -> list[bytes]:
    name, role, day = vault.name, vault.role, vault.clock.now().date().isoformat()
    age_key = ""
    if role is Role.ARCHIVE and needed == 1:
        with vault.identity.text() as text:
            age_key = text.view.decode("ascii")
    return [
        sheets.page(
            Sheet(
                vault=name,
                role=role,
                words=words,
                number=number,
                count=len(texts),
                needed=needed,
                mark=sheet_words.mark_of(words),
                day=day,
                age_key=age_key,
            )
        )
        for number, words in enumerate(texts, 1)
    ]


def _add_slot(vault: Vault, secret: Secret) -> int | None:
    """Return the slot that was made for a secret, or None when an archive's earlier sheets made one already."""
    try:
        _check_opens(vault.folder, secret, vault.disk)
    except SheetsDoNotOpen:
        return vault.ways.add_recovery(secret)
    return None


def _check_opens(folder: Path, secret: Secret, disk: Disk) -> None:
    try:
        try_passphrase(folder, secret, disk, kind=Kind.RECOVERY)
    except WrongPassphrase as error:
        raise SheetsDoNotOpen from error
