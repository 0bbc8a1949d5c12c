# SPDX-License-Identifier: Apache-2.0
"""Writes what only its owner may read, under a name that somebody chose, and never over another file.

Each file is on the disk, for its owner alone, when the call returns. If one of several can't be written, or
the block that follows fails, all of them are removed again.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from testimony_app.safekeeping.errors import FileThere, FolderMissing
from testimony_app.vault.disk import Disk
from testimony_app.vault.errors import DiskFull, DiskTrouble


@contextmanager
def written(files: Mapping[Path, bytes | bytearray], disk: Disk) -> Iterator[None]:
    """Write every file, then run the block; after any failure none of them is there.

    Raises FileThere, FolderMissing, DiskFull, DiskTrouble.
    """
    if any(path.exists() for path in files):
        raise FileThere
    mine: list[Path] = []
    try:
        for path, content in files.items():
            mine.append(path)
            _write(path, content, disk, mine)
        yield
    except BaseException:
        for path in mine:
            with suppress(OSError, DiskFull, DiskTrouble):
                disk.unlink(path)
        raise


def _write(path: Path, content: bytes | bytearray, disk: Disk, mine: list[Path]) -> None:
    try:
        disk.write_new(path, content)
    except FileExistsError as error:
        mine.remove(path)  # somebody else's, made this very moment
        raise FileThere from error
    except FileNotFoundError as error:
        raise FolderMissing from error
    disk.sync_folder(path.parent)
