# SPDX-License-Identifier: Apache-2.0
"""A drop box on disk: what stands where, and its page.

    DROPBOX       canonical JSON: what it is, its name, what the bundle before the next one was
    ARCHIVE.CRD   the archive's card file, as it came and was compared
    BOX.CRD       the box's own card file, for the archive
    keys/         one-time signing keys (one_time_keys.py)
    out/          *.AGE, *.REC: what is carried to the archive; nothing here opens it
    making/       what is being written; worthless after a crash, and emptied at the next opening
    LOCK          empty; the system's lock on it says that the box is open

Nothing in it can open anything: there is no passphrase because there is nothing to protect with one.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from testimony_app.crypto import canonical
from testimony_app.crypto.errors import NotCanonical
from testimony_app.dropbox.errors import DropBoxDamaged, DropBoxTooNew, NotADropBox
from testimony_app.exchange.contents import Hex128
from testimony_app.vault.disk import Disk

PAGE, ARCHIVE_CARD, BOX_CARD = "DROPBOX", "ARCHIVE.CRD", "BOX.CRD"
KEYS, OUT, MAKING = "keys", "out", "making"
_PAGE_MAX = 64 * 1024


class Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a drop box says of itself."""

    format: Literal["govah-dropbox"]
    major: Literal[1]
    name: Annotated[str, Meta(min_length=1, max_length=200)]
    prev: Hex128
    """The tagmanifest digest of the bundle before the next; for the first, the SHA-512 of the box's card."""


def is_one(folder: Path) -> bool:
    """Tell whether a folder holds a drop box."""
    return (folder / PAGE).is_file()


def read_page(folder: Path, disk: Disk) -> Page:
    """Return the page; raises NotADropBox, DropBoxTooNew, DropBoxDamaged."""
    try:
        untrusted = canonical.loads(disk.read(folder / PAGE, _PAGE_MAX))
    except FileNotFoundError:
        raise NotADropBox from None
    except NotCanonical:
        raise DropBoxDamaged(what="page") from None
    major = untrusted.get("major") if isinstance(untrusted, dict) else None
    if type(major) is int and major > 1:
        raise DropBoxTooNew(major=major)
    try:
        return msgspec.convert(untrusted, Page)
    except msgspec.ValidationError:
        raise DropBoxDamaged(what="page") from None


def write_page(folder: Path, page: Page, disk: Disk) -> None:
    """Replace the page in one step."""
    disk.replace(folder / PAGE, canonical.dumps(page))
