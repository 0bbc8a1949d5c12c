# SPDX-License-Identifier: Apache-2.0
"""An archive writes its interview guide; an interviewer takes it, and finds it beside the recorder."""

from __future__ import annotations

import soundfile
from PySide6.QtWidgets import QAbstractButton, QComboBox, QTextEdit

from testimony_app.audio import synthetic
from testimony_app.exchange import voices_file
from testimony_app.intake.voices import Voices
from testimony_app.ui.questions.screen import Questions, QuestionsScreen
from tests.ui.flows.test_interview import agreed, visible_text


def opened(house, workspace, folder=""):
    """Return the screen of a vault's guide, filled."""
    screen = house.shown(QuestionsScreen(house.jobs, Questions(workspace), lambda _parent, _start: str(folder)))
    house.wait(lambda: bool(visible_text(screen, "guide_whose")))
    return screen


def part(screen, name):
    """Return the text of one part."""
    return screen.findChild(QTextEdit, name)


def test_an_archives_question_stands_beside_the_recorder(house, tmp_path):
    """Written at the archive, carried on a stick, taken by the interviewer: the next interview offers it."""
    house.trust_each_other()
    archive = opened(house, house.archive, tmp_path)
    text = part(archive, "guide_events")
    text.setPlainText(text.toPlainText() + "\n\n# The strike\n> Take your time.\nWhat was it about?")
    house.press(archive, "guide_keep")
    house.wait(lambda: visible_text(archive, "guide_told").startswith("Kept"))
    house.press(archive, "guide_ship")
    house.wait(lambda: visible_text(archive, "guide_told").startswith("Written"))
    (file,) = tmp_path.glob("*.GDE")

    here = opened(house, house.collector)
    here.take(str(file))
    house.wait(lambda: visible_text(here, "guide_whose").startswith("The guide of"))
    assert "# The strike" in part(here, "guide_events").toPlainText()
    assert part(here, "guide_events").isReadOnly()

    interview = house.interview()
    agreed(house, interview)
    topics = [one.text() for one in interview.findChildren(QAbstractButton) if one.objectName().startswith("guide_top")]
    assert "The strike" in topics


def test_recorded_questions_are_taken_where_a_guide_is(house, tmp_path):
    """The same button takes the archive's voice; the page says whose it is, and the written guide stays."""
    house.trust_each_other()
    (tmp_path / "questions").mkdir()
    soundfile.write(tmp_path / "questions" / "place.wav", synthetic.voice(0.3, 16_000), 16_000, subtype="PCM_16")
    archive = house.archive.vault
    recorded = house.on_vault(lambda: Voices(archive).recorded(tmp_path / "questions", "fa"))
    file = house.on_vault(lambda: voices_file.write(archive, *recorded, tmp_path))

    here = opened(house, house.collector)
    here.take(str(file))
    house.wait(lambda: "reads the questions aloud" in visible_text(here, "guide_told"))

    assert "Archive" in visible_text(here, "guide_told")
    assert visible_text(here, "guide_whose").startswith("The guide that comes")
    assert set(house.on_vault(lambda: Voices(house.collector.vault).opens("fa"))) == {"place"}


def test_the_guide_of_the_program_comes_back_at_a_press(house):
    """An archive that goes back to the program's guide finds it whole."""
    archive = opened(house, house.archive)
    before = part(archive, "guide_opening").toPlainText()
    part(archive, "guide_opening").setPlainText("# Another beginning\nWho are you?")
    house.press(archive, "guide_keep")
    house.wait(lambda: visible_text(archive, "guide_whose").startswith("The guide of"))

    house.press(archive, "guide_built_in")
    house.wait(lambda: visible_text(archive, "guide_whose").startswith("The guide that comes"))

    assert part(archive, "guide_opening").toPlainText() == before


def test_each_language_has_a_guide_of_its_own(house):
    """Choosing a language shows its guide; what was written in another is not touched."""
    archive = opened(house, house.archive)
    box = archive.findChild(QComboBox, "guide_language")

    box.setCurrentIndex(box.findData("fa"))
    box.activated.emit(box.currentIndex())
    house.wait(lambda: any("\u0600" <= letter <= "\u06ff" for letter in part(archive, "guide_opening").toPlainText()))

    assert visible_text(archive, "guide_whose").startswith("The guide that comes")


def test_a_guide_that_would_end_in_the_hardest_part_is_refused(house):
    """Without a closing nothing is kept, and the screen says what is missing."""
    archive, said = opened(house, house.archive), []
    archive.noticed.connect(said.append)
    part(archive, "guide_closing").setPlainText("")

    house.press(archive, "guide_keep")
    house.wait(lambda: bool(said))

    assert "closing" in said[0].text + said[0].help_line
    assert house.on_vault(Questions(house.archive)._guides.own) is None
