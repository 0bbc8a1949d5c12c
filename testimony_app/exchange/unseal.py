# SPDX-License-Identifier: Apache-2.0
"""Opens any age file of ours with a bare key: the way back when all else is lost.

What comes out is readable by anyone who holds it. Every byte that is written out was authenticated first; if
the file was cut or altered, what came before that place is written and the damage is raised.
"""

from __future__ import annotations

from io import FileIO
from pathlib import Path

from testimony_app.crypto import age
from testimony_app.crypto.chunks import Writable, write_all
from testimony_app.crypto.errors import NotAKey
from testimony_app.crypto.secret import Secret, wipe
from testimony_app.errors import Refusal
from testimony_app.exchange import landing
from testimony_app.exchange.errors import FileUnreadable
from testimony_app.exchange.limits import KIB, MIB
from testimony_app.exchange.medium import NewFile, medium
from testimony_app.exchange.quarantine import opened

_KEY_FILE_MAX = 16 * KIB
_MARK = b"AGE-SECRET-KEY-"


class FileExists(Refusal):
    """What is opened is to be written where a file already is; it is never written over."""

    code = "exchange.file-exists"


def unseal(file: Path, key: Path | age.Identity, out: Writable) -> int:
    """Decrypt a file with a key, or the key in a file, into an open one; return the number of bytes.

    The key is wiped. Raises NotAKey, FileUnreadable, and the crypto room's refusals and damage.
    """
    identity = read_key_file(key) if isinstance(key, Path) else key
    try:
        with opened(file) as source:
            return _pour(source, identity, out)
    finally:
        identity.wipe()


def unseal_to_file(file: Path, key: Path | age.Identity, out: Path) -> int:
    """Decrypt a file into a new one, for its owner's eyes alone, and return the number of bytes.

    A file of that name is never overwritten (FileExists); after any failure none is left.
    """
    with landing.told_plainly():
        try:
            target = NewFile(out)
        except FileExistsError:
            raise FileExists from None
        try:
            with target:
                count = unseal(file, key, target)
                medium().sync(target.fileno())
            medium().sync_folder(out.parent)
        except BaseException:
            landing.remove([out])
            raise
    return count


def read_key_file(path: Path) -> age.Identity:
    """Return the first age identity in a key file, which may hold comments; raises NotAKey or FileUnreadable."""
    with opened(path) as file:
        content = bytearray(_KEY_FILE_MAX)
        try:
            count = file.readinto(content)
        except OSError as trouble:
            raise FileUnreadable(errno=trouble.errno) from None
        try:
            return age.identity_from_text(_first_key(memoryview(content)[: count or 0]))
        finally:
            wipe(content)


def _first_key(content: memoryview) -> Secret:
    for line in bytes(content).splitlines():
        if line.strip().upper().startswith(_MARK):
            return Secret(bytearray(line.strip()))
    raise NotAKey


def _pour(source: FileIO, identity: age.Identity, out: Writable) -> int:
    buffer = memoryview(bytearray(MIB))
    total = 0
    try:
        with age.decrypt(source, [identity]) as plain:
            while count := plain.readinto(buffer):
                write_all(out, buffer[:count])
                total += count
    finally:
        wipe(buffer)
    return total
