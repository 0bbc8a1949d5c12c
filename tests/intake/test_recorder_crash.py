# SPDX-License-Identifier: Apache-2.0
"""The program is killed while somebody speaks: all but the last second is there, and plays."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from testimony_app.audio import synthetic
from testimony_app.clock import SystemClock
from testimony_app.crypto.secret import Secret
from testimony_app.intake.rescuing import rescue_all
from testimony_app.model.recording import RecordingState
from testimony_app.vault.recovery import recover
from testimony_app.vault.vault import Vault
from tests.intake.conftest import PASSPHRASE
from tests.intake.listening import heard
from tests.intake.speaking_child import SECONDS

ROOT = Path(__file__).parents[2]
TIMES = int(os.environ.get("GOVAH_CRASHES", "5"))
"""How many times to kill; fifty with GOVAH_CRASHES=50."""


@pytest.fixture(scope="module")
def voice():
    """Return what the child says."""
    return synthetic.voice(SECONDS)


def speak_and_be_killed(folder, draft, *, after, speed=3.0, segment_seconds=600.0):
    """Return how many frames had been said when the process was killed."""
    arguments = [folder, draft.id, PASSPHRASE.decode(), str(speed), str(segment_seconds)]
    with subprocess.Popen(
        [sys.executable, "-m", "tests.intake.speaking_child", *arguments], cwd=ROOT, stdout=subprocess.PIPE, text=True
    ) as child:
        said = int(child.stdout.readline())
        time.sleep(after)
        child.send_signal(signal.SIGKILL)
        return max([said, *(int(line) for line in child.stdout if line.endswith("\n"))])


@pytest.mark.parametrize("seed", range(TIMES))
def test_killed_at_any_moment_at_most_a_second_is_lost(vault, draft, voice, seed):
    """After SIGKILL at a random moment the beginning is there, sample for sample, and ends less than 1 s before."""
    chance = random.Random(seed)
    folder = vault.folder
    vault.lock()

    said = speak_and_be_killed(
        folder, draft, after=chance.uniform(0.0, 2.0), segment_seconds=chance.choice([0.7, 2.0, 600.0])
    )
    with Vault.open(folder, Secret(bytearray(PASSPHRASE)), clock=SystemClock()) as again:
        (recovered,) = recover(again)
        (recording,) = again.testimonies.get(draft.id).recordings
        kept = heard(again, recording)

    assert recording.state is RecordingState.INTERRUPTED
    assert np.array_equal(kept, voice[: len(kept)])
    assert (said - len(kept)) / 48_000 <= 1.0
    assert recovered.seconds == pytest.approx(len(kept) / 48_000)


def test_what_was_rescued_becomes_flac_and_stays_marked(vault, draft, voice):
    """The kept chunks become a verified FLAC like any other, marked as interrupted, and nothing else is left."""
    folder = vault.folder
    vault.lock()
    speak_and_be_killed(folder, draft, after=1.5, segment_seconds=1.0)

    with Vault.open(folder, Secret(bytearray(PASSPHRASE)), clock=SystemClock()) as again:
        recover(again)
        before = again.testimonies.get(draft.id).recordings
        (recording,) = rescue_all(again, before)
        kept = heard(again, recording)
        files = {path.name for path in (folder / "blobs").rglob("*") if path.is_file()}

    assert recording.state is RecordingState.INTERRUPTED
    assert [segment.encoding for segment in recording.segments] == ["flac"] * len(before[0].segments)
    assert recording.frames == before[0].frames
    assert np.array_equal(kept, voice[: len(kept)])
    assert files == {segment.blob for segment in recording.segments}
