# SPDX-License-Identifier: Apache-2.0
"""Authenticated encryption in chunks: written forward, read from anywhere, truncation noticed.

This is the payload of the age v1 format: a 16-byte nonce, then chunks of 64 KiB, each sealed with
ChaCha20-Poly1305 under HKDF(file key, nonce); the chunk's number and whether it is the last are its nonce.

    16 bytes   | 65,536 + 16 | 65,536 + 16 | ... | 1..65,536 + 16 (or 16 if nothing was written)
    nonce      | chunk 0     | chunk 1     |     | last chunk

Guaranteed: no byte is handed out that was not authenticated at its place; a payload that was cut, or that
goes on after its marked end, is never read to its end without an error. A full chunk is written as soon as
one byte more is known to follow, so that a power cut costs a recording one chunk at most.
Not guaranteed: that the plaintext is wiped from the buffers of whoever reads it.

One reader or writer belongs to one thread at a time. They do not close the file they are given.
"""

from __future__ import annotations

import io
import os
from typing import TYPE_CHECKING

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from testimony_app.crypto.chunks import (
    BATCH,
    CHUNK,
    FILE_KEY,
    NONCE,
    SEALED_CHUNK,
    TAG,
    Readable,
    Writable,
    chunk_nonce,
    payload_cipher,
    payload_size,
    plain_size,
    write_all,
)
from testimony_app.crypto.errors import HeaderDamaged, PayloadTampered, PayloadTruncated
from testimony_app.crypto.secret import Secret, wipe

if TYPE_CHECKING:
    from types import TracebackType
    from typing import Self

__all__ = [
    "CHUNK",
    "FILE_KEY",
    "NONCE",
    "SEALED_CHUNK",
    "TAG",
    "PayloadReader",
    "PayloadWriter",
    "Readable",
    "Writable",
    "payload_size",
    "plain_size",
    "write_all",
]


