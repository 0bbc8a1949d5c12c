# SPDX-License-Identifier: Apache-2.0
"""With a witness in the room: states told without colour, nothing blinks, care at the end, nothing seen from afar."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PySide6.QtCore import QAbstractAnimation, QSize
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QDialog, QLabel, QWidget

from testimony_app.ui.intake.record_page import RecordPage
from testimony_app.ui.intake.recorder_panel import IDLE, PAUSED, RECORDING, RecorderPanel
from testimony_app.ui.intake.review_page import ReviewPage
from testimony_app.ui.kiosk import words
from testimony_app.ui.kiosk.parts import RoundButton
from testimony_app.ui.window import Window
from tests.screenshots import settle
from tests.ui.flows import samples
from tests.ui.flows.test_interview import visible_text

CODE = Path(__file__).parents[3] / "testimony_app"


def seen(widget):
    """Return everything that can be read on a widget."""
    words_of = [one.text() for one in widget.findChildren(QLabel) if one.isVisible()]
    return "\n".join(words_of + [one.text() for one in widget.findChildren(QAbstractButton) if one.isVisible()])


@pytest.fixture
def recorder(qtbot, application):
    """Return the recorder with a second of sound in it."""
    panel = RecorderPanel()
    qtbot.addWidget(panel)
    panel.resize(900, 800)
    panel.show()
    panel.show_state(RECORDING)
    panel.show_tick(samples.TICK)
    return panel


def test_each_state_of_the_recorder_has_words_of_its_own(recorder):
    """Whoever sees no colour reads it: the state in a word, and what the button would do now."""
    told = set()
    for state in (RECORDING, PAUSED, IDLE):
        recorder.show_state(state)
        offered = tuple(
            one.text() for one in recorder.findChildren(QAbstractButton) if one.isVisible() and one.objectName()
        )
        told.add((visible_text(recorder, "recorder_state"), offered))

    assert len({word for word, _offered in told}) == 3
    assert len({offered for _word, offered in told}) == 3


def test_each_sign_has_a_shape_of_its_own(qtbot, application):
    """Drawn in one and the same colour, record, pause, listen and wait can still be told apart."""
    drawn = []
    for sign in ("record", "pause", "play", "wait"):
        button = RoundButton("round")
        qtbot.addWidget(button)
        button.show_sign(sign, "action", "")
        drawn.append(button.grab().toImage().convertToFormat(QImage.Format.Format_Grayscale8))

    assert all(one != other for number, one in enumerate(drawn) for other in drawn[:number])


def test_nothing_blinks_while_somebody_speaks(qtbot, application):
    """Left alone, the page of a running recording looks the same a moment later, and nothing on it is animated."""
    page = RecordPage()
    qtbot.addWidget(page)
    page.resize(QSize(1200, 760))
    page.show()
    page.show_state(RECORDING)
    page.recorder.show_tick(samples.TICK)
    page.findChild(QAbstractButton, "finish_button").setFocus()
    settle()

    before = page.grab().toImage()
    qtbot.wait(600)

    assert page.grab().toImage() == before
    assert not page.findChildren(QAbstractAnimation)


def test_an_interview_ends_with_care_for_both(qtbot, application):
    """After the seal: how the witness is, who is there tonight, what may come, whom to call, and the listener too."""
    page = ReviewPage()
    qtbot.addWidget(page)
    page.resize(900, 1400)
    page.show()
    page.show_review(samples.review())
    page.show_sealed(samples.CODE, keeps_copy=False)

    told = seen(page)

    for part in ("how the witness is now", "tonight", "bad dreams are normal", "Whoever listened"):
        assert part in told
    assert samples.CONTACTS[0].reach in told
    assert "bad dreams are normal" in words.after().body
    assert "Thank you" in words.after().heading


def test_nothing_tells_the_subject_from_across_the_room(house, application, qtbot):
    """Whatever is typed and wherever one goes, window and task list say the program's name and nothing else."""
    screen = house.interview()
    window = Window(application, house.jobs)
    qtbot.addWidget(window)
    window.show_screen(screen)
    window.show()
    house.type_in(screen, "pseudonym", "Simorgh")
    titles = set()
    for step in ("consent", "people", "review", "witness"):
        screen.enter(step)
        house.at(screen, f"{step}_page")
        titles |= {one.windowTitle() for one in (window, *window.findChildren(QDialog))}
        titles |= {window.windowIconText(), window.windowFilePath(), window.windowRole()}

    assert titles <= {"Govah", ""}
    assert "Simorgh" not in "".join(titles) + window.accessibleName()
    assert screen.title.startswith("T-")


def test_no_list_of_recent_files_is_kept_anywhere():
    """No window sets a file's path, nothing tells the system of a document, and Qt's own settings lead nowhere."""
    code = {file.name: file.read_text(encoding="utf-8") for file in sorted(CODE.rglob("*.py"))}
    telling = re.compile(r"setWindowFilePath|addRecentDocument|RecentDocs|recently-used")

    assert [name for name, text in code.items() if telling.search(text)] == []
    assert [name for name, text in code.items() if "QSettings" in text] == ["application.py"]
    assert (
        "QSettings.setPath(QSettings.Format.NativeFormat, QSettings.Scope.UserScope, os.devnull)"
        in code["application.py"]
    )


def test_the_page_that_hides_shows_none_of_the_words_before(house):
    """Hidden, an interview leaves nothing of its words on the screen."""
    screen = house.interview()
    house.type_in(screen, "pseudonym", "Simorgh")
    screen.enter("people")
    house.at(screen, "people_page")

    screen._around.breaks.hide()
    house.at(screen, "break_page")

    assert "Simorgh" not in seen(screen)
    assert not screen.findChild(QWidget, "people_page").isVisible()
