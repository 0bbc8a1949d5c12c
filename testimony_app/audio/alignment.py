# SPDX-License-Identifier: Apache-2.0
"""Where a piece of one recording is heard in another of the same room: two recorders, one clap and one voice.

Only how the loudness moves is compared, two hundred times a second: another microphone, another distance and another
sampling rate change that little. A place is named only where both agree clearly; otherwise nothing is.
"""

from __future__ import annotations

import msgspec
import numpy as np
import numpy.typing as npt

from testimony_app.audio.format import FULL_SCALE, Samples, SoundFormat

STEPS = 200
"""Looks at the loudness a second."""
_ALIKE = 0.6
"""Two microphones at one table reach 0.8 and more; different minutes of one voice stay below 0.4."""
_SHORTEST_SECONDS = 2.0
Loudness = npt.NDArray[np.float64]


class Found(msgspec.Struct, frozen=True):
    """Where the piece begins in the other recording, and how alike both are there, 0 to 1."""

    at_seconds: float
    alike: float


class Envelope:
    """How loud a recording is, step by step, collected as it comes by; at most so many seconds of it."""

    def __init__(self, sound: SoundFormat, at_most_seconds: float) -> None:
        self._rate = sound.rate
        self._energy = np.zeros(int(at_most_seconds * STEPS) + 1)
        self._counts = np.zeros(len(self._energy))
        self._frames = 0

    @property
    def is_full(self) -> bool:
        """Whether it takes no more."""
        return self._frames * STEPS // self._rate >= len(self._energy)

    def add(self, samples: Samples) -> None:
        """Take the next piece."""
        if self.is_full or not len(samples):
            return
        # By the frame's place and not by a fixed hop: 44,100 is no multiple, and half an hour would drift.
        steps = (self._frames + np.arange(len(samples))) * STEPS // self._rate
        self._frames += len(samples)
        within = steps < len(self._energy)
        loud = np.square(samples[within].astype(np.float64) / FULL_SCALE).mean(axis=1)
        first, steps = int(steps[0]), steps[within]
        energy = np.bincount(steps - first, weights=loud)
        self._energy[first : first + len(energy)] += energy
        self._counts[first : first + len(energy)] += np.bincount(steps - first)

    def loudness(self) -> Loudness:
        """Return what was collected, compressed so that a clap does not drown a voice."""
        count = min(len(self._energy), self._frames * STEPS // self._rate)
        mean = self._energy[:count] / np.maximum(self._counts[:count], 1)
        return np.power(mean, 0.25)


def find(piece: Loudness, whole: Loudness) -> Found | None:
    """Return where a piece lies in a whole; none when it is too short, silent, or nowhere clearly alike."""
    length = len(piece)
    if length < _SHORTEST_SECONDS * STEPS or len(whole) < length:
        return None
    wanted = piece - piece.mean()
    norm = float(np.linalg.norm(wanted))
    if norm < 1e-9:
        return None
    alike = _correlation(wanted / norm, whole)
    best = int(np.argmax(alike))
    if alike[best] < _ALIKE:
        return None
    return Found(at_seconds=best / STEPS, alike=round(float(alike[best]), 3))


def _correlation(piece: Loudness, whole: Loudness) -> Loudness:
    size = 1 << (len(whole) + len(piece) - 1).bit_length()
    product = np.fft.rfft(whole, size) * np.conj(np.fft.rfft(piece, size))
    sums = np.fft.irfft(product, size)[: len(whole) - len(piece) + 1]
    first = np.concatenate([[0.0], np.cumsum(whole)])
    second = np.concatenate([[0.0], np.cumsum(np.square(whole))])
    count = len(piece)
    total = first[count:] - first[:-count]
    spread = second[count:] - second[:-count] - np.square(total) / count
    # Where the other recording is silent there is nothing to be alike.
    return np.where(spread > 1e-9, sums / np.sqrt(np.maximum(spread, 1e-9)), 0.0)
