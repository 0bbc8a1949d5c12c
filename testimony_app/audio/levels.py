# SPDX-License-Identifier: Apache-2.0
"""How loud a block is, and what to tell the person who listens, as a word from a closed list."""

from __future__ import annotations

import math
from collections import deque
from enum import StrEnum

import msgspec
import numpy as np

from testimony_app.audio.format import FULL_SCALE, Samples, SoundFormat

FLOOR_DBFS = -120.0
_CLIP_AT = 0x7FFF0000
"""The largest 16-bit sample; what a 24-bit converter clips to is above it."""
_CLIP_RUN = 3


class Advice(StrEnum):
    """What the meter says: the closed list. Each has words in the interface."""

    LISTENING = "listening"
    GOOD = "good"
    TOO_QUIET = "too-quiet"
    TOO_LOUD = "too-loud"
    CLIPPED = "clipped"
    HUSHED = "hushed"
    """Nearly silent for half a minute: a hint to the interviewer, never more."""
    HALF_SILENT = "half-silent"
    """Of two microphones one delivers nothing."""
    SILENT = "silent"
    """Digital silence: the microphone delivers nothing."""
    GONE = "gone"


class Level(msgspec.Struct, frozen=True):
    """How loud a piece of sound is; decibels below full scale, never under -120."""

    peak_dbfs: float = FLOOR_DBFS
    rms_dbfs: float = FLOOR_DBFS
    clipped: int = 0
    """How many times three or more samples in a row were at full scale."""
    is_digital_silence: bool = False
    """Every sample is the same: no microphone in the world does that in a room."""


def measure(samples: Samples, sound: SoundFormat) -> Level:
    """Return the level of a piece, the loudest channel counting for the peak."""
    if not samples.size:
        return Level(is_digital_silence=True)
    highest, lowest = int(samples.max()), int(samples.min())
    peak = max(highest, -lowest)
    clipped = _clipped_runs(samples) if peak >= _CLIP_AT else 0
    scaled = samples.reshape(-1).astype(np.float32)
    rms = math.sqrt(float(np.dot(scaled, scaled)) / scaled.size)
    return Level(
        peak_dbfs=_decibels(peak),
        rms_dbfs=_decibels(rms),
        clipped=clipped,
        is_digital_silence=all(_is_flat(samples[:, channel]) for channel in range(sound.channels)),
    )


class Meter:
    """Follows a recording block by block and knows what to advise."""

    def __init__(self, sound: SoundFormat, *, silence_seconds: float = 1.0) -> None:
        """Raise the alarm after so much digital silence: one second, three for Bluetooth."""
        self._sound = sound
        self._silence_seconds = silence_seconds
        self._at = 0.0
        self._peaks: deque[tuple[float, float]] = deque()
        self._hushed_since = 0.0
        self._flat_seconds = [0.0] * sound.channels
        self._flat_value: list[int | None] = [None] * sound.channels
        self.clipped = 0
        self._clipped_at = -math.inf

    def add(self, samples: Samples) -> Level:
        """Measure a block and return its level."""
        level = measure(samples, self._sound)
        self._at += len(samples) / self._sound.rate
        self._note_silence(samples)
        self.clipped += level.clipped
        if level.clipped:
            self._clipped_at = self._at
        if level.rms_dbfs >= -55.0:
            self._hushed_since = self._at
        self._note_peak(level.peak_dbfs)
        return level

    @property
    def is_silent(self) -> bool:
        """Whether the microphone has delivered nothing at all for too long."""
        return min(self._flat_seconds) >= self._silence_seconds

    @property
    def is_half_silent(self) -> bool:
        """Whether one of several microphones has delivered nothing at all for too long."""
        return max(self._flat_seconds) >= self._silence_seconds

    def advice(self) -> Advice:
        """Return what to tell the interviewer now, the worst first."""
        loudest = self._peaks[0][1] if self._peaks else FLOOR_DBFS
        if self.is_silent:
            return Advice.SILENT
        if self.is_half_silent:
            return Advice.HALF_SILENT
        if self._at - self._clipped_at < 5.0:
            return Advice.CLIPPED
        if self._recent_peak(3.0) > -6.0:
            return Advice.TOO_LOUD
        if self._at - self._hushed_since >= 30.0:
            return Advice.HUSHED
        if loudest >= -30.0:
            return Advice.GOOD
        return Advice.TOO_QUIET if self._at >= 5.0 else Advice.LISTENING

    def acknowledge_clipping(self) -> None:
        """Count clippings from nought again: somebody has seen the number."""
        self.clipped = 0
        self._clipped_at = -math.inf

    def _note_silence(self, samples: Samples) -> None:
        if not len(samples):
            return
        for channel in range(self._sound.channels):
            column, before = samples[:, channel], self._flat_value[channel]
            seconds = len(samples) / self._sound.rate
            if not _is_flat(column):
                self._flat_seconds[channel] = 0.0
            elif before is not None and before == int(column[0]):
                self._flat_seconds[channel] += seconds
            else:
                self._flat_seconds[channel] = seconds
            self._flat_value[channel] = int(column[-1])

    def _note_peak(self, peak: float) -> None:
        # A falling queue: the first is always the loudest of the last twenty seconds.
        while self._peaks and self._peaks[-1][1] <= peak:
            self._peaks.pop()
        self._peaks.append((self._at, peak))
        while self._peaks and self._peaks[0][0] < self._at - 20.0:
            self._peaks.popleft()

    def _recent_peak(self, seconds: float) -> float:
        return next((peak for at, peak in self._peaks if at >= self._at - seconds), FLOOR_DBFS)


def louder(one: Level, other: Level) -> Level:
    """Return two levels as one, for a display that shows fewer than are measured."""
    return Level(
        peak_dbfs=max(one.peak_dbfs, other.peak_dbfs),
        rms_dbfs=max(one.rms_dbfs, other.rms_dbfs),
        clipped=one.clipped + other.clipped,
        is_digital_silence=one.is_digital_silence and other.is_digital_silence,
    )


def _decibels(value: float) -> float:
    return max(FLOOR_DBFS, 20.0 * math.log10(value / FULL_SCALE)) if value > 0 else FLOOR_DBFS


def _is_flat(samples: Samples) -> bool:
    return int(samples.max()) == int(samples.min())


def _clipped_runs(samples: Samples) -> int:
    total = 0
    for channel in range(samples.shape[1]):
        column = samples[:, channel]
        full = np.concatenate(([False], (column >= _CLIP_AT) | (column <= -_CLIP_AT), [False]))
        edges = np.flatnonzero(np.diff(full.astype(np.int8)))
        total += int(np.count_nonzero(edges[1::2] - edges[::2] >= _CLIP_RUN))
    return total
