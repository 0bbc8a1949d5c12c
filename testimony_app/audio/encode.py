# SPDX-License-Identifier: Apache-2.0
"""Samples to and from an archival file (FLAC, RFC 9639), through any file-like object.

The encoder writes forward only, so that it can write straight into a sealed blob. FLAC wants the length and
the MD5 of the samples at its very start, and its library patches them in at the end; we know both before we
begin (`Digest`), set them as the header passes by, and at the end compare them with what the library found:
a first check that it saw the samples that were recorded. The other check is `differs`, which decodes.
"""

from __future__ import annotations

import hashlib
import io
import os
from typing import BinaryIO, Protocol

import numpy as np
import soundfile

from testimony_app.audio.errors import NotReadableSound, SoundDiffers
from testimony_app.audio.format import Samples, SoundFormat, to_stored
from testimony_app.audio.ports import PcmReader
from testimony_app.errors import GovahError

PIECE = 65_536
"""Frames handled at a time: a few hundred kilobytes, a few milliseconds."""
_HEAD = 42
"""`fLaC`, a block header of 4 bytes, STREAMINFO of 34."""
_TOTAL_AT = 21
_MD5_AT = 26


class Sink(Protocol):
    """What a FLAC can be written to."""

    def write(self, data: bytes, /) -> object:
        """Take all the bytes."""


