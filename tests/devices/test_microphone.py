# SPDX-License-Identifier: Apache-2.0
"""A real sound server, a real QAudioSource, a voice played into a virtual microphone."""

from __future__ import annotations

import os
import time

import numpy as np
import pytest

from testimony_app.audio import synthetic
from testimony_app.audio.errors import NoMicrophone
from testimony_app.audio.format import SoundFormat, from_flight
from testimony_app.clock import SystemClock
from testimony_app.crypto.secret import Secret
from testimony_app.devices.microphone import QtMicrophone
from testimony_app.intake.recorder import RecorderState
from testimony_app.intake.taking import RecordingSession
from testimony_app.model.partner import Role
from testimony_app.vault.vault import Vault
from tests.builders import a_testimony
from tests.intake.listening import heard
from tests.sound import MICROPHONE, MICROPHONE_NAME, correlation, spoken_length


@pytest.fixture
def microphone(sound, until):
    """Return the microphones of this computer, once the virtual one has been noticed."""
    made = QtMicrophone()
    until(lambda: [device.id for device in made.devices()] == [MICROPHONE])
    return made


@pytest.fixture
def vault(tmp_path, cheap):
    """Return an open collector's vault."""
    passphrase = Secret(b"seven quiet words nobody would ever guess")
    with Vault.create(
        tmp_path / "vault", role=Role.COLLECTOR, name="K", passphrase=passphrase, clock=SystemClock(), cost=cheap
    ) as made:
        yield made


@pytest.fixture
def draft(vault):
    """Return a draft that waits for its recording."""
    return vault.testimonies.add(a_testimony())


@pytest.fixture
def session(vault, microphone):
    """Return a session that is ready to begin."""
    return RecordingSession(vault, microphone, SystemClock())


class Ear:
    """Keeps what a stream hands out."""

    def __init__(self):
        self.blocks = []
        self.troubles = []

    def samples(self):
        """Return everything heard so far."""
        pieces = [from_flight(block.data, SoundFormat()) for block in self.blocks]
        return np.concatenate(pieces) if pieces else np.zeros((0, 1), np.int32)


@pytest.fixture
def ear():
    """Return something that listens."""
    return Ear()


def opened(microphone, ear, device=""):
    return microphone.open(device, SoundFormat(), ear.blocks.append, ear.troubles.append)


def test_the_microphone_is_found_by_name(microphone):
    """A microphone has the system's name, is the default one, and a virtual one is flagged."""
    (device,) = microphone.devices()

    assert (device.id, device.name, device.is_default, device.is_virtual) == (MICROPHONE, MICROPHONE_NAME, True, True)
    assert microphone.probe(MICROPHONE_NAME, SoundFormat()) == SoundFormat(48_000, 1, 24)


def test_a_microphone_that_is_not_there_is_refused(microphone, ear):
    """A name that no microphone has is a calm refusal."""
    with pytest.raises(NoMicrophone):
        microphone.probe("studio", SoundFormat())
    with pytest.raises(NoMicrophone):
        opened(microphone, ear, "studio")


def test_a_voice_is_recorded_sealed_and_heard_back(sound, vault, draft, session, until):
    """What is played into the microphone is what the vault plays: correlation above 0.95, length within 50 ms."""
    voice = synthetic.voice(6, seed=11)
    session.begin(draft.id)
    session.start()
    until(lambda: session.progress is not None and session.progress.seconds > 0.1)
    player = sound.play(voice)
    until(lambda: player.poll() is not None)
    time.sleep(0.3)

    session.stop()
    recording = session.finish()

    kept = heard(vault, recording)
    likeness, _shift = correlation(voice, kept)
    assert likeness > 0.95
    assert abs(spoken_length(kept) - spoken_length(voice)) / 48_000 < 0.05
    assert recording.gaps == ()
    assert (recording.sample_rate, recording.bits, recording.channels) == (48_000, 24, 1)
    assert [segment.encoding for segment in recording.segments] == ["flac"]


def test_a_busy_main_thread_disturbs_nothing(sound, microphone, ear):
    """While the main thread does something else for seconds, every sample is heard."""
    voice = synthetic.voice(4, seed=12)
    stream = opened(microphone, ear)
    player = sound.play(voice)

    while player.poll() is None:
        sum(range(200_000))
    stream.stop()

    assert correlation(voice, ear.samples())[0] > 0.95
    assert abs(spoken_length(ear.samples()) - spoken_length(voice)) / 48_000 < 0.05


