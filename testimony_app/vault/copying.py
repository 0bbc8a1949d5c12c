# SPDX-License-Identifier: Apache-2.0
"""Copies files in one step each, reads every copy back, and tells how far it is while it does.

What the caller tells may raise, as when somebody cancelled: then the file under way is removed again, and what was
copied before it is whole.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from testimony_app.vault.disk import Disk
from testimony_app.vault.errors import BackupDamaged, DiskFull, DiskTrouble

_PIECE = 1 << 20
Progress = Callable[[int, int], None]
"""Told how many bytes of how many are done; may raise to stop the work."""


class Tally:
    """Counts bytes through several files and tells the sum."""

    def __init__(self, total: int, progress: Progress | None) -> None:
        """Tell nothing until the first bytes."""
        self._done, self._total, self._progress = 0, total, progress

    def add(self, byte_count: int) -> None:
        """Count so many more and tell."""
        self._done += byte_count
        if self._progress is not None:
            self._progress(min(self._done, self._total), self._total)


def copy(source: Path, target: Path, disk: Disk, sha512: str = "", tally: Tally | None = None) -> int:
    """Copy a file in one step, read the copy back, and return its length. Raises BackupDamaged when it differs.

    With a digest the source must have it, too.
    """
    disk.make_folder(target.parent)
    new = target.with_name(target.name + ".TMP")
    disk.unlink(new)
    try:
        digest, byte_count = _write(source, new, disk, tally)
        _compare(new, digest, sha512 or digest)
    except BaseException:
        with suppress(OSError, DiskFull, DiskTrouble):
            disk.unlink(new)
        raise
    disk.rename(new, target)
    disk.sync_folder(target.parent)
    disk.blur_time(target)
    return byte_count


def files_in_pairs(folder: Path) -> Iterator[Path]:
    """Yield the finished files of a folder whose own folders hold them, as blobs do."""
    for inner in sorted(folder.iterdir()):
        if inner.is_dir():
            yield from (path for path in sorted(inner.iterdir()) if path.suffix != ".TMP")


def files_in(folder: Path) -> tuple[Path, ...]:
    """Return the finished files of a folder."""
    return tuple(path for path in sorted(folder.iterdir()) if path.is_file() and path.suffix != ".TMP")


def size_of(files: Iterable[Path]) -> int:
    """Return how many bytes some files have."""
    return sum(path.stat().st_size for path in files)


def _write(source: Path, new: Path, disk: Disk, tally: Tally | None) -> tuple[str, int]:
    digest, byte_count = hashlib.sha512(), 0
    descriptor = disk.open_new(new)
    try:
        with source.open("rb", buffering=0) as file:
            while piece := file.read(_PIECE):
                digest.update(piece)
                byte_count += len(piece)
                disk.write_all(descriptor, piece)
                if tally is not None:
                    tally.add(len(piece))
        disk.sync(descriptor)
    finally:
        os.close(descriptor)
    return digest.hexdigest(), byte_count


def _compare(new: Path, digest: str, expected: str) -> None:
    """Raise BackupDamaged when what was read, or what the disk has of it, is not what it must be."""
    if digest != expected or _read_back(new) != expected:
        raise BackupDamaged(what="blob")


def _read_back(path: Path) -> str:
    """Return the digest of a file as the disk has it: the system is asked to forget its own copy first."""
    with path.open("rb", buffering=0) as file:
        if hasattr(os, "posix_fadvise"):
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
        return hashlib.file_digest(file, "sha512").hexdigest()
