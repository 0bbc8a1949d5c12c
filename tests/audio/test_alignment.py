# SPDX-License-Identifier: Apache-2.0
"""Where one recorder's seconds are heard in another's."""

from __future__ import annotations

import numpy as np
import pytest

from testimony_app.audio import alignment, synthetic
from testimony_app.audio.alignment import Envelope
from testimony_app.audio.format import SoundFormat

RATE = 48_000


def loudness(samples, rate=RATE, at_most=60.0):
    """Return the loudness of samples handed over in odd pieces."""
    heard = Envelope(SoundFormat(rate, samples.shape[1], 24), at_most)
    for first in range(0, len(samples), 7001):
        heard.add(samples[first : first + 7001])
    return heard.loudness()


def as_heard_elsewhere(voice, rate, late_seconds):
    """Return a voice as a cheap recorder further away keeps it: later, softer, noisier, at another rate."""
    old = np.arange(len(voice)) / RATE
    new = np.arange(int(len(voice) * rate / RATE)) / rate
    again = np.interp(new, old, voice[:, 0]) * 0.2
    noise = np.random.default_rng(3)
    whole = np.concatenate([np.zeros(int(late_seconds * rate)), again])
    whole += noise.normal(0, 2**31 * 0.004, len(whole))
    return np.clip(whole, -(2**31), 2**31 - 1).astype(np.int32).reshape(-1, 1)


@pytest.mark.parametrize("rate", [44_100, 48_000, 16_000])
def test_the_same_seconds_are_found(rate):
    """Ten seconds of ours lie where they lie in the other, to a hundredth of a second."""
    voice = synthetic.voice(30, RATE, 5)
    theirs = as_heard_elsewhere(voice, rate, 6.5)

    found = alignment.find(loudness(voice[8 * RATE : 18 * RATE]), loudness(theirs, rate))

    assert found.at_seconds == pytest.approx(14.5, abs=0.011)
    assert found.alike > 0.8


def test_another_voice_is_not_found():
    """What was never said there is found nowhere, nor are silence or two words."""
    ours, theirs = synthetic.voice(20, RATE, 5), synthetic.voice(40, RATE, 6)

    assert alignment.find(loudness(ours), loudness(theirs)) is None
    assert alignment.find(loudness(np.zeros_like(ours)), loudness(theirs)) is None
    assert alignment.find(loudness(ours[:RATE]), loudness(ours)) is None
    assert alignment.find(loudness(ours), loudness(ours[: 5 * RATE])) is None


def test_no_more_is_collected_than_was_asked():
    """However long the other recording is, what is kept of it is bounded."""
    heard = Envelope(SoundFormat(RATE, 1, 24), 2.0)
    for _ in range(5):
        heard.add(synthetic.voice(1, RATE, 5))

    assert heard.is_full
    assert len(heard.loudness()) <= 2 * alignment.STEPS + 1
