# SPDX-License-Identifier: Apache-2.0
"""The second half of a passphrase: 32 random bytes in a file on a stick.

A vault that asks for both opens with neither alone. There is no second copy of the file unless somebody makes
one: a stick that is lost or destroyed closes that way of opening for good, which may be the purpose.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from testimony_app.crypto.passphrase import KEY_FILE
from testimony_app.crypto.secret import Secret
from testimony_app.safekeeping.errors import NotAKeyFile
from testimony_app.safekeeping.writing import written
from testimony_app.vault.disk import DISK, Disk


@contextmanager
def made(path: Path, disk: Disk = DISK) -> Iterator[Secret]:
    """Write a fresh second half and hand it out for a block; if the block fails the file is removed again.

    Raises FileThere, FolderMissing, DiskFull, DiskTrouble.
    """
    with Secret.random(KEY_FILE) as half, written({path: half.view}, disk):
        yield half


def read(path: Path) -> Secret:
    """Return the second half in a file, to be wiped by the caller. Raises NotAKeyFile."""
    content = bytearray(KEY_FILE + 1)
    try:
        with path.open("rb", buffering=0) as file:
            count = file.readinto(content) or 0
    except OSError as error:
        raise NotAKeyFile from error
    half = Secret(content)
    if count != KEY_FILE:
        half.wipe()
        raise NotAKeyFile
    del content[KEY_FILE:]
    return half