class Digest:
    """The MD5 that FLAC keeps of its samples, and their number, built while they pass."""

    def __init__(self, sound: SoundFormat) -> None:
        self._sound = sound
        self._md5 = hashlib.md5(usedforsecurity=False)
        self.frames = 0

    def add(self, samples: Samples) -> None:
        """Take the next samples."""
        self._md5.update(to_stored(samples, self._sound, self._sound.bits // 8))
        self.frames += len(samples)

    def value(self) -> bytes:
        """Return the MD5 so far."""
        return self._md5.digest()


def digest(reader: PcmReader) -> Digest:
    """Return the digest of a whole recording, read from its start."""
    found = Digest(reader.format)
    reader.seek(0)
    while len(samples := reader.read(PIECE)):
        found.add(samples)
    return found


class FlacWriter:
    """Encodes what is written into a file that is only ever appended to."""

    def __init__(self, out: Sink, sound: SoundFormat, expected: Digest) -> None:
        """Write a FLAC of exactly the samples that `expected` was made of."""
        self._out = _Forward(out, expected)
        self._file = soundfile.SoundFile(
            self._out,
            "w",
            samplerate=sound.rate,
            channels=sound.channels,
            format="FLAC",
            subtype=f"PCM_{sound.bits}",
            compression_level=0.0,
        )

    def write(self, samples: Samples) -> None:
        """Encode the next samples; an error of the file below comes out as it was raised."""
        try:
            self._file.write(np.ascontiguousarray(samples))
        except soundfile.SoundFileError as error:
            self._out.raise_trouble(error)
        self._out.raise_trouble()

    def close(self) -> None:
        """Write what is left. Raises SoundDiffers when the encoder saw other samples than were recorded."""
        self._file.close()
        self._out.raise_trouble()
        self._out.check()

    def abandon(self) -> None:
        """Let go of the encoder without a word more to the file."""
        self._out.is_deaf = True
        self._file.close()


class FlacPcm:
    """A FLAC opened for listening or comparing, from any place; the file may be a sealed blob."""

    def __init__(self, file: BinaryIO | io.RawIOBase) -> None:
        """Read the header. Raises NotReadableSound when it is no FLAC."""
        self._guard = _Guarded(file)
        try:
            self._file = soundfile.SoundFile(self._guard)
        except soundfile.SoundFileError as error:
            self._guard.raise_trouble()
            raise NotReadableSound from error
        bits = 16 if self._file.subtype in {"PCM_16", "PCM_S8", "PCM_U8"} else 24
        self.format = SoundFormat(self._file.samplerate, self._file.channels, bits)
        self.frames = int(self._file.frames)

    def read(self, frames: int) -> Samples:
        """Return at most so many frames; none at the end."""
        try:
            samples: Samples = self._file.read(max(frames, 0), dtype="int32", always_2d=True)
        except soundfile.SoundFileError as error:
            self._guard.raise_trouble()
            raise NotReadableSound from error
        self._guard.raise_trouble()
        return samples

    def seek(self, frame: int) -> None:
        """Go to a frame."""
        try:
            self._file.seek(min(max(frame, 0), self.frames))
        except soundfile.SoundFileError as error:
            self._guard.raise_trouble()
            raise NotReadableSound from error
        self._guard.raise_trouble()

    def close(self) -> None:
        """Let go of the file and its key."""
        self._file.close()
        self._guard.close()


def pcm_to_flac(reader: PcmReader, out: Sink) -> Digest:
    """Encode a whole recording into a file that is only appended to; return the digest of its samples."""
    expected = digest(reader)
    writer = FlacWriter(out, reader.format, expected)
    reader.seek(0)
    while len(samples := reader.read(PIECE)):
        writer.write(samples)
    writer.close()
    return expected


def flac_reader(file: BinaryIO | io.RawIOBase) -> FlacPcm:
    """Return a FLAC opened for listening, from any place."""
    return FlacPcm(file)


def compare(one: PcmReader, other: PcmReader) -> None:
    """Return when two recordings are equal, sample for sample. Raises SoundDiffers when not."""
    if (one.format, one.frames) != (other.format, other.frames):
        raise SoundDiffers(at_frame=min(one.frames, other.frames))
    one.seek(0)
    other.seek(0)
    at = 0
    while len(expected := one.read(PIECE)):
        if not np.array_equal(expected, other.read(PIECE)):
            raise SoundDiffers(at_frame=at)
        at += len(expected)


class _Callbacks:
    # An exception may not pass through the C library between us and the file below: it is kept here and
    # raised again on our side of it.
    def __init__(self) -> None:
        self.trouble: OSError | GovahError | None = None

    def raise_trouble(self, instead_of: Exception | None = None) -> None:
        if self.trouble is not None:
            raise self.trouble
        if instead_of is not None:
            raise instead_of


class _Forward(_Callbacks):
    """The file as the encoder sees it: it believes that it can go back to the header."""

    def __init__(self, out: Sink, expected: Digest) -> None:
        super().__init__()
        self.is_deaf = False
        self._out = out
        self._known = expected.frames.to_bytes(8, "big")[3:] + expected.value()
        self._head = bytearray()
        self._found = bytearray(len(self._known))
        self._position = 0
        self._length = 0

    def write(self, data: bytes) -> int:
        if self.trouble is None and not self.is_deaf and self._position == self._length:
            try:
                self._append(data)
            except (OSError, GovahError) as error:
                self.trouble = error
        elif self._position < _HEAD:
            self._note_patch(data)
        self._position += len(data)
        self._length = max(self._length, self._position)
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        start = {os.SEEK_SET: 0, os.SEEK_CUR: self._position, os.SEEK_END: self._length}[whence]
        self._position = start + offset
        return self._position

    def tell(self) -> int:
        return self._position

    def read(self, _size: int = -1) -> bytes:
        return b""

    def check(self) -> None:
        if bytes(self._found) != self._known:
            raise SoundDiffers(at_frame=-1)

    def _append(self, data: bytes) -> None:
        if self._length >= _HEAD:
            self._out.write(data)
            return
        self._head += data
        if len(self._head) >= _HEAD:
            # The upper half of the byte at 21 belongs to the bit depth, the lower to the length.
            known = bytes([self._head[_TOTAL_AT] & 0xF0 | self._known[0] & 0x0F]) + self._known[1:]
            self._head[_TOTAL_AT:_HEAD] = known
            self._out.write(bytes(self._head))
            self._head.clear()

    def _note_patch(self, data: bytes) -> None:
        for place, value in enumerate(data, start=self._position - _TOTAL_AT):
            if 0 <= place < len(self._found):
                self._found[place] = value & 0x0F if place == 0 else value


class _Guarded(_Callbacks):
    """A file as the decoder sees it."""

    def __init__(self, file: BinaryIO | io.RawIOBase) -> None:
        super().__init__()
        self._file = file

    def read(self, size: int) -> bytes:
        if self.trouble is not None:
            return b""
        try:
            return self._file.read(size) or b""
        except (OSError, GovahError) as error:
            self.trouble = error
            return b""

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        try:
            return self._file.seek(offset, whence)
        except (OSError, GovahError) as error:
            self.trouble = error
            return -1

    def tell(self) -> int:
        return self._file.tell()

    def write(self, _data: bytes) -> int:
        return 0

    def close(self) -> None:
        self._file.close()
