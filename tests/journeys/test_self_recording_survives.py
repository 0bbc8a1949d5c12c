# SPDX-License-Identifier: Apache-2.0
"""The process behind a witness alone is killed in mid-sentence: self-recording is back, with all that was said."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from testimony_app import settings
from testimony_app.archive import playback
from testimony_app.audio import synthetic
from testimony_app.clock import SystemClock
from testimony_app.dropbox import founding
from testimony_app.model.recording import RecordingState
from testimony_app.ui.kiosk.parts import Words
from tests.journeys.reaching import recognised
from tests.journeys.walking import PASSPHRASE, opened

pytestmark = [pytest.mark.slow, pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a POSIX matter")]
RATE = 48_000
HEARD_SECONDS = 3.0
LOST_AT_MOST_SECONDS = 1.0
ENOUGH_SECONDS = 1.0
VOICE = synthetic.voice(20.0, RATE, seed=6)


@pytest.fixture
def alone(hands):
    """Return what starts the program again; self-recording, which nothing leads out of, is let go at the end."""
    started = []

    def start(settings_file):
        started.append(hands(settings=settings_file))
        return started[-1]

    yield start
    for one in started:
        let_go(one)


def let_go(here):
    """Let the window be closed, as only the test may."""
    screen = here.desktop.screens.current
    if screen is not None and screen.keeps_hold:
        screen._guard.let_go()
        screen.keeps_hold = False


def heard_until_killed(sound, folder, settings_file) -> float:
    """Let a witness answer in a process of its own, kill it in the second answer; return how much of that it heard."""
    heard = 0.0
    with subprocess.Popen(
        [sys.executable, "-m", "tests.journeys.alone_child", folder, settings_file],
        cwd=Path(__file__).parents[2],
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    ) as child:
        assert child.stdout.readline() == "ready\n"
        sound.play(VOICE)
        for line in child.stdout:
            heard = float(line)
            if heard >= HEARD_SECONDS:
                break
        child.send_signal(signal.SIGKILL)
    sound.hush()
    return heard


def samples_of(vault, recording):
    """Return the sound of a recording."""
    reader = playback.open_recording(vault, recording)
    try:
        return np.asarray(reader.read(recording.frames)).reshape(-1)
    finally:
        reader.close()


def test_a_laptop_that_was_handed_over(alone, places, sound):
    """The next start asks for the helper alone; with the passphrase the witness is at the question that was cut."""
    heard = heard_until_killed(sound, places.collector, places.folder / "settings.json")

    here = alone("settings.json")
    here.see("kiosk_helper_page")
    shown = here.desktop.screens.current.findChild(Words).said
    here.enter("kiosk_passphrase", PASSPHRASE)
    here.press("go_on")
    here.see("kiosk_prompt")
    screen = here.desktop.screens.current
    here.wait(lambda: screen._noticed == "back", "for the line that tells of the stop")
    mind, known = screen._witness.mind, screen._deposit.testimony
    place, questions = mind.place, [question.text for question in mind.questions]
    let_go(here)
    here.leave()
    vault = opened(places.collector)
    draft = vault.interviews.get(known)
    sounds = samples_of(vault.vault, draft.recordings[1])
    vault.close()

    assert heard >= HEARD_SECONDS
    assert not any(question in shown for question in questions)
    assert place.index == 1
    assert [take.state for take in draft.recordings] == [RecordingState.COMPLETE, RecordingState.INTERRUPTED]
    assert len(sounds) / RATE >= heard - LOST_AT_MOST_SECONDS
    assert recognised(VOICE, sounds) >= ENOUGH_SECONDS


def test_a_drop_box(alone, places, sound):
    """The box opens at once for whoever comes next; the archive has what was said before, to the last second."""
    box = places.folder / "box"
    archive = opened(places.archive)
    card = places.folder / "archive.card"
    founded = founding.found(box, card, clock=SystemClock(), number=archive.safety_number(), keys=3)
    archive.trust(box / "BOX.CRD", founded.safety_number)
    heard = heard_until_killed(sound, box, places.folder / "box.json")

    here = alone("box.json")
    here.see("kiosk_language")
    line = here.read("kiosk_line")
    archive.import_bundles([box / "out"])
    row = archive.vault.testimonies.rows(0, 2).rows[0]
    testimony = archive.catalogue.record(row.id)
    sounds = samples_of(archive.vault, testimony.recordings[-1])
    archive.close()

    assert heard >= HEARD_SECONDS
    assert settings.load(places.folder / "box.json").kiosk_vault == str(box)
    assert line
    assert len(testimony.recordings) == 2
    assert len(sounds) / RATE >= heard - LOST_AT_MOST_SECONDS
    assert recognised(VOICE, sounds) >= ENOUGH_SECONDS


def test_another_voice_is_not_taken_for_this_one():
    """What recognises a voice finds it whole, finds it cut and doubled, and finds nothing of it in another one."""
    voice = VOICE[: 4 * RATE, 0]
    stumbling = np.concatenate([voice[:50_000], voice[40_000:90_000], voice[:9_000] * 0, voice[100_000:]])

    assert recognised(voice, voice) == 4.0
    assert recognised(voice, stumbling) >= 2.0
    assert recognised(voice, synthetic.voice(4.0, RATE, seed=7)) == 0.0
    assert recognised(voice, voice[:100]) == 0.0
