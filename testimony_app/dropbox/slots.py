# SPDX-License-Identifier: Apache-2.0
"""Places to record into whose keys are nowhere but in memory.

A segment of sound becomes a sealed recording (exchange/live.py): its header is on the disk before the first sample, so
that the archive opens what a crash leaves. The FLAC that it becomes is an ordinary encrypted file of `making/`; after
a crash nobody can open that one, and nobody needs to.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from testimony_app.crypto.chunks import CHUNK, NONCE, SEALED_CHUNK
from testimony_app.crypto.secret import Secret
from testimony_app.vault.blobs import BlobReader, BlobWriter, Prologue, SegmentSlot
from testimony_app.vault.disk import DISK, Disk

Opening = Callable[[Secret], Prologue]
"""Makes what stands before the sound, for a file key."""


class LiveSlot(SegmentSlot):
    """A sealed recording that is promised to a take."""

    def __init__(self, index: int, path: Path, file_key: Secret, opening: Opening, *, disk: Disk = DISK) -> None:
        """Make what stands before the sound only when the file is made."""
        super().__init__(index, path, file_key, "pcm", disk=disk)
        self._opening = opening
        self._header_bytes = 0

    def writer(self, disk: Disk | None = None) -> BlobWriter:
        """Make the file, put its header on the disk, and return what writes the sound."""
        prologue = self._opening(self.file_key)
        self._header_bytes = len(prologue.header)
        return BlobWriter(self.path, self.file_key, disk=disk or self._disk, prologue=prologue)

    def reader(self, *, allow_unterminated: bool = False) -> BlobReader:
        """Return what reads the sound."""
        return BlobReader(
            self.path,
            self.file_key,
            allow_unterminated=allow_unterminated,
            start=self._header_bytes,
            skip=CHUNK,
        )

    def again(self, file_key: Secret) -> LiveSlot:
        """Return the same place with a key of its own."""
        slot = LiveSlot(self.index, self.path, file_key.copy(), self._opening, disk=self._disk)
        slot._header_bytes = self._header_bytes
        return slot

    def cut_after(self, chunks: int) -> None:
        """Cut the file after so many chunks of sound."""
        os.truncate(self.path, self._header_bytes + NONCE + (chunks + 1) * SEALED_CHUNK)
