# SPDX-License-Identifier: Apache-2.0
"""Disks that fill up, stall and fail while somebody speaks: what was acknowledged is kept, and plays."""

from __future__ import annotations

import errno
import os
import subprocess
import sys

import numpy as np
import pytest

from testimony_app.audio import synthetic
from testimony_app.audio.format import SoundFormat
from testimony_app.errors import Refusal
from testimony_app.intake.recorder import RecorderState
from testimony_app.intake.segments import RESERVE_BYTES, Reserve
from testimony_app.intake.taking import RecordingSession
from testimony_app.vault.disk import Disk
from testimony_app.vault.errors import DiskFull
from tests.audio.test_format import random_samples
from tests.fakes.failing_disk import FailingDisk
from tests.intake.listening import heard, until
from tests.intake.test_recorder import blocks_of

SOUND = SoundFormat()
VOICE = synthetic.voice(2)


class TroubledDisk(FailingDisk):
    """A disk that fails at the n-th call from the first on, and with `for_good` at every one after it too."""

    def __init__(self, fail_at=0, fault=errno.EIO, *, for_good=False):
        super().__init__(fail_at, fault)
        self._for_good = for_good
        self.start()

    def _is_due(self):
        self.calls += 1
        return self.fail_at and (self.calls == self.fail_at or (self._for_good and self.calls > self.fail_at))


class FullDisk(Disk):
    """A disk with room for so many bytes, and more once the recorder gives its reserve back."""

    def __init__(self, room):
        self.room = room

    def write_some(self, descriptor, data):
        """Take what fits."""
        if self.room <= 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        taken = super().write_some(descriptor, data[: self.room])
        self.room -= taken
        return taken


def record(vault, draft, microphone, clock, disk, *, segment_seconds=0.9):
    """Record the voice on a disk and return what the vault keeps of it, and the refusal, if there was one."""
    session = RecordingSession(vault, microphone, clock, disk=disk, segment_seconds=segment_seconds)
    refusal = None
    try:
        session.record_blocks(draft.id, blocks_of(VOICE, SOUND), SOUND)
    except Refusal as error:
        refusal = error
    kept = vault.testimonies.get(draft.id).recordings
    return (heard(vault, kept[0]) if kept else VOICE[:0]), refusal


def count_calls(vault, draft, microphone, clock):
    counting = TroubledDisk()
    record(vault, draft, microphone, clock, counting)
    return counting.calls


@pytest.mark.parametrize("fault", [errno.EIO, errno.ENOSPC, "short"])
def test_one_fault_anywhere_loses_nothing(vault, draft, microphone, clock, fault):
    """Whichever single call to the disk fails, every sample is there: in another file, or from the reserve."""
    calls = count_calls(vault, draft, microphone, clock)
    assert calls > 25

    for fail_at in range(1, calls + 1):
        for old in vault.testimonies.get(draft.id).recordings:
            vault.recordings.discard(old.id)
        disk = TroubledDisk(fail_at, fault)

        kept, refusal = record(vault, draft, microphone, clock, disk)

        assert disk.has_failed
        ended_early = isinstance(refusal, DiskFull)
        assert np.array_equal(kept, VOICE[: len(kept)])
        assert ended_early or (len(kept) == len(VOICE) and refusal is None)


@pytest.mark.parametrize("fault", [errno.EIO, errno.ENOSPC])
def test_a_disk_that_refuses_everything_keeps_what_was_acknowledged(vault, draft, microphone, clock, fault):
    """From whichever call on the disk takes nothing more: what was safe plays, it is a beginning, and it is said."""
    calls = count_calls(vault, draft, microphone, clock)
    assert calls > 25

    for fail_at in range(1, calls + 1, 2):
        for old in vault.testimonies.get(draft.id).recordings:
            vault.recordings.discard(old.id)
        safe = []
        session = RecordingSession(
            vault, microphone, clock, disk=TroubledDisk(fail_at, fault, for_good=True), segment_seconds=0.9
        )
        session.begin(draft.id, on_progress=lambda progress, safe=safe: safe.append(progress.seconds_safe))
        session.start()
        microphone.stream.say(VOICE)

        captured = session.stop()
        recording = session.finish()

        kept = heard(vault, recording) if captured.frames else VOICE[:0]
        assert np.array_equal(kept, VOICE[: len(kept)])
        assert len(kept) / 48_000 >= max(safe)
        assert captured.refusal is not None or len(kept) == len(VOICE)


