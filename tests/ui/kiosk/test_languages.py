# SPDX-License-Identifier: Apache-2.0
"""Recording alone in every language that is offered: the longest words fit, and a draft says that it is one."""

from __future__ import annotations

from PySide6.QtCore import QSize
from PySide6.QtWidgets import QAbstractButton, QLabel, QScrollArea

from testimony_app.i18n.languages import LANGUAGES
from testimony_app.intake import script
from testimony_app.intake.kiosk import Place, Step
from testimony_app.model.consent import Answer
from tests.screens.kiosk import at
from tests.screenshots import in_window, settle


def longest(texts):
    """Return the place of the longest of some texts."""
    return max(range(len(texts)), key=lambda number: len(texts[number]))


def places(spoken):
    """Return the fullest page of each kind."""
    asked = [f"{one.title}\n{one.help}" for one in spoken.asked]
    return (
        Place(Step.WELCOME, 0),
        Place(Step.WELCOME, longest(spoken.parts)),
        Place(Step.CONSENT, longest(asked)),
        Place(Step.NOTE, longest([one.note for one in spoken.questions])),
        Place(Step.PROMPT, longest([one.text for one in spoken.questions])),
    )


def test_the_longest_words_of_every_language_fit_a_small_laptop(application, jobs, qtbot):
    """With the largest letters, on 1280 by 720, nothing that a witness must read is scrolled out of sight."""
    application.change(text_size=200)
    for language in script.languages():
        application.change(language=language)
        spoken = script.read(language)
        kiosk = at(Step.WELCOME)
        window = in_window(application, jobs, kiosk)
        qtbot.addWidget(window)
        window.resize(QSize(1280, 720))
        window.show()
        kiosk._witness.mind.answers = dict.fromkeys(spoken.purposes, Answer.YES)
        for place in places(spoken):
            kiosk._witness.mind.place = place
            kiosk.show_page()
            settle()
            areas = [area for area in window.findChildren(QScrollArea) if area.isVisible()]
            assert [area.verticalScrollBar().maximum() for area in areas] == [0] * len(areas), (language, place)
        window.hide()


def test_every_language_is_offered_and_a_draft_says_so_first(application, jobs, qtbot):
    """Each language stands in its own name, a draft with its own word; the first page of a draft says what counts."""
    kiosk = at(Step.LANGUAGE, is_telling=False)
    window = in_window(application, jobs, kiosk)
    qtbot.addWidget(window)
    window.show()

    for language in LANGUAGES:
        pressed = kiosk.findChild(QAbstractButton, f"language_{language.code}")
        assert language.own_name in pressed.text()
        assert language.draft in pressed.text()
        spoken = script.read(language.code)
        assert (spoken.parts[0] == spoken.consent.draft_note) is language.is_draft


def test_what_needs_explaining_is_not_asked_of_somebody_alone(application, jobs, qtbot):
    """Nine questions are put, and the words on the page are those of the purpose that is answered."""
    kiosk = at(Step.CONSENT)
    window = in_window(application, jobs, kiosk)
    qtbot.addWidget(window)
    window.show()

    shown = []
    for number, question in enumerate(kiosk._witness.script.asked):
        kiosk._witness.mind.place = Place(Step.CONSENT, number)
        kiosk.show_page()
        said = [one.text() for one in kiosk.findChildren(QLabel) if one.isVisible()]
        shown.append(question.title in said)
    assert shown == [True] * 9
