# SPDX-License-Identifier: Apache-2.0
"""Listening: what the loudspeaker plays is heard by the virtual microphone."""

from __future__ import annotations

import time

import numpy as np
import pytest

from testimony_app.audio import synthetic
from testimony_app.audio.errors import SoundDiffers
from testimony_app.audio.format import SoundFormat, from_flight
from testimony_app.audio.pcm import HeldPcm
from testimony_app.devices.microphone import QtMicrophone
from testimony_app.devices.speaker import QtSpeaker
from tests.sound import correlation


@pytest.fixture
def speaker(sound):
    """Return a loudspeaker that is silent again afterwards."""
    made = QtSpeaker()
    yield made
    made.stop()


@pytest.fixture
def listening(sound, until):
    """Return what collects everything that is to be heard."""
    blocks = []
    stream = QtMicrophone().open("", SoundFormat(), blocks.append, lambda _word: None)
    until(lambda: blocks)

    def heard():
        stream.stop()
        return np.concatenate([from_flight(block.data, SoundFormat()) for block in blocks])

    yield heard
    stream.stop()


@pytest.mark.parametrize("sound_format", [SoundFormat(48_000, 1, 24), SoundFormat(16_000, 1, 16)])
def test_a_recording_is_heard_to_its_end(speaker, until, listening, sound_format):
    """What is played is heard, whole, and the end is told."""
    voice = synthetic.voice(3, sound_format.rate, seed=21)
    ended, places = [], []
    speaker.finished.connect(lambda: ended.append(True))
    speaker.position_changed.connect(places.append)

    speaker.play(HeldPcm(voice, sound_format))
    until(lambda: ended)

    assert places == sorted(places)
    assert speaker.position_seconds == pytest.approx(3.0)
    assert not speaker.is_playing
    played = synthetic.voice(3, 48_000, seed=21) if sound_format.rate == 48_000 else np.repeat(voice, 3)
    assert correlation(played, listening())[0] > (0.95 if sound_format.rate == 48_000 else 0.8)


def test_seeking_plays_from_there(speaker, until, listening):
    """After a seek what is heard is what stands there."""
    voice = synthetic.voice(20, seed=22)
    ended = []
    speaker.finished.connect(lambda: ended.append(True))
    speaker.play(HeldPcm(voice, SoundFormat()), at_seconds=2.0)
    until(lambda: speaker.position_seconds > 2.1)

    speaker.seek(18.0)
    until(lambda: ended)

    assert correlation(voice[18 * 48_000 :], listening())[0] > 0.9
    assert speaker.position_seconds == pytest.approx(20.0)


def test_pause_keeps_the_place(speaker, until):
    """A pause is silent and goes on where it was; skipping goes back from there."""
    speaker.play(HeldPcm(synthetic.voice(10), SoundFormat()))
    until(lambda: speaker.position_seconds > 0.5)

    speaker.pause()
    place = speaker.position_seconds
    assert not speaker.is_playing
    speaker.skip(-0.3)
    assert speaker.position_seconds == pytest.approx(place - 0.3, abs=0.01)
    speaker.resume()
    until(lambda: speaker.position_seconds > place)

    assert speaker.is_playing


def test_after_the_end_it_begins_again(speaker, until):
    """Resuming after the end plays from the start."""
    ended = []
    speaker.finished.connect(lambda: ended.append(True))
    speaker.play(HeldPcm(synthetic.voice(0.6), SoundFormat()))
    until(lambda: ended)

    speaker.resume()

    assert speaker.is_playing and speaker.position_seconds < 0.5


def test_a_damaged_recording_is_told(speaker, until):
    """A recording that turns out to be damaged while it plays ends calmly, and the error is handed on."""

    class Damaged(HeldPcm):
        def read(self, frames):
            """Be damaged after a second."""
            if self._at > 48_000:
                raise SoundDiffers(at_frame=self._at)
            return super().read(frames)

    failed = []
    speaker.failed.connect(failed.append)
    speaker.play(Damaged(synthetic.voice(5), SoundFormat()))
    until(lambda: failed)

    assert isinstance(failed[0], SoundDiffers)
    assert not speaker.is_playing


def test_faster_is_over_sooner_and_the_place_is_the_recording_s(speaker, until, listening):
    """At double speed four seconds take two, the place told is that of the recording, and it can be changed at once."""
    voice = synthetic.voice(4, seed=26)
    ended = []
    speaker.finished.connect(lambda: ended.append(True))
    speaker.play(HeldPcm(voice, SoundFormat()))
    until(lambda: speaker.position_seconds > 0.3)

    speaker.set_speed(2.0)
    at = speaker.position_seconds
    begun = time.monotonic()
    until(lambda: ended)

    assert 0.3 < at < 1.5
    assert time.monotonic() - begun < (4.0 - at) / 2 + 1.5
    assert speaker.position_seconds == pytest.approx(4.0)
    assert speaker.speed == 2.0
