# SPDX-License-Identifier: Apache-2.0
"""A real disk without room, at random moments of a recording: everything before it is kept and plays."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
from contextlib import contextmanager
from functools import partial

import numpy as np
import pytest

from testimony_app.audio import synthetic
from testimony_app.clock import SystemClock
from testimony_app.crypto.passphrase import CHEAP
from testimony_app.crypto.secret import Secret
from testimony_app.intake.recorder import RecorderState
from testimony_app.intake.taking import RecordingSession
from testimony_app.model.partner import Role
from testimony_app.vault.check import check
from testimony_app.vault.errors import DiskFull
from testimony_app.vault.vault import Vault
from testimony_app.workspace import over
from tests.builders import a_testimony
from tests.fakes.clock import HeldClock
from tests.fakes.microphone import FakeMicrophone
from tests.intake.listening import heard, until
from tests.vault.conftest import PASSPHRASE

MOMENTS = 8
MEBIBYTES = 24
SECONDS = 20
RATE = 48_000
PAGE = 16_384
pytestmark = [
    pytest.mark.power,
    pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can mount a small disk"),
    pytest.mark.skipif(shutil.which("mount") is None, reason="mount is missing"),
]


@contextmanager
def a_small_disk(folder):
    """Mount a disk of a few mebibytes for the length of a block; skipped where nobody may mount."""
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={MEBIBYTES}m", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except subprocess.CalledProcessError:
        pytest.skip("nothing can be mounted here")
    try:
        yield folder
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True, capture_output=True)


def fill_up(folder, left):
    """Let somebody else's file take all the room but a little; the recorder may be faster by a page."""
    with (folder / "a film of somebody else").open("wb") as film:
        wanted = shutil.disk_usage(folder).free - left
        while wanted > 0:
            try:
                os.posix_fallocate(film.fileno(), 0, wanted)
            except OSError:
                wanted -= PAGE
            else:
                return


def recorded(vault, voice, full_at, left):
    """Record a voice while the disk fills up at a second; return the recording as it was finished, and why it ended."""
    draft = vault.testimonies.add(a_testimony())
    clock = HeldClock()
    microphone = FakeMicrophone(clock=clock)
    records = RecordingSession(vault, microphone, clock, segment_seconds=7.0)
    records.begin(draft.id)
    records.start()
    for second in range(SECONDS):
        if second == full_at:
            fill_up(vault.folder.parent, left)
        microphone.stream.say(voice[second * RATE : (second + 1) * RATE])
        # As slowly as somebody speaks, for a queue that holds ten seconds.
        until(partial(has_heard, records, second))
    captured = records.stop()
    return records.finish(), captured.refusal


def has_heard(records, second):
    """Tell whether the recorder has taken all but the last two seconds, or takes no more."""
    progress = records.progress
    if progress is None:
        return False
    return progress.state is RecorderState.DISK_FULL or progress.seconds >= second - 2


def one_moment(disk, chance, voice):
    """Record on a disk that is full at a random moment; return how many seconds before it were lost."""
    full_at, left = chance.randrange(1, SECONDS - 5), chance.randrange(0, 200_000)
    vault = Vault.create(
        disk / "vault", role=Role.COLLECTOR, name="n", passphrase=Secret(PASSPHRASE), clock=SystemClock(), cost=CHEAP
    )
    try:
        recording, refusal = recorded(vault, voice, full_at, left)
    finally:
        vault.lock()
    # The disk is still full when the program starts again.
    again = over(Vault.open(disk / "vault", Secret(PASSPHRASE), clock=SystemClock()), SystemClock())
    try:
        played = heard(again.vault, again.vault.recordings.get(recording.id))
        assert check(again.vault).ok
        assert again.recovered == ()
    finally:
        again.close()
    assert isinstance(refusal, DiskFull)
    assert len(played) == recording.frames
    assert np.array_equal(played, voice[: len(played)])
    return max(0.0, full_at - len(played) / RATE)


def test_everything_before_the_disk_was_full_is_kept_and_plays(tmp_path):
    """Eight random moments, with a little room or none: each second before is there after a new start, and plays."""
    chance, voice = random.Random(11), synthetic.voice(SECONDS)
    with a_small_disk(tmp_path / "disk") as disk:
        lost = []
        for _ in range(MOMENTS):
            lost.append(one_moment(disk, chance, voice))
            for path in disk.iterdir():
                shutil.rmtree(path) if path.is_dir() else path.unlink()

    assert lost == [0.0] * MOMENTS
