# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from testimony_app.audio import synthetic
from testimony_app.audio.format import SoundFormat, from_flight
from testimony_app.audio.levels import measure
from tests.sound import correlation


def test_the_same_seed_speaks_the_same():
    """A voice is the same for the same seed and another for another."""
    assert np.array_equal(synthetic.voice(2, seed=4), synthetic.voice(2, seed=4))
    assert correlation(synthetic.voice(2, seed=4), synthetic.voice(2, seed=5))[0] < 0.3


def test_a_voice_is_of_the_loudness_of_speech():
    """The voice peaks where a good recording peaks, never clips, and is never digitally silent."""
    samples = synthetic.voice(30)
    level = measure(samples, SoundFormat())

    assert -18 < level.peak_dbfs < -6
    assert level.clipped == 0
    pieces = [measure(samples[at : at + 4800], SoundFormat()) for at in range(0, len(samples), 4800)]
    assert not any(piece.is_digital_silence for piece in pieces)


def test_a_voice_has_pauses():
    """Between phrases it is quiet for a moment."""
    samples = synthetic.voice(30)
    quiet = [measure(samples[at : at + 4800], SoundFormat()).rms_dbfs < -50 for at in range(0, len(samples), 4800)]

    assert 0.1 < sum(quiet) / len(quiet) < 0.7


@pytest.mark.parametrize("sound", [SoundFormat(48_000, 2, 24), SoundFormat(16_000, 1, 16)])
def test_blocks_are_the_voice_in_any_format(sound):
    """A voice cut into blocks is the voice, counted without a hole."""
    blocks = list(synthetic.blocks(3, sound, seed=9))
    heard = np.concatenate([from_flight(block.data, sound) for block in blocks])

    assert len(heard) == 3 * sound.rate
    assert [block.first_frame for block in blocks] == list(range(0, 3 * sound.rate, sound.rate // 10))
    assert correlation(synthetic.voice(3, sound.rate, 9), heard[:, 0])[0] > 0.999
