# SPDX-License-Identifier: Apache-2.0
"""The keepers' key: a second key of an archive, for witnesses' identities, which nobody holds alone.

It exists whole only while its sheets are written. What stays is its public half, on the archive's card; what opens
an identity is any so many sheets together. The order of work: sheets written, read back from the disk, proved to
open what is sealed to the new key; only then the card names it. A failure before leaves neither sheets nor card.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import msgspec

from testimony_app.crypto import age, shares
from testimony_app.crypto.age import HybridIdentity
from testimony_app.model.partner import Role
from testimony_app.safekeeping import sheet_words, sheets
from testimony_app.safekeeping.errors import KeepersOfAnArchive, KeepersThere, SheetsDoNotOpen
from testimony_app.safekeeping.recovery import Made, Tried
from testimony_app.safekeeping.sheets import Purpose, Sheet
from testimony_app.safekeeping.writing import written
from testimony_app.vault.vault import Vault

_SAMPLE = b"an identity"


def make_keepers(vault: Vault, needed: int, count: int, folder: Path, *, is_replacing: bool = False) -> Made:
    """Write so many sheets to a folder, of which `needed` together open identities, and name the key on the card.

    Raises KeepersOfAnArchive, KeepersThere, FileThere, FolderMissing, DiskFull, DiskTrouble; nothing is changed then.
    """
    if vault.role is not Role.ARCHIVE:
        raise KeepersOfAnArchive
    if vault.card().keepers and not is_replacing:
        raise KeepersThere
    vault.disk.make_folder(folder)
    files = tuple(folder / f"keepers-sheet-{number}-of-{count}.html" for number in range(1, count + 1))
    identity = HybridIdentity.generate()
    try:
        recipient = identity.recipient().text()
        texts = shares.split(identity.seed, needed, count)
    finally:
        identity.wipe()
    mark = sheet_words.mark_of(texts[0])
    pages = [_page(vault, words, number, count, needed) for number, words in enumerate(texts, 1)]
    with written(dict(zip(files, pages, strict=True)), vault.disk):
        _check_opens(sheet_words.read_files(files), recipient)
        with vault.transaction():
            vault.nameplate.put_card(msgspec.structs.replace(vault.card(), keepers=recipient))
            vault.custody.append("keepers_named", needed=needed, sheets=count, mark=mark)
    return Made(files=files, needed=needed, mark=mark, is_archive_key=False)


def try_keepers(vault: Vault, words: Sequence[str]) -> Tried:
    """Prove that sheets open what is sealed to the key that the vault's card names; writes nothing.

    Raises what is wrong with a sheet, SheetsDoNotOpen.
    """
    _check_opens(words, vault.card().keepers)
    return Tried(sheets=len(words), needed=sheet_words.needed_with(words[0]), mark=sheet_words.mark_of(words[0]))


def _check_opens(words: Sequence[str], recipient: str) -> None:
    """Seal something to the public half and open it with the sheets."""
    identity = HybridIdentity(sheet_words.secret_of(words))
    try:
        if not recipient or identity.recipient().text() != recipient:
            raise SheetsDoNotOpen
        sealed = age.seal_bytes(_SAMPLE, [age.HybridRecipient.from_text(recipient)])
        if age.open_bytes(sealed, [identity]) != _SAMPLE:
            raise SheetsDoNotOpen
    finally:
        identity.wipe()


def _page(vault: Vault, words: str, number: int, count: int, needed: int) -> bytes:
    return sheets.page(
        Sheet(
            vault=vault.name,
            role=vault.role,
            words=words,
            number=number,
            count=count,
            needed=needed,
            mark=sheet_words.mark_of(words),
            day=vault.clock.now().date().isoformat(),
            purpose=Purpose.KEEPERS,
        )
    )
