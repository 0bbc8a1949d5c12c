# SPDX-License-Identifier: Apache-2.0
"""One segment of a recording on its way to the disk, and what happens when the disk has no room.

Samples become stored bytes, fill chunks, and each chunk is on the disk before the next block is looked at.
Everything here runs on the recorder's writer thread.
"""

from __future__ import annotations

import errno
import os
import shutil
import tempfile
from collections import deque
from contextlib import suppress
from pathlib import Path
from typing import IO

import msgspec
import numpy as np

from testimony_app.audio.encode import Digest
from testimony_app.audio.format import Samples, SoundFormat, to_stored
from testimony_app.crypto.stream import CHUNK
from testimony_app.vault.blobs import FinishedBlob, SegmentSlot
from testimony_app.vault.disk import DISK, Disk

RESERVE_BYTES = 4 * 2**20
"""Room for ten seconds that wait in the queue, the last chunk, and the database's last commit."""
_FULL = (errno.ENOSPC, getattr(errno, "EDQUOT", errno.ENOSPC))


class Reserve(Disk):
    """A disk of which a little is kept back, so that a recording on a full disk can still be closed.

    The room is held by a nameless file of zeros that the system frees by itself if we are killed. When the
    disk says that it is full, the room is given back, the write goes on, and `is_full` tells.
    """

    def __init__(self, folder: Path, inner: Disk = DISK, *, byte_count: int = RESERVE_BYTES) -> None:
        self.is_full = False
        self.inner = inner
        self._folder = folder
        self._held: IO[bytes] | None = None
        with suppress(OSError):
            self._held = _room(folder, byte_count)

    def write_some(self, descriptor: int, data: memoryview) -> int:
        """Return how many bytes the system took, from the room kept back if it must be."""
        place = os.lseek(descriptor, 0, os.SEEK_CUR)
        try:
            return self.inner.write_some(descriptor, data)
        except OSError as error:
            if error.errno not in _FULL or self._held is None:
                raise
        self.is_full = True
        self.give_back()
        # A disk may have taken a part before it said that it is full; we begin where that part began.
        os.lseek(descriptor, place, os.SEEK_SET)
        return self.inner.write_some(descriptor, data)

    def open_new(self, path: Path) -> int:
        """Return a descriptor of a file that did not exist before."""
        return self.inner.open_new(path)

    def sync(self, descriptor: int) -> None:
        """Return when what was written has reached the disk."""
        self.inner.sync(descriptor)

    def sync_folder(self, folder: Path) -> None:
        """Return when the names in a folder have reached the disk."""
        self.inner.sync_folder(folder)

    def unlink(self, path: Path) -> None:
        """Remove a file."""
        self.inner.unlink(path)

    def free_bytes(self) -> int:
        """Return how much room the disk has left."""
        try:
            return shutil.disk_usage(self._folder).free
        except OSError:
            return 0

    def give_back(self) -> None:
        """Free the room; may be called again."""
        if self._held is not None:
            self._held.close()
            self._held = None


class Written(msgspec.Struct, frozen=True):
    """A closed segment: where it is, how long, and what its samples should digest to.

    Without a `finished` it has no marked end (a crash, a disk that refused): whole chunks up to there count.
    """

    slot: SegmentSlot
    frames: int
    digest: Digest | None
    finished: FinishedBlob | None


class SegmentFile:
    """The segment that is being written."""

    def __init__(self, slot: SegmentSlot, sound: SoundFormat, disk: Disk) -> None:
        """Make the file. Raises DiskFull, DiskTrouble."""
        self.frames = 0
        self._slot = slot
        self._sound = sound
        self._digest = Digest(sound)
        self._writer = slot.writer(disk)
        self._synced_chunks = 0
        self._recent: deque[Samples] = deque()
        self._recent_frames = 0

    @property
    def safe_frames(self) -> int:
        """How many frames survive a power cut now."""
        return self._synced_chunks * CHUNK // self._sound.frame_bytes

    def write(self, samples: Samples) -> None:
        """Take samples; every chunk they fill is on the disk afterwards. Raises DiskFull, DiskTrouble."""
        self._remember(samples)
        self._writer.write(to_stored(samples, self._sound))
        self._digest.add(samples)
        # A chunk goes out when the first byte after it is known, because the last one is marked.
        chunks = max(0, self._writer.byte_count - 1) // CHUNK
        if chunks > self._synced_chunks:
            self._writer.sync()
            self._synced_chunks = chunks

    def unsafe(self) -> Samples:
        """Return the samples that were taken but are not on the disk yet: under a second of them."""
        recent = np.concatenate(self._recent) if self._recent else np.zeros((0, self._sound.channels), np.int32)
        count = self.frames - self.safe_frames
        return recent[len(recent) - count :]

    def close(self) -> Written:
        """Mark the end and return what was written. Raises DiskFull, DiskTrouble."""
        finished = self._writer.finish()
        return Written(self._slot, self.frames, self._digest, finished)

    def abandon(self) -> Written:
        """Leave the segment without its end, because the disk refused; what was acknowledged counts."""
        self._writer.abandon()
        # What was written but never confirmed goes into the next segment; here it would be heard twice.
        with suppress(OSError):
            self._slot.cut_after(self._synced_chunks)
        return Written(self._slot, self.safe_frames, None, None)

    def _remember(self, samples: Samples) -> None:
        self._recent.append(samples)
        self._recent_frames += len(samples)
        self.frames += len(samples)
        unsafe = self.frames - self.safe_frames
        while self._recent_frames - len(self._recent[0]) >= unsafe:
            self._recent_frames -= len(self._recent.popleft())


def _room(folder: Path, byte_count: int) -> IO[bytes]:
    held = tempfile.TemporaryFile(dir=folder, buffering=0)  # noqa: SIM115 - it lives as long as the recording
    try:
        if hasattr(os, "posix_fallocate"):
            os.posix_fallocate(held.fileno(), 0, byte_count)
        else:
            held.write(bytes(byte_count))
    except OSError:
        held.close()
        raise
    return held