@pytest.mark.parametrize("room", [0, 70_000, 300_000, 500_000])
def test_a_disk_that_fills_up_closes_cleanly(vault, draft, microphone, clock, room):
    """On a disk that fills up the recording ends, says so, and all of it up to there is kept and marked as whole."""
    disk = FullDisk(room)
    session = RecordingSession(vault, microphone, clock, disk=disk)
    session.begin(draft.id)
    session.start()
    reserve = session._take.recorder._capture._disk
    give_back = reserve.give_back

    def refill():
        disk.room += RESERVE_BYTES if reserve._held is not None else 0
        give_back()

    reserve.give_back = refill
    spoken = random_samples(SOUND, 48_000 * 4)
    microphone.stream.say(spoken)
    until(lambda: session.progress is not None and session.progress.state is RecorderState.DISK_FULL)
    microphone.stream.say(spoken[:48_000])

    captured = session.stop()
    recording = session.finish()

    assert isinstance(captured.refusal, DiskFull)
    assert np.array_equal(heard(vault, recording), spoken)
    assert [gap.reason for gap in recording.gaps] == ["disk-full"]


def test_the_reserve_is_real_room_and_leaves_no_file(tmp_path):
    """The room kept back takes blocks of the disk under no name, and is free again after giving it back."""
    reserve = Reserve(tmp_path)
    held = os.fstat(reserve._held.fileno())

    assert held.st_blocks * 512 >= RESERVE_BYTES
    assert list(tmp_path.iterdir()) == []
    reserve.give_back()
    assert reserve._held is None


@pytest.fixture
def small_disk(tmp_path):
    """Return a folder on a disk of 12 MiB; skipped where nobody may mount one."""
    folder = tmp_path / "stick"
    folder.mkdir()
    mounted = sys.platform == "linux" and os.geteuid() == 0
    if not mounted or subprocess.run(["mount", "-t", "tmpfs", "-o", "size=12m", "none", folder]).returncode:
        pytest.skip("needs root to mount a small disk")
    yield folder
    subprocess.run(["umount", "-l", folder], check=True)


def test_a_real_disk_that_is_really_full(small_disk, clock, cheap, microphone):
    """On a disk of 12 MiB a recording goes on until it is full; then the vault still opens and plays all of it."""
    from testimony_app.crypto.secret import Secret
    from testimony_app.model.partner import Role
    from testimony_app.vault.vault import Vault
    from tests.builders import a_testimony

    with Vault.create(
        small_disk / "vault", role=Role.COLLECTOR, name="K", passphrase=Secret(b"x" * 20), clock=clock, cost=cheap
    ) as vault:
        draft = vault.testimonies.add(a_testimony())
        session = RecordingSession(vault, microphone, clock)
        session.begin(draft.id)
        session.start()
        spoken = random_samples(SOUND, 48_000 * 70)
        for first in range(0, len(spoken), 48_000):
            microphone.stream.say(spoken[first : first + 48_000])
            until(lambda: session._take.recorder._fed_bytes == session._take.recorder._taken_bytes)
        captured = session.stop()
        recording = session.finish()
        assert isinstance(captured.refusal, DiskFull)
        assert recording.seconds > 30

    with Vault.open(small_disk / "vault", Secret(b"x" * 20), clock=clock) as vault:
        kept = heard(vault, vault.testimonies.get(draft.id).recordings[0])
        assert np.array_equal(kept, spoken[: len(kept)])
        assert len(kept) == recording.frames
