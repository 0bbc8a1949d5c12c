# SPDX-License-Identifier: Apache-2.0
"""WAV files as they really come: RF64 beyond 4 GiB, and headers that a crash left unfinished.

A recorder writes the lengths into a WAV's header when it is stopped. One that was not stopped leaves a length
of nought, or of all ones, or of what there was a minute earlier; the sound stands there all the same. So a
length is believed only when it can be true, and what is no whole frame at the end is left out.

    "RIFF" | "RF64" | "BW64"   4 bytes length   "WAVE"   then chunks: 4 bytes name, 4 bytes length, content, padding
    "ds64"   8 bytes length of the file, 8 bytes length of "data", ...
    "fmt "   u16 code, u16 channels, u32 rate, u32 bytes a second, u16 bytes a frame, u16 bits (, u16, u16, u32, code)
    "data"   the samples
"""

from __future__ import annotations

import os
import struct
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import msgspec
import numpy as np
import numpy.typing as npt

from testimony_app.audio.errors import NotReadableSound
from testimony_app.audio.format import FULL_SCALE, Samples, SoundFormat, from_stored

_PCM, _FLOAT, _EXTENSIBLE = 1, 3, 0xFFFE
_FORMAT = struct.Struct("<HHIIHH")
_MOST_CHUNKS = 1000
_UNKNOWN = {0, 0xFFFFFFFF}
_MOST_CHANNELS = 8
_RATES = range(4_000, 384_001)


class _Layout(msgspec.Struct, frozen=True):
    code: int
    channels: int
    rate: int
    frame_bytes: int
    bits: int


class WavSound:
    """A WAV of whole numbers or floats, read from any place; other WAVs are left to others."""

    media_type = "audio/wav"

    def __init__(self, path: Path) -> None:
        """Find the samples. Raises NotReadableSound."""
        self._file: BinaryIO = path.open("rb")
        try:
            layout, self._start, byte_count = _find(self._file)
            self._convert, bits = _converter(layout)
        except BaseException:
            self._file.close()
            raise
        self._frame_bytes = layout.frame_bytes
        self.format = SoundFormat(layout.rate, layout.channels, bits)
        self.frames = byte_count // layout.frame_bytes
        self._at = 0
        self.seek(0)

    def read(self, frames: int) -> Samples:
        """Return at most so many frames; none at the end."""
        count = max(0, min(frames, self.frames - self._at))
        data = self._file.read(count * self._frame_bytes) if count else b""
        whole = data[: len(data) // self._frame_bytes * self._frame_bytes]
        self._at += len(whole) // self._frame_bytes
        return self._convert(whole).reshape(-1, self.format.channels)

    def seek(self, frame: int) -> None:
        """Go to a frame."""
        self._at = min(max(frame, 0), self.frames)
        self._file.seek(self._start + self._at * self._frame_bytes)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


def _find(file: BinaryIO) -> tuple[_Layout, int, int]:
    """Return the layout of the samples, where they begin, and how many bytes they are."""
    end = os.fstat(file.fileno()).st_size
    head = file.read(12)
    if len(head) < 12 or head[:4] not in {b"RIFF", b"RF64", b"BW64"} or head[8:] != b"WAVE":
        raise NotReadableSound
    layout, long_length = None, 0
    for _ in range(_MOST_CHUNKS):
        name, length = _chunk(file)
        at = file.tell()
        if name == b"data":
            if layout is None:
                raise NotReadableSound
            return layout, at, _believed(file, at, length, long_length, end)
        content = file.read(min(length, 64))
        if name == b"ds64" and len(content) >= 16:
            long_length = struct.unpack_from("<Q", content, 8)[0]
        elif name == b"fmt ":
            layout = _layout(content)
        file.seek(at + length + length % 2)
    raise NotReadableSound


def _chunk(file: BinaryIO) -> tuple[bytes, int]:
    head = file.read(8)
    if len(head) < 8:
        raise NotReadableSound
    return head[:4], struct.unpack_from("<I", head, 4)[0]


def _believed(file: BinaryIO, at: int, length: int, long_length: int, end: int) -> int:
    """Return how many bytes of samples there are, whatever the header says."""
    there = end - at
    if length == 0xFFFFFFFF and 0 < long_length <= there:
        return long_length
    if length in _UNKNOWN or length > there:
        is_empty = length == 0 and _are_chunks(file, at, end)
        return 0 if is_empty else there
    # A length that is true but not the whole truth: what follows must look like further chunks, else it is sound.
    return length if _are_chunks(file, at + length + length % 2, end) else there


def _are_chunks(file: BinaryIO, at: int, end: int) -> bool:
    """Whether what stands from here to the end of the file is nothing but further chunks."""
    for _ in range(_MOST_CHUNKS):
        if at >= end:
            return True
        file.seek(at)
        head = file.read(8)
        if len(head) < 8 or not all(0x20 <= letter < 0x7F for letter in head[:4]):
            # A few stray bytes at the very end are no sound either.
            return end - at < 8
        length = struct.unpack_from("<I", head, 4)[0]
        at += 8 + length + length % 2
        if at > end + 1:
            return False
    return False


def _layout(content: bytes) -> _Layout:
    if len(content) < _FORMAT.size:
        raise NotReadableSound
    code, channels, rate, _bytes_per_second, frame_bytes, bits = _FORMAT.unpack_from(content)
    if code == _EXTENSIBLE and len(content) >= 26:
        code = struct.unpack_from("<H", content, 24)[0]
    if not (1 <= channels <= _MOST_CHANNELS and rate in _RATES and frame_bytes):
        raise NotReadableSound
    return _Layout(code, channels, rate, frame_bytes, bits)


def _converter(layout: _Layout) -> tuple[Callable[[bytes], Samples], int]:
    """Return what turns bytes into samples, and the depth to keep."""
    width = layout.frame_bytes // layout.channels
    if width * layout.channels != layout.frame_bytes:
        raise NotReadableSound
    if layout.code == _FLOAT and width in {4, 8}:
        return lambda data: _from_floats(np.frombuffer(data, dtype=f"<f{width}")), 24
    if layout.code != _PCM or width not in _WHOLE:
        raise NotReadableSound
    return _WHOLE[width], 16 if width <= 2 else 24


def _from_floats(values: npt.NDArray[np.floating]) -> Samples:
    scaled = np.clip(np.nan_to_num(values.astype(np.float64)) * FULL_SCALE, -FULL_SCALE, FULL_SCALE - 1)
    return scaled.astype(np.int64).astype(np.int32) & np.int32(-256)


def _from_bytes(data: bytes) -> Samples:
    # The one unsigned width: silence is 128.
    return (np.frombuffer(data, dtype=np.uint8).astype(np.int32) - 128) << 24


_WHOLE: dict[int, Callable[[bytes], Samples]] = {
    1: _from_bytes,
    2: lambda data: np.frombuffer(data, dtype="<i2").astype(np.int32) << 16,
    3: lambda data: from_stored(data, SoundFormat(rate=48_000, channels=1, bits=24)),
    4: lambda data: np.frombuffer(data, dtype="<i4") & np.int32(-256),
}
