# SPDX-License-Identifier: Apache-2.0
"""What this room asks of the disk or stick it writes to, in one object, so that a failing one can stand in its place.

Whatever writes here writes through `medium()`: the system's own, unless a test has said otherwise for its own thread
with `standing_on`. Errors leave as the system raised them; landing.py turns them into our words.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from io import FileIO
from pathlib import Path

_NEW = os.O_RDWR | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)


class Medium:
    """The computer's own disks and sticks."""

    def open_new(self, path: Path) -> int:
        """Return a descriptor of a file that did not exist before, for this user alone."""
        return os.open(path, _NEW, 0o600)

    def write_some(self, write: Callable[[memoryview], int | None], data: memoryview) -> int:
        """Return how many bytes the system took, which may be fewer than it was given."""
        return write(data) or 0

    def sync(self, descriptor: int) -> None:
        """Return when what was written has reached the medium, as far as the system can tell."""
        os.fsync(descriptor)

    def sync_folder(self, folder: Path) -> None:
        """Return once the folder's entries are on the medium, where folders can be synced."""
        if os.name == "nt":
            return
        descriptor = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)

    def rename(self, old: Path, new: Path) -> None:
        """Give a file another name, replacing what had it, in one step."""
        old.replace(new)

    def unlink(self, path: Path) -> None:
        """Remove a file; one that is already gone is fine."""
        path.unlink(missing_ok=True)

    def make_folder(self, folder: Path) -> None:
        """Make a folder for this user alone, with those above it."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)


_medium: ContextVar[Medium] = ContextVar("medium")
_SYSTEM = Medium()


def medium() -> Medium:
    """Return what is written through."""
    return _medium.get(_SYSTEM)


@contextmanager
def standing_on(other: Medium) -> Iterator[None]:
    """Write through another medium within a block, on this thread."""
    token = _medium.set(other)
    try:
        yield
    finally:
        _medium.reset(token)


_START_WRITING_EVERY = 16 * 1024 * 1024


class NewFile(FileIO):
    """A file that did not exist before, open for writing and for reading back.

    The system begins to put it on the medium while it is still being written, so that the sync at the end is short.
    """

    def __init__(self, path: Path) -> None:
        """Make it. Raises FileExistsError and what else the system says."""
        self._medium = medium()
        self._waiting = 0
        super().__init__(self._medium.open_new(path), "r+b")

    def write(self, data: memoryview | bytes | bytearray, /) -> int:  # type: ignore[override]
        """Return how many bytes the system took."""
        count = self._medium.write_some(super().write, memoryview(data).cast("B"))
        self._waiting += count
        if self._waiting >= _START_WRITING_EVERY:
            self._waiting = 0
            _start_writing(self.fileno())
        return count


def _start_writing(descriptor: int) -> None:
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(descriptor, 0, 0, os.POSIX_FADV_DONTNEED)
