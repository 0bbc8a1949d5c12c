# SPDX-License-Identifier: Apache-2.0
"""The keys that a drop box signs with: each certified when the box was made, used once, and gone.

    keys/00000002.KEY    64 bytes: two seeds | string certificate | string certificate      (strings as SSH writes them)

The keys that certified them were wiped before the box was finished, so nobody can make more. A key leaves the disk
before it is used: its file is overwritten and removed first. So what a thief finds are numbers that nobody has used
yet, and what a crash costs is a number. On flash memory the overwritten bytes may survive; docs/threats.md says so.
"""

from __future__ import annotations

from pathlib import Path

from testimony_app.crypto.certificate import OneTimeKey, certify
from testimony_app.crypto.errors import NotAKey, SignatureInvalid
from testimony_app.crypto.secret import Secret, wipe
from testimony_app.crypto.signing import DeviceKey, Signatures
from testimony_app.crypto.sshsig import Wire, string
from testimony_app.dropbox.errors import NoKeysLeft
from testimony_app.vault.disk import Disk

FOLDER = "keys"
FIRST = 2
"""The number of a box's first testimony: 1 stands for the making of the box, which is what the first one follows."""
_SUFFIX = ".KEY"
_SEEDS = 64
_LONGEST = 32 * 1024


def make(folder: Path, count: int, authority: DeviceKey, disk: Disk) -> None:
    """Write so many certified keys; the folder must be there."""
    for serial in range(FIRST, FIRST + count):
        device = DeviceKey.generate()
        try:
            certificates = certify(device.public_keys(), serial, authority)
            with device.seeds() as seeds:
                content = bytearray(seeds.view) + b"".join(string(one) for one in certificates)
                try:
                    disk.write_new(folder / f"{serial:08d}{_SUFFIX}", content)
                finally:
                    wipe(content)
        finally:
            device.wipe()
    disk.sync_folder(folder)


def left(folder: Path) -> int:
    """Return how many keys nobody has used."""
    return len(_files(folder))


def draw(folder: Path, disk: Disk) -> OneTimeKey:
    """Take the next key off the disk for good and return it; raises NoKeysLeft.

    A file that holds no key any more (a disk that failed while it was being erased) is passed over.
    """
    for path in _files(folder):
        with Secret(bytearray(disk.read(path, _LONGEST))) as content:
            _erase(path, len(content), disk)
            key = _parsed(content)
        if key is not None and f"{key.serial:08d}" == path.stem:
            return key
    raise NoKeysLeft


class Signing:
    """Signs one bundle: its first volume with the testimony's key, each further one with the next key of the box."""

    def __init__(self, key: OneTimeKey, folder: Path, disk: Disk) -> None:
        """Sign with a key that was drawn; it stays the caller's."""
        self._first: OneTimeKey | None = key
        self._key = key
        self._folder, self._disk = folder, disk

    def signature_sizes(self, namespace: str) -> tuple[int, int]:
        """Return how long the two signature files are; certificates of one box are all of one length."""
        return self._key.signature_sizes(namespace)

    def sign(self, message: bytes, namespace: str) -> Signatures:
        """Return both signature files of the next volume; raises NoKeysLeft."""
        if self._first is not None:
            key, self._first = self._first, None
            return key.sign(message, namespace)
        drawn = draw(self._folder, self._disk)
        try:
            return drawn.sign(message, namespace)
        finally:
            drawn.wipe()


def _files(folder: Path) -> list[Path]:
    return sorted(path for path in folder.glob(f"*{_SUFFIX}") if path.stem.isdecimal())


def _erase(path: Path, byte_count: int, disk: Disk) -> None:
    descriptor = disk.open_known(path)
    try:
        disk.write_all(descriptor, bytes(byte_count))
        disk.sync(descriptor)
    finally:
        disk.close(descriptor)
    disk.unlink(path)
    disk.sync_folder(path.parent)


def _parsed(content: Secret) -> OneTimeKey | None:
    seeds = Secret(content.view[:_SEEDS])
    try:
        wire = Wire(bytes(content.view[_SEEDS:]))
        certificates = wire.string(), wire.string()
        wire.end()
        return OneTimeKey(DeviceKey.from_seeds(seeds), certificates)
    except (ValueError, SignatureInvalid, NotAKey):
        return None
    finally:
        seeds.wipe()
