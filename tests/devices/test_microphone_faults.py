# SPDX-License-Identifier: Apache-2.0
"""Microphones that go, come back and change places in the middle of a recording, on a real sound server."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import numpy as np
import pytest

from testimony_app.audio import synthetic
from testimony_app.audio.format import SoundFormat
from testimony_app.clock import SystemClock
from testimony_app.crypto.secret import Secret
from testimony_app.devices.microphone import QtMicrophone
from testimony_app.intake.recorder import RecorderState
from testimony_app.intake.taking import RecordingSession
from testimony_app.model.partner import Role
from testimony_app.vault.disk import Disk
from testimony_app.vault.vault import Vault
from tests.builders import a_testimony
from tests.intake.listening import heard
from tests.sound import MICROPHONE, WIRE, correlation, spoken_length

MINUTES = float(os.environ.get("GOVAH_SOAK_MINUTES", "0.15"))
"""How long the busy computer records; ten minutes with `make soak`."""


@pytest.fixture
def microphone(sound, until):
    """Return the microphones of this computer, once the virtual one has been noticed."""
    made = QtMicrophone()
    until(lambda: [device.id for device in made.devices()] == [MICROPHONE])
    return made


@pytest.fixture
def session(tmp_path, cheap, microphone):
    """Return a session over a vault of its own."""
    with Vault.create(
        tmp_path / "vault", role=Role.COLLECTOR, name="K", passphrase=Secret(b"seven quiet words"),
        clock=SystemClock(), cost=cheap,
    ) as vault:  # fmt: skip
        yield RecordingSession(vault, microphone, SystemClock())


def begun(session, until, **wanted):
    """Return a vault's draft into which a recording runs, once sound has arrived."""
    draft = session._vault.testimonies.add(a_testimony())
    session.begin(draft.id, **wanted)
    session.start()
    until(lambda: session.progress is not None and session.progress.seconds > 0.1)
    return draft


def spoken(sound, until, seed):
    """Return a voice after it was spoken to its end."""
    voice = synthetic.voice(3, seed=seed)
    player = sound.play(voice)
    until(lambda: player.poll() is not None)
    time.sleep(0.4)
    return voice


@pytest.mark.qt_log_ignore("Stream failed to connect")
def test_a_microphone_that_is_put_back_goes_on_by_choice(sound, session, microphone, until):
    """Pulled out and put back: the break is marked, and what was said before and after it is there."""
    begun(session, until, device=MICROPHONE)
    before = spoken(sound, until, 21)
    sound.pull_out(MICROPHONE)
    until(lambda: session.progress.state is RecorderState.DEVICE_LOST, seconds=20.0)
    sound.plug_in()
    until(lambda: [device.id for device in microphone.devices()] == [MICROPHONE])

    session.change_device(MICROPHONE)
    until(lambda: session.progress.state is RecorderState.RECORDING)
    after = spoken(sound, until, 22)
    session.stop()
    recording = session.finish()

    kept = heard(session._vault, recording)
    (gap,) = recording.gaps
    middle = round(gap.at_seconds * 48_000)
    assert (gap.reason, gap.seconds > 0.1) == ("device-lost", True)
    assert correlation(before, kept[:middle])[0] > 0.95
    assert correlation(after, kept[middle:])[0] > 0.95


def test_another_default_microphone_changes_nothing(sound, session, microphone, until):
    """When the system's default changes, the recording stays with the microphone it began with, without a gap."""
    begun(session, until)
    voice = synthetic.voice(4, seed=23)
    player = sound.play(voice)
    time.sleep(1.5)

    sound.plug_in("lapel", "Lapel")
    until(lambda: len(microphone.devices()) == 2)
    until(lambda: player.poll() is not None)
    time.sleep(0.4)
    session.stop()
    recording = session.finish()

    kept = heard(session._vault, recording)
    assert microphone.devices()[0].id == "lapel"
    assert recording.gaps == ()
    assert correlation(voice, kept)[0] > 0.95
    assert abs(spoken_length(kept) - spoken_length(voice)) / 48_000 < 0.05


def test_a_format_that_the_microphone_cannot_give_is_told_before(microphone):
    """Asked for a format that it does not have, it promises one that it has, before anything is recorded."""
    assert microphone.probe("", SoundFormat(rate=1_000_000, channels=1, bits=24)) == SoundFormat()


class StallingDisk(Disk):
    """A disk that does nothing for 0.8 s of every second."""

    def write_some(self, descriptor, data):
        """Write, when it is in the mood."""
        self._wait()
        return super().write_some(descriptor, data)

    def sync(self, descriptor):
        """Sync, when it is in the mood."""
        self._wait()
        super().sync(descriptor)

    def _wait(self):
        within = time.monotonic() % 1.0
        if within < 0.8:
            time.sleep(0.8 - within)


@pytest.fixture
def busy_neighbours():
    """Have four processes beside us that never rest."""
    idle = ["nice", "-n", "0", sys.executable, "-c", "while True: pass"]
    processes = [subprocess.Popen(idle) for _ in range(4)]
    yield
    for process in processes:
        process.kill()
        process.wait()


@pytest.fixture
def wire(sound, microphone, until):
    """Return a microphone that hears exactly what is sent to it, once it has been noticed."""
    made = sound.plug_in_wire()
    until(lambda: WIRE in [device.id for device in microphone.devices()])
    yield made
    made.unplug()
    # Qt's list notices that a microphone has gone when the default one changes.
    sound.pull_out(MICROPHONE)
    sound.plug_in()


def spoken_part(kept):
    """Return a recording from the first sample to the last that is not digitally silent."""
    loud = np.flatnonzero(kept[:, 0])
    return kept[loud[0] : loud[-1] + 1]


@pytest.mark.timeout(60 * MINUTES * 2 + 240)
def test_a_busy_computer_and_a_stalling_disk_lose_nothing(wire, session, until, busy_neighbours):
    """With four busy processes and a disk that stalls most of the time, every sample that was spoken is kept."""
    session._disk = StallingDisk()
    begun(session, until, device=WIRE)
    voice = synthetic.voice(MINUTES * 60, seed=24)
    voice[0] = voice[-1] = 256  # neither end is a zero, which would look like the silence around it

    wire.speak(voice)
    while wire.is_speaking():
        until(lambda: not wire.is_speaking() or session.wants_slots, seconds=MINUTES * 120 + 60)
        if session.wants_slots:
            session.top_up()
    time.sleep(0.5)
    session.stop()
    recording = session.finish()

    kept = spoken_part(heard(session._vault, recording))
    assert recording.gaps == ()
    assert len(kept) == len(voice)
    assert np.array_equal(kept, voice)
