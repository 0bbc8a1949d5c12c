# SPDX-License-Identifier: Apache-2.0
"""A foreign file that is read from front to back, each byte once, and hashed on the way.

A stick may change, or lie, between two readings of the same place. Copying it first costs as much disk as the
bundle itself; reading every byte exactly once gives the same: what was parsed is what was hashed. The little
that a reader asks for again (the beginning, the last block) comes from memory, never from the stick.
"""

from __future__ import annotations

import os
from collections import deque
from io import FileIO

from testimony_app.crypto.chunks import BATCH, SEALED_CHUNK
from testimony_app.exchange.errors import FileUnreadable
from testimony_app.exchange.hashing import BEHIND, Digest, buffers_in_turn

_BLOCK = BATCH * SEALED_CHUNK


class ReadOnce:
    """Reads a file forward; serves what was just read again from memory, and refuses anything else."""

    def __init__(self, file: FileIO, digest: Digest) -> None:
        """Read `file` from its beginning, as long as it is now; every byte goes through `digest` once."""
        self.size = os.fstat(file.fileno()).st_size
        self._file, self._digest = file, digest
        self._position = self._frontier = 0
        self._first = b""
        self._buffers = buffers_in_turn(_BLOCK)
        # A buffer is filled again only after every other one was: what is remembered stays as it was read.
        self._recent: deque[tuple[int, memoryview]] = deque(maxlen=BEHIND - 1)

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Move; from the end only to learn the length."""
        self._position = offset + self.size if whence == os.SEEK_END else offset
        return self._position

    def readinto(self, buffer: memoryview, /) -> int:
        """Fill some or all of the buffer, from memory or from the file; 0 at its end."""
        if self._position < self._frontier:
            count = self._again(buffer)
        elif self._position == self._frontier:
            count = self._anew(buffer[:_BLOCK])
        else:
            raise FileUnreadable(why="jump")
        self._position += count
        return count

    def hexdigest(self) -> str:
        """Return the digest of the file, all of which must have been read."""
        if self._frontier != self.size:
            raise FileUnreadable(why="rest")
        return self._digest.hexdigest()

    def _anew(self, buffer: memoryview) -> int:
        count = self._from_file(buffer[: self.size - self._frontier])
        block = next(self._buffers)[:count]
        block[:] = buffer[:count]
        if self._frontier == 0:
            self._first = bytes(block)
        self._recent.append((self._frontier, block))
        self._digest.update(block)
        self._frontier += count
        return count

    def _from_file(self, buffer: memoryview) -> int:
        filled = 0
        while filled < buffer.nbytes:
            try:
                count = self._file.readinto(buffer[filled:])
            except OSError as trouble:
                raise FileUnreadable(errno=trouble.errno) from None
            if not count:
                break
            filled += count
        return filled

    def _again(self, buffer: memoryview) -> int:
        for start, block in ((0, memoryview(self._first)), *self._recent):
            within = self._position - start
            if 0 <= within < block.nbytes:
                piece = block[within : within + buffer.nbytes]
                buffer[: piece.nbytes] = piece
                return piece.nbytes
        raise FileUnreadable(why="again")
