# SPDX-License-Identifier: Apache-2.0
"""An age payload whose beginning is sealed last, because it lists the digests of all that follows.

A bundle opens with its manifests and signatures, which can't be known before every draft was read. Reading
each draft twice would double the work and open a gap in which a draft could change; so the body is sealed
first, from its place onward, and the head is put before it at the end.

    plain     | head (length known, bytes not yet) | body ................................ |
    chunks    |   0   |   1   | 2: boundary, held  |   3   |   4   | ... | last           |
    written            third                           first ------------------------->

Each chunk's number is sealed exactly once under a file key that is used for this file alone, so no nonce
ever repeats. A file that was left in the middle has a hole of zeros for a head and opens for nobody.
"""

from __future__ import annotations

import os
from typing import BinaryIO

from testimony_app.crypto.chunks import BATCH, CHUNK, NONCE, SEALED_CHUNK, TAG, chunk_nonce, payload_cipher, write_all
from testimony_app.crypto.secret import Secret, wipe
from testimony_app.exchange.hashing import buffers_in_turn


class BackfilledPayload:
    """Takes a body of known length from front to back, then its head; writes one ordinary age payload."""

    def __init__(self, file: BinaryIO, file_key: Secret, *, head_size: int, total: int) -> None:
        """Write the nonce where the file stands and leave room for the head."""
        nonce = os.urandom(NONCE)
        write_all(file, memoryview(nonce))
        self._file = file
        self._start = file.tell()
        self._cipher = payload_cipher(file_key, nonce)
        self._sealed = memoryview(bytearray(SEALED_CHUNK * BATCH))
        self._head_size = head_size
        self.total = total
        self._boundary_number, within = divmod(head_size, CHUNK)
        self._boundary = bytearray()
        # Buffers in turn: a digest may still be reading those before while the next is filled.
        self._buffers = buffers_in_turn(CHUNK * BATCH)
        self._view = next(self._buffers)
        self._first = self._boundary_number
        self._filled = within
        self._is_boundary_due = within > 0

    @property
    def position(self) -> int:
        """How far the body has come, counted from the beginning of the head."""
        return self._first * CHUNK + self._filled

    def room(self) -> memoryview:
        """Return the buffer's free part, to be filled in place and reported with `took`."""
        if self._filled == self._view.nbytes:
            self._flush()
        return self._view[self._filled :]

    def took(self, count: int) -> None:
        """Note that so many bytes of `room()` are body now."""
        self._filled += count

    def write(self, data: bytes) -> None:
        """Take a piece of the body from a caller that has it in hand."""
        rest = memoryview(data)
        while rest.nbytes:
            room = self.room()
            count = min(room.nbytes, rest.nbytes)
            room[:count] = rest[:count]
            self.took(count)
            rest = rest[count:]

    def write_zeros(self, count: int) -> None:
        """Take so many zeros as body."""
        while count:
            room = self.room()[:count]
            wipe(room)
            self.took(room.nbytes)
            count -= room.nbytes

    def finish(self, head: bytes) -> None:
        """Seal what is left of the body, then the head before it; the file is whole after."""
        if self.position != self.total or len(head) != self._head_size:
            raise ValueError("the layout isn't the one announced")
        self._flush()
        opening = memoryview(bytearray(head) + self._boundary)
        self._file.seek(self._start)
        self._seal(0, opening)
        wipe(opening)
        self.abandon()

    def abandon(self) -> None:
        """Wipe what was held of the body; the file is worth nothing then, unless it was finished."""
        wipe(self._boundary)
        first = self._view
        wipe(first)
        while (held := next(self._buffers)) is not first:
            wipe(held)

    def _flush(self) -> None:
        start = 0
        if self._is_boundary_due and self._filled:
            self._boundary = bytearray(self._view[self._head_size % CHUNK : min(CHUNK, self._filled)])
            self._is_boundary_due = False
            start = CHUNK
        first = self._first + start // CHUNK
        self._file.seek(self._start + first * SEALED_CHUNK)
        self._seal(first, self._view[start : self._filled])
        self._first += self._filled // CHUNK
        self._filled = 0
        self._view = next(self._buffers)

    def _seal(self, number: int, plain: memoryview) -> None:
        """Seal and write a run of chunks where the file stands."""
        last = (self.total - 1) // CHUNK
        filled = 0
        for start in range(0, plain.nbytes, CHUNK):
            piece = plain[start : start + CHUNK]
            target = self._sealed[filled : filled + piece.nbytes + TAG]
            self._cipher.encrypt_into(chunk_nonce(number, is_last=number == last), piece, None, target)
            number += 1
            filled += target.nbytes
            if filled == self._sealed.nbytes:
                write_all(self._file, self._sealed)
                filled = 0
        write_all(self._file, self._sealed[:filled])
