# SPDX-License-Identifier: Apache-2.0
"""Makes a drop box: from the archive's card, and from keys that are forgotten before it is finished.

The trust runs so. Somebody compares the archive's sixty digits before the box is made: the box seals to that card
and to nobody else, for ever. The box gets a card of its own, whose signing keys certify the one-time keys and are
then wiped, never written down. At the archive somebody compares the box's sixty digits, and from then on takes what
its one-time keys sign. The box's card names the archive's own key as the one to answer to, because the box could
open nothing: a receipt for it is for the archive's books.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

import msgspec

from testimony_app.clock import Clock
from testimony_app.crypto import canonical
from testimony_app.crypto.fingerprint import fingerprint, safety_number, same_number
from testimony_app.crypto.signing import DeviceKey
from testimony_app.dropbox import folder as layout
from testimony_app.dropbox import one_time_keys
from testimony_app.dropbox.errors import CardIsNoArchive, FolderNotEmpty
from testimony_app.dropbox.folder import Page
from testimony_app.exchange import trust, worlds
from testimony_app.exchange.errors import CardExpired, SafetyNumberDiffers
from testimony_app.exchange.limits import REPLACEMENT_CARD_FILE_MAX
from testimony_app.exchange.quarantine import read_small
from testimony_app.exchange.trust import UntrustedCard
from testimony_app.model.partner import Card, Role
from testimony_app.vault.disk import DISK, Disk

NAME = "Drop box"
KEYS = 200
"""How many testimonies a box takes, unless it is told otherwise."""
MOST_KEYS = 5_000


class Founded(msgspec.Struct, frozen=True):
    """A drop box that was just made."""

    name: str
    archive: str
    fingerprint: str
    safety_number: str
    """Of the box's own card: to be compared at the archive."""
    archive_safety_number: str
    """Of the card that everything will be sealed to: to be compared here, if it wasn't yet."""
    keys: int


def found(  # noqa: PLR0913 - each is a fact of its own, given by name
    folder: Path,
    card_file: Path,
    *,
    clock: Clock,
    number: str = "",
    name: str = NAME,
    keys: int = KEYS,
    disk: Disk = DISK,
) -> Founded:
    """Make a drop box in a new or empty folder and return what must be compared.

    `number` is the archive's safety number as somebody read it out; without it, comparing is left to whoever reads
    what is returned. Raises SafetyNumberDiffers, CardIsNoArchive, CardExpired, FolderNotEmpty, and what is wrong
    with a card.
    """
    archive_file = read_small(card_file, REPLACEMENT_CARD_FILE_MAX)
    return found_for(archive_file, folder, clock=clock, number=number, name=name, keys=keys, disk=disk)


def found_for(  # noqa: PLR0913 - each is a fact of its own, given by name
    archive_file: bytes,
    folder: Path,
    *,
    clock: Clock,
    number: str = "",
    name: str = NAME,
    keys: int = KEYS,
    disk: Disk = DISK,
) -> Founded:
    """Make a drop box as `found` does, for the archive whose card file holds these bytes."""
    archive = trust.read_card(archive_file)
    _refuse(folder, archive, number, clock)
    authority = DeviceKey.generate()
    was_there = folder.is_dir()
    try:
        if not was_there:
            disk.make_folder(folder)
        card = _own_card(name, archive.card, authority)
        _write(folder, archive_file, card, keys, authority, disk)
    except BaseException:
        _take_back(folder, was_there=was_there)
        raise
    finally:
        authority.wipe()
    card_bytes = canonical.dumps(card)
    return Founded(
        name=name,
        archive=archive.card.name,
        fingerprint=fingerprint(card_bytes),
        safety_number=safety_number(card_bytes),
        archive_safety_number=archive.safety_number,
        keys=keys,
    )


def _refuse(folder: Path, archive: UntrustedCard, number: str, clock: Clock) -> None:
    if archive.card.role is not Role.ARCHIVE:
        raise CardIsNoArchive
    worlds.refuse_mixing(archive.card, is_practice=False)
    if number and not same_number(number, archive.safety_number):
        raise SafetyNumberDiffers
    today = clock.now().date().isoformat()
    if archive.card.valid_until and archive.card.valid_until < today:
        raise CardExpired
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise FolderNotEmpty


def _own_card(name: str, archive: Card, authority: DeviceKey) -> Card:
    ed25519, composite = authority.public_keys().to_base64()
    return Card(name=name, role=Role.COLLECTOR, recipient=archive.recipient, ed25519=ed25519, composite=composite)


def _write(folder: Path, archive_file: bytes, card: Card, keys: int, authority: DeviceKey, disk: Disk) -> None:
    for part in (layout.KEYS, layout.OUT, layout.MAKING):
        disk.make_folder(folder / part)
    card_bytes = canonical.dumps(card)
    one_time_keys.make(folder / layout.KEYS, keys, authority, disk)
    disk.write_new(folder / layout.ARCHIVE_CARD, archive_file)
    disk.write_new(folder / layout.BOX_CARD, trust.sign_card(card_bytes, authority))
    # The page comes last: without it the folder is no drop box.
    prev = hashlib.sha512(card_bytes).hexdigest()
    layout.write_page(folder, Page(format="govah-dropbox", major=1, name=card.name, prev=prev), disk)


def _take_back(folder: Path, *, was_there: bool) -> None:
    """Remove what was written of a box that can't be finished; the folder was empty or not there before."""
    for path in sorted(folder.rglob("*"), reverse=True):
        if path.is_dir():
            path.rmdir()
        else:
            path.unlink(missing_ok=True)
    if not was_there and folder.is_dir():
        folder.rmdir()
