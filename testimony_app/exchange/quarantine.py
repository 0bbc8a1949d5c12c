# SPDX-License-Identifier: Apache-2.0
"""Meets a foreign file on its stick: opened with care and measured; copied and hashed where it must be kept or sought.

A bundle is read where it lies, each byte once (once.py). Copied are a stranger's bundle, to be held apart, and a
recording that a drop box left behind, whose reader must look for its end first.
"""

from __future__ import annotations

import os
import secrets
import shutil
import stat
from collections.abc import Callable
from io import FileIO
from pathlib import Path

from testimony_app.crypto.chunks import write_all
from testimony_app.exchange import landing
from testimony_app.exchange.errors import BeyondLimits, FileUnreadable, NoRoom, NotABundle
from testimony_app.exchange.hashing import Digest, buffers_in_turn, digest_for
from testimony_app.exchange.limits import FREE_SPACE_TENTHS, MIB, VOLUME_CAP
from testimony_app.exchange.medium import NewFile, medium

_FIRST_LINE = b"age-encryption.org/v1\n"
Progress = Callable[[int, int], None]


def opened(path: Path) -> FileIO:
    """Return a plain file opened for reading, or refuse: no folder, no device, nothing that could keep us waiting."""
    try:
        descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_BINARY", 0) | getattr(os, "O_NONBLOCK", 0))
        file = FileIO(descriptor, "rb")
    except OSError as trouble:
        raise FileUnreadable(errno=trouble.errno) from None
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise NotABundle(why="no-file")
    return file


def look_at_first_line(file: FileIO, size: int) -> None:
    """Refuse what isn't an age file, or is longer than any bundle, before anything else is done with it."""
    try:
        untrusted_start = file.read(len(_FIRST_LINE))
        file.seek(0)
    except OSError as trouble:
        raise FileUnreadable(errno=trouble.errno) from None
    if untrusted_start != _FIRST_LINE:
        raise NotABundle(why="first-line")
    if size > VOLUME_CAP:
        raise BeyondLimits(what="file")


def new_folder(quarantine: Path) -> Path:
    """Return a new folder in quarantine for one file and what comes of it; raises NoRoom."""
    folder = quarantine / secrets.token_hex(16)
    try:
        medium().make_folder(folder)
    except OSError:
        raise NoRoom from None
    return folder


def measured(path: Path, folder: Path) -> int:
    """Return the length of what may be a bundle and has room here; raises what is wrong with it."""
    with opened(path) as source:
        return _fitting(source, folder)


def _fitting(source: FileIO, folder: Path) -> int:
    size = os.fstat(source.fileno()).st_size
    look_at_first_line(source, size)
    free = shutil.disk_usage(folder).free
    if free < size * FREE_SPACE_TENTHS // 10:
        raise NoRoom(needed=size * FREE_SPACE_TENTHS // 10, free=free)
    return size


def copy_in(path: Path, copy: Path, progress: Progress | None) -> str:
    """Copy a stick's file into quarantine and return its SHA-256."""
    with opened(path) as source:
        size = _fitting(source, copy.parent)
        with _new(copy, size) as target:
            return _copy(source, target, size, progress)


def _new(copy: Path, size: int) -> NewFile:
    try:
        return NewFile(copy)
    except OSError:
        raise NoRoom(needed=size) from None


def _copy(source: FileIO, target: FileIO, size: int, progress: Progress | None) -> str:
    with digest_for(size, "sha256") as digest:
        _pour(source, target, size, digest, progress)
        return digest.hexdigest()


def _pour(source: FileIO, target: FileIO, size: int, digest: Digest, progress: Progress | None) -> None:
    done = 0
    for buffer in buffers_in_turn(MIB):
        try:
            count = source.readinto(buffer)
        except OSError as trouble:
            raise FileUnreadable(errno=trouble.errno) from None
        if not count:
            return
        done += count
        if done > VOLUME_CAP:
            raise BeyondLimits(what="file")
        digest.update(buffer[:count])
        try:
            write_all(target, buffer[:count])
        except OSError:
            raise NoRoom(needed=size) from None
        if progress is not None:
            progress(done // 2, size)


def hold_apart(copy: Path, held: Path | None, sha256: str, suffix: str = ".AGE") -> None:
    """Keep a stranger's bundle as it came, encrypted, until somebody has decided about its signer."""
    if held is None or not copy.exists():
        return
    with landing.told_plainly():
        medium().make_folder(held)
        medium().rename(copy, held / f"{sha256}{suffix}")
        medium().sync_folder(held)


def read_small(path: Path, most: int) -> bytes:
    """Return a small foreign file's bytes, at most one more than may be in it; raises FileUnreadable."""
    with opened(path) as file:
        try:
            return file.read(most + 1) or b""
        except OSError as trouble:
            raise FileUnreadable(errno=trouble.errno) from None
