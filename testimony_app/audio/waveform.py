# SPDX-License-Identifier: Apache-2.0
"""A recording as a thousand peaks, for drawing.

Kept beside a recording (encrypted like all of it), as bytes:

    4 bytes             | 8 bytes          | 1 byte a peak
    frames a peak, LE   | frames in all    | 0 silence .. 255 full scale, square root of the amplitude

The square root leaves quiet speech visible in one byte.
"""

from __future__ import annotations

import struct

import msgspec
import numpy as np

from testimony_app.audio.format import FULL_SCALE, Samples
from testimony_app.audio.ports import PcmReader

_HEAD = struct.Struct("<IQ")
_FINEST = 256
_PIECE = 65_536


class Peaks(msgspec.Struct, frozen=True):
    """Peaks of equal pieces of a recording, each 0.0 to 1.0."""

    frames_per_peak: int
    frames: int
    values: bytes

    def shown(self, count: int) -> list[float]:
        """Return as many peaks as there are pixels, 0.0 to 1.0, the loudest of each piece."""
        values = np.frombuffer(self.values, dtype=np.uint8).astype(np.float32) / 255.0
        if not len(values) or count <= 0:
            return []
        if len(values) <= count:
            return [float(value) for value in values]
        starts = np.arange(count) * len(values) // count
        return [float(value) for value in np.maximum.reduceat(values, starts)]

    def to_bytes(self) -> bytes:
        """Return them as they are kept."""
        return _HEAD.pack(self.frames_per_peak, self.frames) + self.values


def from_bytes(kept: bytes) -> Peaks:
    """Return kept peaks; what is too short to be any reads as none."""
    if len(kept) < _HEAD.size:
        return Peaks(_FINEST, 0, b"")
    frames_per_peak, frames = _HEAD.unpack_from(kept)
    return Peaks(frames_per_peak, frames, bytes(kept[_HEAD.size :]))


class PeakBuilder:
    """Collects peaks on the way; keeps at most twice the wanted number, whatever the length."""

    def __init__(self, wanted: int = 2000) -> None:
        self._limit = wanted * 2
        self._frames_per_peak = _FINEST
        self._done = np.zeros(self._limit, dtype=np.uint8)
        self._count = 0
        self._open_peak = 0
        self._open_frames = 0
        self._frames = 0

    def add(self, samples: Samples) -> None:
        """Take the next piece."""
        loud = np.abs(samples.astype(np.int64)).max(axis=1) if len(samples) else np.zeros(0, np.int64)
        self._frames += len(loud)
        start = 0
        while start < len(loud):
            room = self._frames_per_peak - self._open_frames
            if self._open_frames == 0 and len(loud) - start >= 2 * self._frames_per_peak:
                start += self._add_whole(loud[start:])
                continue
            piece = loud[start : start + room]
            self._open_peak = max(self._open_peak, int(piece.max()))
            self._open_frames += len(piece)
            start += len(piece)
            if self._open_frames == self._frames_per_peak:
                self._append(np.array([self._open_peak]))
                self._open_peak = self._open_frames = 0

    def cut(self, frames: int) -> None:
        """Forget everything from a frame on, but for the loudness of the peak in which it lies."""
        if frames >= self._frames:
            return
        whole, rest = divmod(frames, self._frames_per_peak)
        if whole < self._count:
            # Undo the square root: the open peak is kept as an amplitude.
            self._open_peak = int((self._done[whole] / 255.0) ** 2 * FULL_SCALE) if rest else 0
            self._done[whole : self._count] = 0
            self._count = whole
        self._open_frames, self._frames = rest, frames
        self._open_peak = self._open_peak if rest else 0

    def peaks(self) -> Peaks:
        """Return the peaks so far, the unfinished one with them."""
        values = self._done[: self._count].tobytes()
        if self._open_frames:
            values += _squeezed(np.array([self._open_peak])).tobytes()
        return Peaks(self._frames_per_peak, self._frames, values)

    def _add_whole(self, loud: np.typing.NDArray[np.int64]) -> int:
        room = self._limit - self._count
        count = min(len(loud) // self._frames_per_peak, room)
        used = count * self._frames_per_peak
        self._append(loud[:used].reshape(count, self._frames_per_peak).max(axis=1))
        return used

    def _append(self, peaks: np.typing.NDArray[np.int64]) -> None:
        self._done[self._count : self._count + len(peaks)] = _squeezed(peaks)
        self._count += len(peaks)
        if self._count == self._limit:
            # Full: every two neighbours become one, and each new peak covers twice as much.
            half = self._limit // 2
            self._done[:half] = self._done.reshape(half, 2).max(axis=1)
            self._count = half
            self._frames_per_peak *= 2


def peaks(reader: PcmReader, count: int = 2000) -> Peaks:
    """Return the peaks of a whole recording, read from its start."""
    builder = PeakBuilder(count)
    reader.seek(0)
    while len(samples := reader.read(_PIECE)):
        builder.add(samples)
    return builder.peaks()


def _squeezed(loud: np.typing.NDArray[np.int64]) -> np.typing.NDArray[np.uint8]:
    return np.minimum(np.ceil(np.sqrt(loud / FULL_SCALE) * 255.0), 255).astype(np.uint8)