def test_a_reader_that_stalls_loses_nothing(sound, microphone, ear):
    """The buffer holds ten seconds: a capture thread that is held up for 1.2 s in all loses nothing."""
    voice = synthetic.voice(5, seed=13)
    held = []

    def slow(block):
        ear.blocks.append(block)
        if len(held) < 3 and len(ear.blocks) % 8 == 7:
            held.append(time.sleep(1.2))

    stream = microphone.open("", SoundFormat(), slow, ear.troubles.append)
    sound.play(voice).wait()
    stream.stop()

    assert len(held) == 3
    assert correlation(voice, ear.samples())[0] > 0.95
    assert abs(spoken_length(ear.samples()) - spoken_length(voice)) / 48_000 < 0.05


def test_what_is_said_just_before_the_end_is_kept(sound, microphone, ear, until):
    """Stopping in the middle of a word keeps the word up to that moment."""
    steady = synthetic.voice(4, seed=14)
    stream = opened(microphone, ear)
    until(lambda: len(ear.blocks) > 2)
    player = sound.play(steady)
    until(lambda: player.poll() is not None)

    begun = time.monotonic()
    stream.stop()

    assert time.monotonic() - begun < 4.0
    assert abs(spoken_length(ear.samples()) - spoken_length(steady)) / 48_000 < 0.05
    assert not stream.isRunning()


def test_nothing_is_heard_in_a_pause(sound, microphone, ear, until):
    """Between pause and resume no block is handed out, and afterwards sound goes on."""
    stream = opened(microphone, ear)
    sound.play(synthetic.voice(5))
    until(lambda: len(ear.blocks) > 3)

    stream.pause()
    before = len(ear.blocks)
    time.sleep(0.6)
    assert len(ear.blocks) == before

    stream.resume()
    until(lambda: len(ear.blocks) > before)
    stream.stop()


@pytest.mark.qt_log_ignore("Stream failed to connect")
@pytest.mark.parametrize("others", [1, 0])
def test_a_microphone_that_is_pulled_out_is_said_at_once(sound, microphone, ear, until, others):
    """With another microphone present or without, its loss is told, and no other one is listened to."""
    if others:
        sound.plug_in("lapel", "Lapel")
        until(lambda: len(microphone.devices()) == 2)
    stream = opened(microphone, ear, MICROPHONE)
    until(lambda: ear.blocks)

    sound.pull_out(MICROPHONE)
    until(lambda: ear.troubles, seconds=20.0)
    after = len(ear.blocks)
    time.sleep(0.5)
    stream.stop()

    assert ear.troubles == ["device-lost"]
    assert len(ear.blocks) == after


@pytest.mark.qt_log_ignore("Stream failed to connect")
def test_a_recording_goes_on_with_another_microphone_by_choice(sound, vault, draft, session, microphone, until):
    """Pulled out in the middle: told, the break marked, the rest intact, and the second half from another one."""
    sound.plug_in("lapel", "Lapel")
    until(lambda: len(microphone.devices()) == 2)
    voice = synthetic.voice(3, seed=15)
    session.begin(draft.id, device=MICROPHONE)
    session.start()
    until(lambda: session.progress is not None and session.progress.seconds > 0.1)
    player = sound.play(voice)
    until(lambda: player.poll() is not None)
    time.sleep(0.4)
    sound.pull_out(MICROPHONE)
    until(lambda: session.progress.state is RecorderState.DEVICE_LOST, seconds=20.0)

    session.change_device("lapel")
    until(lambda: session.progress.state is RecorderState.RECORDING)
    player = sound.play(voice)
    until(lambda: player.poll() is not None)
    time.sleep(0.4)
    session.stop()
    recording = session.finish()

    kept = heard(vault, recording)
    (gap,) = recording.gaps
    break_at = round(gap.at_seconds * 48_000)
    assert gap.reason == "device-lost" and 0.1 < gap.seconds < 20.0
    assert correlation(voice, kept[:break_at])[0] > 0.95
    assert correlation(voice, kept[break_at:])[0] > 0.95


def test_digital_silence_is_said_within_a_second_and_a_half(sound, draft, session, until):
    """A source that delivers nothing is told as silent, from the moment it delivers."""
    advices = []
    session.begin(draft.id, on_progress=lambda progress: advices.append((time.monotonic(), progress)))
    session.start()
    until(lambda: any(progress.seconds > 0 for _at, progress in advices))
    heard_at = next(at for at, progress in advices if progress.seconds > 0)

    until(lambda: advices[-1][1].advice == "silent", seconds=20.0)

    seconds = next(progress.seconds for _at, progress in advices if progress.advice == "silent")
    assert seconds < 1.5 or advices[-1][0] - heard_at < 1.5
    session.stop()
    session.finish()


def test_a_latency_is_asked_for(microphone):
    """PulseAudio is asked for 200 ms before any stream is opened."""
    assert os.environ["PULSE_LATENCY_MSEC"] == "200"
