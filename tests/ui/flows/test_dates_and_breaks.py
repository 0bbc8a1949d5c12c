# SPDX-License-Identifier: Apache-2.0
"""Dates as they were said, a break that asks nothing, somebody who comes in, and the rest of a consent."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QCalendarWidget, QCheckBox, QComboBox, QDateEdit, QLabel, QLineEdit, QWidget

from testimony_app.model.consent import current
from testimony_app.ui.intake.date_entry import DateEntry
from testimony_app.ui.widgets.level_meter import LevelMeter
from tests.ui.flows.test_interview import agreed, visible_text
from tests.ui.flows.test_recorder import choose, recording


@pytest.fixture
def entry(qtbot):
    """Return an empty entry of a date."""
    made = DateEntry()
    qtbot.addWidget(made)
    return made


def typed(entry, **boxes):
    """Write into the boxes."""
    for name, text in boxes.items():
        entry.findChild(QLineEdit, f"date_{name}").setText(text)


def in_calendar(entry, name):
    """Choose a calendar."""
    choice = entry.findChild(QComboBox, "date_calendar")
    choice.setCurrentIndex(choice.findData(name))


@pytest.mark.parametrize(
    ("calendar", "boxes", "first", "last"),
    [
        ("solar_hijri", {"year": "1367"}, "1988-03-21", "1989-03-20"),
        ("solar_hijri", {"year": "\u06f1\u06f3\u06f6\u06f7", "month": "\u06f5"}, "1988-07-23", "1988-08-22"),
        ("solar_hijri", {"year": "67", "month": "5", "day": "10"}, "1988-08-01", "1988-08-01"),
        ("gregorian", {"year": "1988", "month": "8"}, "1988-08-01", "1988-08-31"),
        ("imperial_1976_78", {"year": "2536"}, "1977-03-21", "1978-03-20"),
    ],
)
def test_each_box_may_stay_empty(entry, calendar, boxes, first, last):
    """A year alone is a date; a month makes it narrower; digits of either kind count."""
    in_calendar(entry, calendar)
    typed(entry, **boxes)

    said = entry.date()

    assert (said.earliest, said.latest, said.calendar) == (first, last, calendar)


def test_about_is_kept_with_what_was_said(entry):
    """What comes back into the boxes later is the same date, in the same calendar, still about."""
    in_calendar(entry, "lunar_hijri")
    typed(entry, year="1408", month="12")
    entry.findChild(QCheckBox, "date_about").setChecked(True)
    said = entry.date()

    entry.show_date(said.as_said, "", said.calendar)

    assert entry.date() == said
    assert said.qualifier in {"approximate", "both"}


def test_words_come_first_and_both_calendars_are_shown(entry):
    """Beside the words stands how they are read, in both calendars."""
    entry.findChild(QLineEdit, "person_date").setText("Mordad 1367")

    told = entry.findChild(QLabel, "date_read").text()

    assert entry.date().as_said == "Mordad 1367"
    assert "Mordad 1367" in told
    assert "August 1988" in told


def test_what_no_calendar_has_is_still_kept(entry):
    """The 40th of a month is written down as it was said, and no day is read from it."""
    typed(entry, year="1367", month="5", day="40")

    said = entry.date()

    assert (said.as_said, said.earliest, said.is_understood) == ("1367/5/40", "", False)


@pytest.mark.parametrize("why", ["unknown", "declined", "not_asked"])
def test_three_ways_of_having_no_date(entry, why):
    """Unknown, not wanting to say, and not asked are kept apart; a date that was said outweighs them."""
    entry.show_date("", why)
    assert entry.missing() == why

    entry.findChild(QLineEdit, "person_date").setText("summer 1367")
    assert entry.missing() == ""


def test_no_calendar_pops_up(entry):
    """There is no grid of days to be lost in."""
    assert not entry.findChildren(QCalendarWidget)
    assert not entry.findChildren(QDateEdit)


def test_a_break_pauses_shows_a_quiet_page_and_asks_nothing(house):
    """No timer and no meter are seen; how long it has been is told to whoever asks; then the recorder stands paused."""
    screen = house.interview()
    agreed(house, screen)
    recording(house, screen, 2)

    house.press(screen, "take_break")
    house.at(screen, "break_page")

    assert not [meter for meter in screen.findChildren(LevelMeter) if meter.isVisible()]
    assert visible_text(screen, "timer") == ""
    assert visible_text(screen, "break_how_long") == ""
    house.press(screen, "break_ask")
    assert visible_text(screen, "break_how_long")
    house.press(screen, "break_over")
    house.at(screen, "record_page")
    house.wait(lambda: visible_text(screen, "recorder_state") == "Paused")
    house.press(screen, "finish_button")
    house.wait(lambda: visible_text(screen, "recorder_state") == "Nothing is being recorded")
    house.rest()
    draft = house.on_vault(lambda: house.collector.interviews.by_code(screen.title))
    assert [note.kind for note in draft.notes] == ["break", "break_over"]


def test_somebody_who_comes_in_sees_nothing(house, qtbot):
    """One key hides the page at once, pauses, and asks for the cover that only the passphrase lifts."""
    screen = house.interview()
    agreed(house, screen)
    recording(house, screen, 2)

    with qtbot.waitSignal(screen.hide_wanted, timeout=20_000):
        qtbot.keyClick(screen.findChild(QWidget, "record_page"), Qt.Key.Key_F12)
        if not screen.findChild(QWidget, "break_page").isVisible():
            house.press(screen, "someone_came_in")

    assert not screen.findChild(QWidget, "record_page").isVisible()
    house.press(screen, "break_over")
    house.press(screen, "finish_button")
    house.wait(lambda: visible_text(screen, "recorder_state") == "Nothing is being recorded")


def test_the_rest_of_a_consent_is_kept(house):
    """From when on, who decides, and whether a card was given, go into the act of consent."""
    screen = house.interview()
    house.type_in(screen, "pseudonym", "Sima")
    house.press(screen, "language_pes")
    house.press(screen, "next_step")
    house.press(screen, "consent_yes_P1")
    choose(screen, "release", "after_my_death")
    screen.findChild(QComboBox, "release").activated.emit(0)
    choose(screen, "consent_capacity", "self_with_support")
    choose(screen, "consent_card", "none")
    house.press(screen, "next_step")
    assert visible_text(screen, "release_message")
    house.type_in(screen, "release_year", "2040")
    house.press(screen, "next_step")
    house.at(screen, "record_page")

    draft = house.on_vault(lambda: house.collector.interviews.by_code(screen.title))
    (act,) = draft.consent
    assert (act.release, act.review_year, act.capacity, act.card) == (
        "after_my_death",
        2040,
        "self_with_support",
        "none",
    )
    assert current(draft.consent).review_year == 2040
