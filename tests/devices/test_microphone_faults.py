# SPDX-License-Identifier: Apache-2.0
"""Microphones that go, come back and change places in the middle of a recording, on a real sound server."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
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
from tests.sound import MICROPHONE, correlation, spoken_length

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
    until(lambda: session.progress.state is RecorderState.DEVICE_LOST, seconds=4.0)
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


class Witness:
    """A public program that records the same microphone, with as much patience as it has: what the system gave."""

    def __init__(self, sound):
        self._process = subprocess.Popen(
            ["parec", f"--device={MICROPHONE}", "--format=s32le", "--rate=48000", "--channels=1",
             "--latency-msec=3000"],
            env={**os.environ, **sound.environment}, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        self._pieces = []
        self._reading = threading.Thread(target=self._read, daemon=True)
        self._reading.start()

    def heard(self):
        """Return what it heard, once it has been stopped."""
        time.sleep(4)
        self._process.terminate()
        self._reading.join(20)
        self._process.stdout.close()
        self._process.wait()
        whole = b"".join(self._pieces)
        return np.frombuffer(whole[: len(whole) // 4 * 4], dtype="<i4").reshape(-1, 1) & np.int32(-256)

    def _read(self):
        while piece := self._process.stdout.read(65_536):
            self._pieces.append(piece)


def lies_within(part, whole):
    """Return how many samples of a recording stand in another one, in one place, up to the first that does not."""
    # The voice never repeats itself, so a second of it is found in one place only.
    needle = part[SPOKEN_AT : SPOKEN_AT + 48_000, 0].astype(np.float64)
    size = 1 << (len(whole) + len(needle)).bit_length()
    product = np.fft.irfft(np.fft.rfft(whole[:, 0].astype(np.float64), size) * np.conj(np.fft.rfft(needle, size)), size)
    start = int(np.argmax(product[: len(whole)])) - SPOKEN_AT
    first, last = max(0, -start), min(len(part), len(whole) - start)
    differing = np.flatnonzero(part[first:last] != whole[start + first : start + last])
    return int(differing[0]) if len(differing) else last - first


SPOKEN_AT = 4 * 48_000
"""By then somebody speaks."""


@pytest.mark.timeout(60 * MINUTES * 2 + 240)
def test_a_busy_computer_and_a_stalling_disk_lose_nothing(sound, session, until, busy_neighbours):
    """With four busy processes and a disk that stalls most of the time, every sample that the system gave is kept.

    A public recorder beside ours tells what the system gave: on a machine this busy the *player* may stumble, and
    then no recorder can have what was never played. Where it did not, what was played is what we have.
    """
    session._disk = StallingDisk()
    seconds = MINUTES * 60
    begun(session, until)
    witness = Witness(sound)
    time.sleep(0.5)
    voice = synthetic.voice(seconds, seed=24)

    # The player has seconds in hand, so that the busy neighbours don't make *it* stumble.
    player = sound.play(voice, latency_ms=5_000)
    while player.poll() is None:
        until(lambda: player.poll() is not None or session.wants_slots, seconds=seconds * 2 + 60)
        if session.wants_slots:
            session.top_up()
    time.sleep(0.5)
    session.stop()
    recording = session.finish()

    kept, given = heard(session._vault, recording), witness.heard()
    assert recording.gaps == ()
    assert lies_within(kept, given) > 0.9 * len(voice)
    if correlation(voice, given)[0] > 0.99:
        assert correlation(voice, kept)[0] > 0.99
        # A block is a tenth of a second at most.
        assert abs(spoken_length(kept) - spoken_length(voice)) / 48_000 < 0.1
