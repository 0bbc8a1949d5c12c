# SPDX-License-Identifier: Apache-2.0
import numpy as np
import pytest

from testimony_app.audio import synthetic
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.levels import Advice, Level, Meter, louder, measure

SOUND = SoundFormat(48_000, 1, 24)


def tone(seconds, dbfs, rate=48_000):
    wave = np.sin(2 * np.pi * 440 * np.arange(round(seconds * rate)) / rate) * 10 ** (dbfs / 20) * (2**31 - 1)
    return wave.clip(-(2**31), 2**31 - 1).astype(np.int64).astype(np.int32).reshape(-1, 1)


def noise(seconds, dbfs, rate=48_000):
    wave = np.random.default_rng(1).normal(0, 10 ** (dbfs / 20) * 2**31, round(seconds * rate))
    return wave.astype(np.int32).reshape(-1, 1)


def heard(*pieces, silence_seconds=1.0):
    meter = Meter(SOUND, silence_seconds=silence_seconds)
    for piece in pieces:
        for first in range(0, len(piece), 4800):
            meter.add(piece[first : first + 4800])
    return meter


@pytest.mark.parametrize("dbfs", [-3.0, -20.0, -60.0])
def test_a_tone_measures_as_loud_as_it_is(dbfs):
    """A sine's peak is its amplitude and its mean power lies 3 dB below."""
    level = measure(tone(0.5, dbfs), SOUND)

    assert level.peak_dbfs == pytest.approx(dbfs, abs=0.01)
    assert level.rms_dbfs == pytest.approx(dbfs - 3.01, abs=0.05)
    assert not level.is_digital_silence


def test_the_lowest_sample_does_not_overflow():
    """The most negative sample there is counts as full scale, not as silence."""
    assert measure(np.array([[-(2**31)], [0]], dtype=np.int32), SOUND).peak_dbfs == 0.0


def test_clipping_counts_runs_of_three():
    """Two samples at full scale are loud, three in a row are clipped, and two runs count twice."""
    full, low = 0x7FFFFF00, 0
    two = np.array([[low], [full], [full], [low]], dtype=np.int32)
    three = np.array([[low], [full], [full], [full], [low]], dtype=np.int32)

    assert measure(two, SOUND).clipped == 0
    assert measure(three, SOUND).clipped == 1
    assert measure(np.concatenate([three, -three]), SOUND).clipped == 2


@pytest.mark.parametrize("value", [0, 12345 << 8])
def test_digital_silence_is_alarmed_after_a_second(value):
    """A microphone that repeats one value for a second delivers nothing, whatever the value."""
    flat = np.full((4800, 1), value, dtype=np.int32)
    meter = heard(tone(2, -20))
    for _ in range(9):
        meter.add(flat)
    assert not meter.is_silent

    for _ in range(2):
        meter.add(flat)

    assert meter.is_silent
    assert meter.advice() is Advice.SILENT


def test_bluetooth_is_given_three_seconds():
    """A Bluetooth microphone may wake up for three seconds before the alarm."""
    quiet = np.zeros((48_000, 1), dtype=np.int32)

    assert not heard(quiet, quiet, silence_seconds=3.0).is_silent
    assert heard(quiet, quiet, quiet, silence_seconds=3.0).is_silent


def test_one_silent_channel_of_two_is_not_silence():
    """With two microphones the alarm waits until both deliver nothing."""
    sound = SoundFormat(48_000, 2, 24)
    both = np.hstack([tone(0.5, -20), np.zeros((24_000, 1), np.int32)])

    assert not measure(both, sound).is_digital_silence


@pytest.mark.parametrize(
    ("pieces", "advice"),
    [
        ([noise(1, -45)], Advice.LISTENING),
        ([noise(8, -50)], Advice.TOO_QUIET),
        ([noise(8, -50), tone(2, -12)], Advice.GOOD),
        ([tone(4, -12), tone(1, -4)], Advice.TOO_LOUD),
        ([tone(2, -12), tone(1, 6)], Advice.CLIPPED),
        ([noise(31, -75)], Advice.HUSHED),
    ],
)
def test_advice_is_a_word_from_the_list(pieces, advice):
    """What the meter advises follows from the last seconds."""
    assert heard(*pieces).advice() is advice


def test_a_pause_of_fifteen_seconds_changes_nothing():
    """Somebody who falls silent after speaking is not told to speak up."""
    assert heard(synthetic.voice(10), noise(15, -50)).advice() is Advice.GOOD


def test_clipping_stays_until_somebody_has_seen_it():
    """The count of clippings is kept until it is acknowledged."""
    clipped = np.full((4800, 1), 0x7FFFFF00, dtype=np.int32)
    clipped[::100] = 0
    meter = heard(clipped, tone(7, -12))
    assert meter.clipped == 48
    assert heard(clipped, tone(1, -12)).advice() is Advice.CLIPPED
    assert meter.advice() is Advice.GOOD

    meter.acknowledge_clipping()

    assert meter.clipped == 0


def test_two_levels_shown_as_one_keep_the_worse():
    """A display that shows fewer levels than are measured shows the loudest."""
    one, other = Level(-20, -30, 1), Level(-10, -40, 2)

    assert louder(one, other) == Level(-10, -30, 3)


def test_one_of_two_microphones_that_delivers_nothing_is_told():
    """With a microphone for each of two people, one that is dead is told within its second, and heals again."""
    sound = SoundFormat(channels=2)
    meter = Meter(sound)
    block = np.concatenate([synthetic.voice(0.5), np.zeros((24_000, 1), np.int32)], axis=1)

    meter.add(block)
    assert meter.advice() is not Advice.HALF_SILENT
    meter.add(block)
    meter.add(block)
    assert meter.advice() is Advice.HALF_SILENT
    assert not meter.is_silent

    meter.add(np.repeat(synthetic.voice(0.5), 2, axis=1))
    assert meter.advice() is not Advice.HALF_SILENT
