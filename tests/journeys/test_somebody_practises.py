# SPDX-License-Identifier: Apache-2.0
"""The whole job learned in practice: an interview with a generated voice goes to the practice archive, and is gone."""

from __future__ import annotations

import sys
import threading

import pytest

from testimony_app.clock import SystemClock
from testimony_app.desktop import Surroundings
from testimony_app.devices.practice_microphone import PracticeMicrophone
from testimony_app.model.bundle import Outcome
from testimony_app.practice.filling import fill
from testimony_app.practice.ground import Ground
from testimony_app.practice_desktop import PracticeDesktop, practice_drives
from tests.journeys.hands import Hands
from tests.journeys.walking import begin_recording, go_to_review, seal


class PractisingHands(Hands):
    """One person who practises."""

    def __init__(self, app, ground) -> None:
        """Start practice in a folder."""
        self.relaunched = []
        world = Surroundings(
            settings_file=ground.settings_file,
            restart=lambda *words: self.relaunched.append(words),
            microphone=PracticeMicrophone,
            drives=lambda: practice_drives(ground.stick),
        )
        hooks = sys.excepthook, threading.excepthook
        self.desktop = PracticeDesktop(app, ground, world)
        sys.excepthook, threading.excepthook = hooks
        self.desktop.start()


@pytest.fixture
def practise(qapp):
    """Return what sits down to practise; all are closed afterwards."""
    sitting = []

    def sit_down(ground):
        sitting.append(PractisingHands(qapp, ground))
        return sitting[-1]

    yield sit_down
    for one in sitting:
        one.leave()


def heard(hands):
    """Return how many seconds of voice were recorded so far."""
    progress = hands.desktop.recording.progress
    return progress.seconds if progress is not None else 0.0


def test_the_whole_job_can_be_learned(practise, tmp_path):
    """Interviewed, sealed, exported; as the archive imported from the same stick; left, and nothing stays."""
    ground = Ground.make(tmp_path)
    fill(ground, "en", SystemClock())
    interviewer = practise(ground)
    interviewer.press("practice_collect")
    interviewer.wait(lambda: interviewer.screen == "home", "for home")
    begin_recording(interviewer, "Moon")
    interviewer.wait(lambda: heard(interviewer) > 1.0, "for a second of voice")
    go_to_review(interviewer)
    code = seal(interviewer)
    interviewer.press("export")
    interviewer.press("export_button")
    interviewer.see("safe_to_remove")
    interviewer.press("practice_role")
    assert interviewer.relaunched == [("--practice", str(ground.folder))]

    archive = practise(Ground.take(ground.folder, tmp_path))
    archive.press("practice_archive")
    archive.wait(lambda: archive.screen == "home", "for the archive's home")
    archive.press("import_bundles")
    archive.press("import_button")
    archive.press("write_receipts")
    archive.wait(lambda: list(ground.stick.glob("*.RCP")), "for a receipt")
    findings = archive.desktop.screens.current._findings
    archive.press("practice_leave")
    archive.press("confirm_yes")

    assert code.strip("\N{LEFT-TO-RIGHT ISOLATE}\N{POP DIRECTIONAL ISOLATE}") in {one.code for one in findings}
    assert {one.outcome for one in findings} == {Outcome.IMPORTED}
    assert archive.relaunched == [()]
    assert list(tmp_path.iterdir()) == []
