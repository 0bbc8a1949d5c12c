# SPDX-License-Identifier: Apache-2.0
"""Readers of sound that is not compressed, and several readers as one."""

from __future__ import annotations

import os
from bisect import bisect_right
from collections.abc import Sequence
from itertools import accumulate
from typing import Protocol

import numpy as np

from testimony_app.audio.format import Samples, SoundFormat, from_stored
from testimony_app.audio.ports import PcmReader


class SeekableFile(Protocol):
    """A file of plain bytes that can be read from any place."""

    def read(self, size: int = -1, /) -> bytes | None:
        """Return some bytes."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Move."""

    def close(self) -> None:
        """Let go."""


class StoredPcm:
    """A blob of stored samples; a torn frame at its end does not count."""

    def __init__(self, file: SeekableFile, sound: SoundFormat, *, at_most: int | None = None) -> None:
        """Read all of it, or so many frames at most."""
        self._file = file
        self.format = sound
        frames = file.seek(0, os.SEEK_END) // sound.frame_bytes
        self.frames = frames if at_most is None else min(frames, at_most)
        self._at = 0
        file.seek(0)

    def read(self, frames: int) -> Samples:
        """Return at most so many frames; none at the end."""
        count = max(0, min(frames, self.frames - self._at))
        data = self._file.read(count * self.format.frame_bytes) if count else b""
        samples = from_stored(data or b"", self.format)
        self._at += len(samples)
        return samples

    def seek(self, frame: int) -> None:
        """Go to a frame."""
        self._at = min(max(frame, 0), self.frames)
        self._file.seek(self._at * self.format.frame_bytes)

    def close(self) -> None:
        """Let go of the file."""
        self._file.close()


class HeldPcm:
    """Samples in memory, for tests, tones and previews."""

    def __init__(self, samples: Samples, sound: SoundFormat) -> None:
        self._samples = samples.reshape(-1, sound.channels)
        self.format = sound
        self.frames = len(self._samples)
        self._at = 0

    def read(self, frames: int) -> Samples:
        """Return at most so many frames; none at the end."""
        piece = self._samples[self._at : self._at + max(frames, 0)]
        self._at += len(piece)
        return piece

    def seek(self, frame: int) -> None:
        """Go to a frame."""
        self._at = min(max(frame, 0), self.frames)

    def close(self) -> None:
        """Forget the samples."""
        self._samples = self._samples[:0]


class Joined:
    """Segments one after the other, without a lost sample between them."""

    def __init__(self, readers: Sequence[PcmReader]) -> None:
        self._readers = tuple(readers)
        self._starts = [0, *accumulate(reader.frames for reader in self._readers)]
        self.format = self._readers[0].format
        self.frames = self._starts[-1]
        self._at = 0
        self._places = [0] * len(self._readers)

    def read(self, frames: int) -> Samples:
        """Return at most so many frames, across segments; none at the end."""
        pieces: list[Samples] = []
        wanted = max(0, min(frames, self.frames - self._at))
        while wanted > 0:
            piece = self._read_within(wanted)
            if not len(piece):
                break
            pieces.append(piece)
            wanted -= len(piece)
        if len(pieces) == 1:
            return pieces[0]
        return np.concatenate(pieces) if pieces else np.zeros((0, self.format.channels), np.int32)

    def seek(self, frame: int) -> None:
        """Go to a frame."""
        self._at = min(max(frame, 0), self.frames)

    def close(self) -> None:
        """Let go of every segment."""
        for reader in self._readers:
            reader.close()

    def _read_within(self, frames: int) -> Samples:
        number = bisect_right(self._starts, self._at) - 1
        reader = self._readers[number]
        within = self._at - self._starts[number]
        if self._places[number] != within:
            # Only when we are elsewhere: a seek costs a FLAC decoder what it had prepared.
            reader.seek(within)
        piece = reader.read(min(frames, self._starts[number + 1] - self._at))
        self._places[number] = within + len(piece)
        self._at += len(piece)
        return piece
