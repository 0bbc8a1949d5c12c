# SPDX-License-Identifier: Apache-2.0
"""How a file comes to stand in a folder: under a random name, synced, read back, renamed, synced again.

Until its last step a file is called `K7QF2M9X.TMP` and belongs to nobody; a program that was killed leaves at
most such a file, and the next write to that folder sweeps it away. Names are eight random characters of
Crockford's base 32, so that they fit FAT's 8.3 and tell nothing; times are set to 1980-01-01, FAT's floor, for
the same reason.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from datetime import UTC, datetime
from io import FileIO
from pathlib import Path

from testimony_app.crypto.chunks import write_all
from testimony_app.exchange.errors import StickFull, StickGone, StickReadOnly
from testimony_app.exchange.medium import NewFile, medium
from testimony_app.model.ids import ALPHABET

FAT_FLOOR = int(datetime(1980, 1, 1, tzinfo=UTC).timestamp())
_TEMPORARY = re.compile(rf"[{ALPHABET}]{{8}}\.TMP")
FULL = {errno.ENOSPC, errno.EDQUOT, errno.EFBIG}
_READ_ONLY = {errno.EROFS, errno.EACCES, errno.EPERM}


@contextmanager
def told_plainly() -> Iterator[None]:
    """Turn the operating system's complaints about a folder or stick into our refusals."""
    try:
        yield
    except OSError as trouble:
        number = trouble.errno or 0
        if number in FULL:
            raise StickFull from None
        if number in _READ_ONLY:
            raise StickReadOnly(errno=number) from None
        raise StickGone(errno=number) from None


def new_name(folder: Path, suffix: str) -> str:
    """Return a random 8.3 name that nothing in the folder has, neither finished nor half written."""
    while True:
        stem = "".join(secrets.choice(ALPHABET) for _ in range(8))
        if not (folder / (stem + suffix)).exists() and not (folder / (stem + ".TMP")).exists():
            return stem + suffix


@contextmanager
def half_written(folder: Path, name: str) -> Iterator[tuple[Path, NewFile]]:
    """Hand out a new `.TMP` file for a name; whatever goes wrong, it is removed, unless it was renamed."""
    temporary = (folder / name).with_suffix(".TMP")
    try:
        with NewFile(temporary) as file:
            yield temporary, file
    finally:
        with suppress(OSError):
            medium().unlink(temporary)


def sync(file: FileIO) -> None:
    """Return once the file's bytes are on the medium, and let the system forget its own copy of them."""
    medium().sync(file.fileno())
    drop_cache(file)


def drop_cache(file: FileIO) -> None:
    """Ask the system to read the file from the medium next time, where it can be asked."""
    if hasattr(os, "posix_fadvise"):
        os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
    elif sys.platform == "darwin":
        import fcntl  # noqa: PLC0415 - not on Windows

        fcntl.fcntl(file.fileno(), fcntl.F_NOCACHE, 1)


def settle(temporary: Path, final: Path) -> None:
    """Give a synced file its name and FAT's oldest time, and sync the folder; after trouble it has neither."""
    os.utime(temporary, (FAT_FLOOR, FAT_FLOOR))
    medium().rename(temporary, final)
    try:
        medium().sync_folder(final.parent)
    except OSError:
        # Nobody was told that it is there, so it must not be.
        with suppress(OSError):
            medium().unlink(final)
        raise


def sync_folder(folder: Path) -> None:
    """Return once the folder's entries are on the medium, where folders can be synced."""
    medium().sync_folder(folder)


def remove(paths: Iterable[Path]) -> None:
    """Remove files that must not stay; what the medium refuses to remove now, nobody can."""
    for path in paths:
        with suppress(OSError):
            medium().unlink(path)


def sweep(folder: Path) -> int:
    """Remove what an interrupted write left behind; return how many files that were."""
    left = [path for path in folder.iterdir() if _TEMPORARY.fullmatch(path.name)]
    for path in left:
        medium().unlink(path)
    return len(left)


def files_in(paths: Iterable[Path], suffix: str) -> tuple[Path, ...]:
    """Return the files named, and those of named folders and their folders whose names end so, in any case."""
    found: list[Path] = []
    for path in paths:
        if not path.is_dir():
            found.append(path)
            continue
        with told_plainly():
            entries = sorted(path.iterdir())
            deeper = [entry for folder in entries if folder.is_dir() for entry in sorted(folder.iterdir())]
        found += [entry for entry in (*entries, *deeper) if entry.suffix.upper() == suffix and entry.is_file()]
    return tuple(dict.fromkeys(found))


def write_small(path: Path, data: bytes) -> None:
    """Write a small public file under a name that somebody chose, replacing one of that name in one step."""
    temporary = path.with_name(new_name(path.parent, ".TMP"))
    try:
        with NewFile(temporary) as file:
            write_all(file, memoryview(data))
            medium().sync(file.fileno())
        medium().rename(temporary, path)
        medium().sync_folder(path.parent)
    finally:
        remove([temporary])
