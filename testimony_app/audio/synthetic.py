# SPDX-License-Identifier: Apache-2.0
"""A voice that nobody has: generated, the same for the same seed, for practice, demonstration and tests.

It has what matters for a recorder: a gliding pitch with overtones, formants that change from syllable to
syllable, breathy consonants, pauses between phrases, and a room that is never quite silent. No stretch of it
repeats, so that it can be found again in a recording, to the sample.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

from testimony_app.audio.format import FULL_SCALE, Samples, SoundFormat, to_flight
from testimony_app.audio.ports import Block

_Floats = npt.NDArray[np.float64]
_PIECE_SECONDS = 10.0
_FORMANTS = ((730, 1090), (270, 2290), (390, 1990), (570, 840), (300, 870), (530, 1840))


def voice(seconds: float, rate: int = 48_000, seed: int = 1, *, peak_dbfs: float = -9.0) -> Samples:
    """Return a voice as samples of one channel, at 24 bit."""
    generator = np.random.default_rng(seed)
    total = round(seconds * rate)
    pieces: list[Samples] = []
    done = 0
    while done < total:
        count = min(round(_PIECE_SECONDS * rate), total - done)
        spoken = _spoken(count, rate, generator)
        scale = 10 ** (peak_dbfs / 20) * FULL_SCALE
        pieces.append((spoken * scale).astype(np.int32) & np.int32(-256))
        done += count
    return np.concatenate(pieces).reshape(-1, 1) if pieces else np.zeros((0, 1), np.int32)


def _spoken(count: int, rate: int, generator: np.random.Generator) -> _Floats:
    sound = generator.normal(0.0, 0.0008, count)
    at = round(generator.uniform(0.05, 0.3) * rate)
    while at < count:
        for _ in range(int(generator.integers(3, 9))):
            syllable = _syllable(rate, generator)
            part = syllable[: max(0, count - at)]
            sound[at : at + len(part)] += part
            at += len(syllable) + round(generator.uniform(0.01, 0.06) * rate)
        at += round(generator.uniform(0.25, 0.9) * rate)
    return np.clip(sound, -1.0, 1.0)


def _syllable(rate: int, generator: np.random.Generator) -> _Floats:
    length = round(generator.uniform(0.11, 0.28) * rate)
    time = np.arange(length) / rate
    pitch = generator.uniform(95, 190) * (1 + generator.uniform(-0.8, 0.8) * time)
    phase = 2 * np.pi * np.cumsum(pitch) / rate
    formants = _FORMANTS[int(generator.integers(len(_FORMANTS)))]
    sung = np.zeros(length)
    for number in range(1, 25):
        strength = sum(np.exp(-(((number * pitch.mean() - formant) / 180) ** 2)) for formant in formants)
        sung += (strength + 0.25 / number) * np.sin(number * phase + generator.uniform(0, 2 * np.pi))
    sung /= max(1e-9, float(np.abs(sung).max()))
    breath = generator.normal(0.0, 0.25, length) * np.exp(-time / 0.02)
    envelope = np.sin(np.pi * np.arange(length) / length) ** 0.6
    loudness = generator.uniform(0.45, 0.95)
    return np.asarray((sung * envelope * 0.9 + breath * 0.4) * loudness)


def blocks(seconds: float, sound: SoundFormat, seed: int = 1, *, block_seconds: float = 0.1) -> Iterator[Block]:
    """Yield a voice as a microphone of this format would hand it out, the same in every channel."""
    spoken = voice(seconds, sound.rate, seed)
    step = sound.frames(block_seconds)
    for first in range(0, len(spoken), step):
        piece = np.repeat(spoken[first : first + step], sound.channels, axis=1)
        yield Block(to_flight(piece, sound), first)
