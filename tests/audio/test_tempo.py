# SPDX-License-Identifier: Apache-2.0
"""Slower and faster at the same pitch."""

from __future__ import annotations

import time

import numpy as np
import pytest

from testimony_app.audio import synthetic
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.pcm import HeldPcm
from testimony_app.audio.tempo import Stretched
from tests.sound import correlation

RATE = 48_000


def a_tone(pitch, seconds=3.0, channels=1):
    wave = np.sin(2 * np.pi * pitch * np.arange(round(seconds * RATE)) / RATE) * 2**29
    return np.repeat(wave.astype(np.int32).reshape(-1, 1), channels, axis=1)


def all_of(reader, piece=2_400):
    pieces = []
    while len(samples := reader.read(piece)):
        pieces.append(samples)
    return np.concatenate(pieces)


def pitch_of(samples):
    spectrum = np.abs(np.fft.rfft(samples[:, 0].astype(np.float64)))
    return np.argmax(spectrum) * RATE / len(samples)


@pytest.mark.parametrize("speed", [0.5, 0.75, 1.25, 1.5, 2.0])
@pytest.mark.parametrize("pitch", [110, 220, 440])
def test_the_length_changes_and_the_pitch_does_not(speed, pitch):
    """A tone becomes longer or shorter, at the height it had, without a beat in its loudness."""
    heard = all_of(Stretched(HeldPcm(a_tone(pitch), SoundFormat()), speed))

    assert len(heard) / RATE == pytest.approx(3.0 / speed, abs=0.03)
    assert pitch_of(heard) == pytest.approx(pitch, rel=0.02)
    middle = heard[RATE // 4 : len(heard) - RATE // 4, 0].astype(np.float64)
    loudness = np.sqrt((middle[: len(middle) // 480 * 480].reshape(-1, 480) ** 2).mean(axis=1))
    assert loudness.std() / loudness.mean() < 0.35


def test_at_its_own_tempo_it_is_the_recording():
    """At 1.0 nothing is moved."""
    voice = synthetic.voice(3)

    heard = all_of(Stretched(HeldPcm(voice, SoundFormat()), 1.0))

    assert correlation(voice, heard)[0] > 0.99


def test_both_channels_stay_together():
    """Two voices in two channels are moved alike."""
    sound = SoundFormat(channels=2)
    voices = np.concatenate([synthetic.voice(2), synthetic.voice(2)], axis=1)

    heard = all_of(Stretched(HeldPcm(voices, sound), 1.5))

    assert heard.shape[1] == 2
    assert np.array_equal(heard[:, 0], heard[:, 1])


def test_from_the_middle_on():
    """Started at a place, it goes on to the end and no further."""
    stretched = Stretched(HeldPcm(a_tone(220, 4.0), SoundFormat()), 2.0)

    stretched.start_at(2 * RATE)

    assert len(all_of(stretched)) / RATE == pytest.approx(1.0, abs=0.03)
    stretched.seek(0)
    assert len(all_of(stretched)) == pytest.approx(stretched.frames, abs=0.03 * RATE)


def test_it_is_made_much_faster_than_it_is_heard():
    """A minute of speech is stretched in well under ten seconds of computing, whatever else runs."""
    reader = Stretched(HeldPcm(synthetic.voice(20), SoundFormat()), 0.75)
    begun = time.process_time()

    all_of(reader)

    assert time.process_time() - begun < 3.0