class PayloadWriter:
    """Seals what is written, chunk by chunk, into a file that it never reads or seeks."""

    def __init__(self, file: Writable, file_key: Secret | bytearray | bytes) -> None:
        """Write the nonce at once, so that an unfinished payload can be opened."""
        nonce = os.urandom(NONCE)
        self._file = file
        self._aead: ChaCha20Poly1305 | None = payload_cipher(file_key, nonce)
        self._held = bytearray(CHUNK)
        self._held_bytes = 0
        self._sealed = bytearray(SEALED_CHUNK * BATCH)
        self._chunks = 0
        write_all(file, memoryview(nonce))

    @property
    def chunks_written(self) -> int:
        """How many chunks the file has been given."""
        return self._chunks

    @property
    def bytes_held(self) -> int:
        """How many bytes of content are still in memory only."""
        return self._held_bytes

    def write(self, data: bytes | bytearray | memoryview, /) -> int:
        """Seal and write every chunk that is now known not to be the last."""
        if self._aead is None:
            raise ValueError("the payload is finished")
        rest = memoryview(data).cast("B")
        size = rest.nbytes
        while rest.nbytes:
            if self._held_bytes == CHUNK:
                self._seal(memoryview(self._held), is_last=False)
                self._held_bytes = 0
            is_whole = self._held_bytes == 0 and rest.nbytes > CHUNK
            rest = self._seal_in_place(rest) if is_whole else self._hold(rest)
        return size

    def finish(self) -> None:
        """Write the last chunk and forget the key; nothing can be written after."""
        if self._aead is not None:
            self._seal(memoryview(self._held)[: self._held_bytes], is_last=True)
            self.abandon()

    def abandon(self) -> None:
        """Forget the key and what was held, and leave the payload without its end."""
        wipe(self._held)
        self._held_bytes = 0
        self._aead = None

    def __enter__(self) -> Self:
        """Write within a block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Finish after a block that went well; never mark the end of one that did not."""
        if kind is None:
            self.finish()
        else:
            self.abandon()

    def _hold(self, data: memoryview) -> memoryview:
        taken = min(CHUNK - self._held_bytes, data.nbytes)
        self._held[self._held_bytes : self._held_bytes + taken] = data[:taken]
        self._held_bytes += taken
        return data[taken:]

    def _seal_in_place(self, data: memoryview) -> memoryview:
        # Straight from the caller's buffer, without a copy; at least one byte stays behind, since nobody
        # knows yet whether this is the end.
        chunks = min((data.nbytes - 1) // CHUNK, BATCH)
        self._seal(data[: chunks * CHUNK], is_last=False)
        return data[chunks * CHUNK :]

    def _seal(self, plain: memoryview, *, is_last: bool) -> None:
        if self._aead is None:
            raise ValueError("the payload is finished")
        sealed = memoryview(self._sealed)
        filled = 0
        for start in range(0, max(plain.nbytes, 1), CHUNK):
            piece = plain[start : start + CHUNK]
            size = piece.nbytes + TAG
            nonce = chunk_nonce(self._chunks, is_last=is_last)
            self._aead.encrypt_into(nonce, piece, None, sealed[filled : filled + size])
            self._chunks += 1
            filled += size
        write_all(self._file, sealed[:filled])


class PayloadReader(io.RawIOBase):
    """Opens a payload for reading, from any position, as a file that can be handed to any library."""

    def __init__(
        self,
        file: Readable,
        file_key: Secret | bytearray | bytes,
        *,
        start: int = 0,
        end: int | None = None,
        allow_unterminated: bool = False,
        skip: int = 0,
    ) -> None:
        """Read the nonce at `start`; the payload ends at `end`, or with the file.

        The first `skip` bytes of content are passed over: what is read, counted and sought begins behind them.

        With `allow_unterminated` a payload that a power cut left without its end is read as far as it is
        authentic, and `is_unterminated` says so. Raises HeaderDamaged when even the nonce is cut.
        """
        super().__init__()
        self._file = file
        self._first = start + NONCE
        sealed_bytes = (file.seek(0, os.SEEK_END) if end is None else end) - self._first
        if sealed_bytes < 0:
            raise HeaderDamaged(part="nonce")
        self._sealed_bytes = sealed_bytes
        self._chunks = -(-sealed_bytes // SEALED_CHUNK)
        nonce = bytearray(NONCE)
        self._load(memoryview(nonce), start)
        self._aead: ChaCha20Poly1305 | None = payload_cipher(file_key, bytes(nonce))
        self._plain = bytearray(CHUNK)
        self._plain_number = -1
        self._plain_bytes = 0
        self._sealed = bytearray(SEALED_CHUNK)
        self._skip = skip
        self._position = skip
        self._size: int | None = None
        self._early_end: int | None = None
        self.is_unterminated = False
        if allow_unterminated:
            self._settle_for_what_is_authentic()

    def readable(self) -> bool:
        """Say yes."""
        return True

    def seekable(self) -> bool:
        """Say yes."""
        return True

    def tell(self) -> int:
        """Return the position in the content."""
        return self._position - self._skip

    def size(self) -> int:
        """Return the length of the content, once its last chunk has proved that it is the last.

        Raises PayloadTampered or PayloadTruncated when it does not.
        """
        return max(0, self._whole_size() - self._skip)

    def _whole_size(self) -> int:
        if self._size is None and self._chunks:
            self._open(self._chunks - 1)
        if self._size is None:
            raise PayloadTruncated(chunks=self._chunks)
        return self._size

    def seek(self, offset: int, whence: int = os.SEEK_SET, /) -> int:
        """Move in the content; from the end only after the last chunk has been verified."""
        if whence == os.SEEK_CUR:
            offset += self.tell()
        elif whence == os.SEEK_END:
            offset += self.size()
        if offset < 0:
            raise ValueError("negative position")
        self._position = offset + self._skip
        return offset

    def readinto(self, buffer: bytearray | memoryview, /) -> int:  # type: ignore[override]
        """Fill the buffer as far as the content goes; less only at its end or before damage.

        Raises PayloadTampered or PayloadTruncated at the place where the content is not authentic; what is
        authentic before that place has then been handed out by earlier calls.
        """
        target = memoryview(buffer).cast("B")
        filled = 0
        while filled < target.nbytes:
            try:
                count = self._read_some(target[filled:])
            except (PayloadTampered, PayloadTruncated):
                # What came before the damage is authentic and is handed out first; the next call meets the
                # damage again, and then there is nothing to hand out with it.
                if filled:
                    break
                raise
            if count == 0:
                break
            filled += count
        return filled

    def readall(self) -> bytes:
        """Return everything from here to the end."""
        pieces = []
        while piece := self.read(CHUNK * BATCH):
            pieces.append(piece)
        return b"".join(pieces)

    def close(self) -> None:
        """Forget the key and the chunk at hand; the file stays open."""
        if not self.closed and hasattr(self, "_plain"):
            wipe(self._plain)
            self._plain_number = -1
            self._aead = None
        super().close()

    def _read_some(self, target: memoryview) -> int:
        number, within = divmod(self._position, CHUNK)
        if self._early_end is not None and number > self._early_end:
            raise PayloadTampered(chunk=number, trailing=True)
        if self._is_at_end(number):
            return 0
        if number != self._plain_number and within == 0:
            count = self._read_inner_chunks(number, target)
            if count:
                self._position += count
                return count
        if number != self._plain_number:
            self._open(number)
        count = max(0, min(self._plain_bytes - within, target.nbytes))
        target[:count] = memoryview(self._plain)[within : within + count]
        self._position += count
        return count

    def _is_at_end(self, number: int) -> bool:
        # The end is believed only once the last chunk has proved to be the last.
        if self._size is None and number < self._chunks:
            return False
        return self._position >= self._whole_size()

    def _read_inner_chunks(self, number: int, target: memoryview) -> int:
        # Many chunks in one reading, opened straight into the caller's buffer. The last chunk, and any
        # chunk that does not open as an inner one, is left to _open, which knows what else it may be.
        count = min(target.nbytes // CHUNK, self._chunks - 1 - number, BATCH)
        if count <= 0:
            return 0
        if len(self._sealed) < count * SEALED_CHUNK:
            self._sealed = bytearray(SEALED_CHUNK * BATCH)
        sealed = memoryview(self._sealed)[: count * SEALED_CHUNK]
        self._load(sealed, self._first + number * SEALED_CHUNK)
        for index in range(count):
            piece = sealed[index * SEALED_CHUNK : (index + 1) * SEALED_CHUNK]
            plain = target[index * CHUNK : (index + 1) * CHUNK]
            if not self._opens(piece, number + index, plain, is_last=False):
                return index * CHUNK
        return count * CHUNK

    def _open(self, number: int) -> None:
        offset = number * SEALED_CHUNK
        size = min(SEALED_CHUNK, self._sealed_bytes - offset)
        is_at_end = number == self._chunks - 1
        if size < TAG:
            raise PayloadTruncated(chunk=number)
        if size == TAG and number > 0:
            raise PayloadTampered(chunk=number, empty=True)
        sealed = memoryview(self._sealed)[:size]
        self._load(sealed, self._first + offset)
        self._plain_number = -1
        plain = memoryview(self._plain)[: size - TAG]
        # A full chunk may be an inner one or the last. It counts as what it was sealed as, wherever it stands;
        # an end before the end, or none at the end, is reported after its content has been handed out.
        if size == SEALED_CHUNK and self._opens(sealed, number, plain, is_last=False):
            pass
        elif self._opens(sealed, number, plain, is_last=True):
            if is_at_end:
                self._size = number * CHUNK + size - TAG
            else:
                self._early_end = number
        else:
            raise PayloadTampered(chunk=number, at_end=is_at_end)
        self._plain_number, self._plain_bytes = number, size - TAG

    def _opens(self, sealed: memoryview, number: int, plain: memoryview, *, is_last: bool) -> bool:
        if self._aead is None:
            raise ValueError("the payload is closed")
        try:
            self._aead.decrypt_into(chunk_nonce(number, is_last=is_last), sealed, None, plain)
        except InvalidTag:
            # The cipher has already written what it could not vouch for.
            wipe(plain)
            return False
        return True

    def _load(self, target: memoryview, offset: int) -> None:
        self._file.seek(offset)
        filled = 0
        while filled < target.nbytes:
            count = self._file.readinto(target[filled:])
            if not count:
                # The file was longer when its size was asked: it is being cut under our hands.
                raise PayloadTruncated
            filled += count

    def _settle_for_what_is_authentic(self) -> None:
        for number in range(self._chunks - 1, -1, -1):
            try:
                self._open(number)
            except (PayloadTampered, PayloadTruncated):
                continue
            if self._size is None:
                self._end_unmarked(number + 1)
            return
        if self._sealed_bytes >= 2 * SEALED_CHUNK:
            # A power cut takes the end of a file, not all of it: this is another key, or another file.
            raise PayloadTampered(chunk=0)
        self._end_unmarked(0)

    def _end_unmarked(self, chunks: int) -> None:
        self.is_unterminated = True
        self._chunks = chunks
        self._sealed_bytes = chunks * SEALED_CHUNK
        self._size = chunks * CHUNK
        self._early_end = None
