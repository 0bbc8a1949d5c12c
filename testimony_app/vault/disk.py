# SPDX-License-Identifier: Apache-2.0
"""The few things the vault asks of a disk, in one object, so that a failing one can be slipped under it in tests.

What it guarantees: a file made by `write_new` or `replace` is complete and on the disk when the call returns,
or the call raises and nothing with the final name has changed. New files are readable by their owner alone.
Every `OSError` leaves here as `DiskFull` or `DiskTrouble`; only `FileNotFoundError` and `FileExistsError` pass.
The database file is SQLite's own and doesn't come this way.
"""

from __future__ import annotations

import errno
import os
import shutil
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from testimony_app.vault.errors import DiskFull, DiskTrouble

_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))
_DAY = 86_400
_NEW = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


@contextmanager
def refusals() -> Iterator[None]:
    """Turn what the system says about a disk into our own words."""
    try:
        yield
    except (FileNotFoundError, FileExistsError):
        raise
    except OSError as error:
        if error.errno in _FULL:
            raise DiskFull from error
        raise DiskTrouble(reason=errno.errorcode.get(error.errno or 0, "unknown")) from error


class Disk:
    """The computer's own disk."""

    def open_new(self, path: Path) -> int:
        """Return a descriptor of a file that did not exist before, for this user alone."""
        with refusals():
            return os.open(path, _NEW, 0o600)

    def open_known(self, path: Path) -> int:
        """Return a descriptor of a file that is there, to overwrite what is in it."""
        with refusals():
            return os.open(path, os.O_WRONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0))

    def close(self, descriptor: int) -> None:
        """Let go of a descriptor."""
        with refusals():
            os.close(descriptor)

    def write_some(self, descriptor: int, data: memoryview) -> int:
        """Return how many bytes the system took; a failing disk overrides this."""
        return os.write(descriptor, data)

    def write_all(self, descriptor: int, data: bytes | bytearray | memoryview) -> None:
        """Write every byte, however little the system takes at a time."""
        rest = memoryview(data).cast("B")
        with refusals():
            while rest:
                rest = rest[self.write_some(descriptor, rest) :]

    def sync(self, descriptor: int) -> None:
        """Return when what was written has reached the disk, as far as the system can tell."""
        with refusals():
            if sys.platform == "darwin":
                import fcntl  # noqa: PLC0415  (POSIX only)

                fcntl.fcntl(descriptor, fcntl.F_FULLFSYNC)
            elif hasattr(os, "fdatasync"):
                os.fdatasync(descriptor)
            else:
                os.fsync(descriptor)

    def sync_folder(self, folder: Path) -> None:
        """Return when the names in a folder have reached the disk; Windows offers no such thing."""
        if os.name == "nt":
            return
        with refusals():
            descriptor = os.open(folder, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)

    def rename(self, old: Path, new: Path) -> None:
        """Give a file its final name, replacing what had it, in one step."""
        with refusals():
            old.replace(new)

    def unlink(self, path: Path) -> None:
        """Remove a file; one that is already gone is fine."""
        with refusals(), suppress(FileNotFoundError):
            path.unlink()

    def make_folder(self, folder: Path) -> None:
        """Make a folder for this user alone, if it isn't there."""
        with refusals(), suppress(FileExistsError):
            folder.mkdir(0o700)

    def remove_tree(self, folder: Path) -> None:
        """Remove a folder of ours with everything in it; one that is already gone is fine."""
        with refusals(), suppress(FileNotFoundError):
            shutil.rmtree(folder)

    def read(self, path: Path, limit: int) -> bytes:
        """Return a small file's bytes, at most one more than the limit."""
        with refusals(), path.open("rb") as file:
            return file.read(limit + 1)

    def write_new(self, path: Path, data: bytes | bytearray) -> None:
        """Make a small file that is on the disk when this returns; it must not exist."""
        descriptor = self.open_new(path)
        try:
            self.write_all(descriptor, data)
            self.sync(descriptor)
        finally:
            os.close(descriptor)

    def replace(self, path: Path, data: bytes | bytearray) -> None:
        """Replace a small file in one step: after a failure or a power cut the old one is whole."""
        new = path.with_name(path.name + ".TMP")
        self.unlink(new)
        try:
            self.write_new(new, data)
            self.rename(new, path)
        except (DiskFull, DiskTrouble):
            with suppress(OSError, DiskTrouble):
                self.unlink(new)
            raise
        self.sync_folder(path.parent)

    def blur_time(self, path: Path) -> None:
        """Set a file's times to the start of its day, so that they tell no hour; not worth failing for."""
        with suppress(OSError):
            day = int(path.stat().st_mtime) // _DAY * _DAY
            os.utime(path, (day, day))


DISK = Disk()
