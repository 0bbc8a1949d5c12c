# SPDX-License-Identifier: Apache-2.0
"""The laptop is killed in the middle of a sentence: what was said is there again at the next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

from testimony_app.audio import synthetic
from testimony_app.model.recording import RecordingState
from tests.journeys.walking import heard_at, unlock
from tests.sound import correlation

RATE = 48_000
SPOKEN_SECONDS = 25.0
KILL_AFTER_SECONDS = 6.0
LOST_AT_MOST_SECONDS = 1.0


def recorded_until_killed(places) -> float:
    """Return how many seconds the child had heard when it was killed."""
    heard = 0.0
    with subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.recording_child", places.collector, places.folder / "child.json"],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        for line in child.stdout:
            heard = float(line)
            if heard >= KILL_AFTER_SECONDS:
                break
        child.send_signal(signal.SIGKILL)
    return heard


def test_a_laptop_dies_while_recording(hands, places, sound):
    """At most a second is lost; the next start says so, and the voice is there."""
    voice = synthetic.voice(SPOKEN_SECONDS, RATE, seed=5)
    sound.play(voice)

    heard_seconds = recorded_until_killed(places)
    laptop = hands(places.collector)
    unlock(laptop)

    laptop.see("interrupted_notice")
    laptop.leave()
    kept, recording = heard_at(places.collector)
    assert heard_seconds >= KILL_AFTER_SECONDS
    assert recording.state is RecordingState.INTERRUPTED
    assert len(kept) / RATE >= heard_seconds - LOST_AT_MOST_SECONDS
    assert correlation(kept, voice)[0] > 0.95
