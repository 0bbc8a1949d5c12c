# SPDX-License-Identifier: Apache-2.0
"""Pages alone: values in, acts out, no vault."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QShortcut
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from testimony_app.intake import consent
from testimony_app.model.consent import Answer
from testimony_app.model.person import Participant
from testimony_app.model.testimony import State
from testimony_app.ui import wording
from testimony_app.ui.archive.filters_bar import FiltersBar
from testimony_app.ui.archive.player import Player
from testimony_app.ui.archive.snippet_marks import marked_spans
from testimony_app.ui.archive.values import Filters
from testimony_app.ui.home.home_page import HomePage
from testimony_app.ui.intake.consent_page import ConsentPage
from testimony_app.ui.intake.language_picker import LanguagePicker
from testimony_app.ui.intake.people_page import PeoplePage
from testimony_app.ui.intake.recorder_panel import IDLE, PAUSED, RECORDING, RecorderPanel
from testimony_app.ui.intake.review_page import ReviewPage
from testimony_app.ui.intake.values import ConsentAnswers, Tick
from testimony_app.ui.intake.witness_page import WitnessPage
from testimony_app.ui.places_list import PlacesList
from testimony_app.ui.receive.findings_page import FindingsPage
from testimony_app.ui.receive.values import Report
from testimony_app.ui.widgets.table import Table
from tests.ui.flows import samples


@pytest.fixture
def shown(qtbot, application):
    """Return a function that shows a page."""

    def show(page):
        qtbot.addWidget(page)
        page.resize(1200, 700)
        page.show()
        return page

    return show


def button(page, name):
    """Return the button of a name."""
    return page.findChild(QAbstractButton, name)


def label(page, name):
    """Return the words of the label of a name."""
    return page.findChild(QLabel, name).text()


def test_no_answer_is_chosen_for_the_witness(shown):
    """A consent page begins with nothing chosen; pressing a chosen answer again takes it back."""
    page = shown(ConsentPage())
    page.show_languages(("en",), "en")
    page.show_text(consent.text("en"), ConsentAnswers({}))
    before = page.answers().answers

    button(page, "consent_yes_P1").click()
    button(page, "consent_no_P1").click()
    after = page.answers().answers
    button(page, "consent_no_P1").click()

    assert before == {}
    assert after == {"P1": Answer.NO}
    assert page.answers().answers == {}


def test_a_witness_comes_out_as_it_went_in(shown):
    """What the page is shown is what it gives back, with what it doesn't show kept."""
    page = shown(WitnessPage())

    page.show_witness(samples.WITNESS)

    assert page.form() == samples.WITNESS


def test_people_present_are_added_and_taken_away(shown, qtbot):
    """One more person is present, then the first one is not."""
    page = shown(WitnessPage())
    page.show_witness(samples.WITNESS)

    button(page, "add_present").click()
    qtbot.keyClicks(page.findChild(QLineEdit, "present_name_3"), "M.")
    button(page, "present_remove_1").click()

    assert page.form().session.participants == (Participant("interpreter", "N."), Participant("support", "M."))


def test_languages_stand_in_the_order_they_were_pressed(shown):
    """The first language pressed is the first of the testimony."""
    picker = shown(LanguagePicker())

    for code in ("ckb", "pes", "azb"):
        button(picker, f"language_{code}").click()
    button(picker, "language_pes").click()

    assert picker.languages() == ("ckb", "azb")


def test_a_name_in_two_scripts_is_one_person(shown, qtbot):
    """Both spellings of a name, parted by a comma, make one person; Enter adds and empties the field."""
    page = shown(PeoplePage())
    name = page.findChild(QLineEdit, "person_name")

    qtbot.keyClicks(name, "Bahar, Bahareh")
    qtbot.keyClick(name, Qt.Key.Key_Return)

    assert [person.names for person in page.people()] == [("Bahar", "Bahareh")]
    assert name.text() == ""


def test_a_name_left_in_the_field_is_not_lost(shown, qtbot):
    """Going on enters what stands in the fields."""
    page = shown(PeoplePage())
    qtbot.keyClicks(page.findChild(QLineEdit, "person_name"), "Nasrin")
    qtbot.keyClicks(page.findChild(QLineEdit, "place_name"), "Evin")

    page.flush()

    assert [person.names for person in page.people()] == [("Nasrin",)]
    assert [place.names for place in page.places()] == [("Evin",)]


def test_a_said_date_is_kept_as_said_with_the_days_it_can_mean(shown, qtbot):
    """The words stay; beside them stand the days they can mean, in the calendar they were said in."""
    page = shown(PeoplePage())
    qtbot.keyClicks(page.findChild(QLineEdit, "person_name"), "Nasrin")
    qtbot.keyClicks(page.findChild(QLineEdit, "person_date"), "summer 1367")

    page.flush()

    (person,) = page.people()
    assert person.date_as_said == "summer 1367"
    assert (person.earliest[:4], person.latest[:4]) == ("1988", "1988")
    assert person.calendar


def test_changing_a_person_keeps_who_it_is(shown):
    """A correction keeps the person's id and what the page doesn't show."""
    page = shown(PeoplePage())
    page.show_people(samples.people(), ())
    page.findChild(Table, "people").selectRow(1)

    button(page, "change_person").click()
    page.findChild(QLineEdit, "person_place").setText("Gohardasht")
    button(page, "add_person").click()

    assert [person.id for person in page.people()] == ["p1", "p2"]
    assert page.people()[1].place == "Gohardasht"


@pytest.mark.parametrize(
    ("state", "words", "seen"),
    [
        (IDLE, "Nothing is being recorded", {"record_button"}),
        (RECORDING, "Recording", {"pause_button", "finish_button", "mark_button"}),
        (PAUSED, "Paused", {"pause_button", "finish_button", "mark_button"}),
    ],
)
def test_each_state_of_the_recorder_is_a_word(shown, state, words, seen):
    """The state is said in a word, never by colour alone, and only fitting buttons are there."""
    panel = shown(RecorderPanel())

    panel.show_state(state)

    names = ("record_button", "pause_button", "finish_button", "mark_button")
    assert label(panel, "recorder_state") == words
    assert {name for name in names if button(panel, name).isVisible()} == seen


def test_advice_is_a_sentence(shown):
    """Too quiet is said with what to do about it."""
    panel = shown(RecorderPanel())
    panel.show_state(RECORDING)

    panel.show_tick(Tick(3.0, 0.4, -50.0, -45.0, advice="too-quiet"))

    assert label(panel, "advice") == "Too quiet: move the microphone closer"


def test_what_is_open_leads_to_its_step(shown, qtbot):
    """A missing point has a button that leads to the step where it can be filled in."""
    page = shown(ReviewPage())
    page.show_review(samples.review())

    with qtbot.waitSignal(page.step_wanted) as told:
        button(page, "missing_teach_back").click()

    assert told.args == ["consent"]


def test_the_erasing_button_never_has_the_focus_first(shown):
    """Enter on the review seals or does nothing; it never erases."""
    page = shown(ReviewPage())

    page.show_review(samples.review())

    assert not button(page, "erase_button").hasFocus()


def test_a_sealed_testimony_is_not_opened_from_home(shown, qtbot):
    """Only a draft can be opened; what is sealed shows its code and nothing more."""
    page = shown(HomePage())
    page.show_page(samples.COLLECTED, waiting=2, has_archive=True)

    with qtbot.assertNotEmitted(page.opened):
        page.findChild(Table, "testimonies").opened.emit(samples.CODE)
    with qtbot.waitSignal(page.opened) as told:
        page.findChild(Table, "testimonies").opened.emit("T-8WRE-44")

    assert told.args == ["T-8WRE-44"]


def test_the_card_is_asked_for_only_while_it_is_missing(shown):
    """The third card is there until an archive is trusted."""
    page = shown(HomePage())

    page.show_page(samples.NOTHING, waiting=0, has_archive=False)
    was_asked = button(page, "add_card").isVisible()
    page.show_page(samples.NOTHING, waiting=0, has_archive=True)

    assert was_asked
    assert not button(page, "add_card").isVisible()


def test_the_worst_stands_first_in_the_report(shown):
    """What is damaged is read before what is safe."""
    page = shown(FindingsPage())

    page.show_report(samples.report())

    model = page.findChild(Table, "findings").model()
    assert [model.index(number, 0).data() for number in range(6)] == [
        "Damaged",
        "Unknown signer",
        "Verified",
        "Verified",
        "Verified",
        "Verified",
    ]
    assert label(page, "report_title") == "4 of 6 bundles are safely in the archive"


def test_the_report_says_what_to_look_after(shown):
    """What is damaged says what to do; a good bundle with a warning says what was noticed; who signed stands below."""
    page = shown(FindingsPage())

    page.show_report(samples.report())

    assert "changed after it was sealed" in label(page, "care_told_1") and label(page, "care_next_1")
    assert "Interviewer 2" in label(page, "care_signer_1") and "3f9a 52d0 7c41 be88" in label(page, "care_signer_1")
    assert "nobody has compared" in label(page, "care_signer_2") and "decide" in label(page, "care_next_2")
    assert label(page, "care_warning_3").startswith("Two bundles of this sender have the same number")
    assert not page.findChild(QWidget, "care_4")


def test_a_report_without_cares_shows_none(shown):
    """When everything is safe there is nothing below the table but the receipts."""
    page = shown(FindingsPage())
    lines = tuple(line for line in samples.report().lines if line.outcome in ("imported", "duplicate"))[:3]

    page.show_report(Report("BLUE-3", lines, 3))

    assert not page.findChild(QWidget, "care_list").isVisible()


def test_one_stick_is_chosen_by_itself(shown):
    """With a single stick there is nothing to choose; when it goes, nothing is chosen."""
    places = shown(PlacesList())

    places.show_sticks((samples.STICK,))
    chosen = places.place()
    places.show_sticks(())

    assert chosen == samples.STICK
    assert places.place() is None


def test_a_filter_pressed_twice_is_taken_off(shown, qtbot):
    """Pressing a state narrows the list, pressing it again widens it."""
    bar = shown(FiltersBar())
    bar.show_counts(samples.COUNTS)
    told = []
    bar.chosen.connect(told.append)

    button(bar, "filter_to_review").click()
    button(bar, "filter_language_pes").click()
    button(bar, "filter_to_review").click()

    assert told == [Filters(State.TO_REVIEW), Filters(State.TO_REVIEW, "pes"), Filters(None, "pes")]


def test_the_player_s_speed_follows_its_keys(shown):
    """The speed is stepped through by single keys, and stops at both ends."""
    player = shown(Player())
    player.show_takes(samples.TAKES)
    asked = []
    player.speed_wanted.connect(asked.append)

    keys = {shortcut.key().toString(): shortcut.activated for shortcut in player.findChildren(QShortcut)}

    for key in ("F10", "F10", "F10", "F10", "F9", "F9"):
        keys[key].emit()

    assert asked == [1.25, 1.5, 2.0, 1.5, 1.25]


def test_the_player_asks_before_it_plays(shown, qtbot):
    """The first press opens the recording; once it is open a press pauses."""
    player = shown(Player())
    player.show_takes(samples.TAKES)

    with qtbot.waitSignal(player.play_wanted) as told:
        button(player, "play_button").click()
    player.show_opened("r1", samples.PEAKS)
    with qtbot.waitSignal(player.toggle_wanted):
        button(player, "play_button").click()

    assert told.args == ["r1"]


def test_marks_are_counted_as_qt_counts():
    """A letter outside the first plane counts twice, so that the mark sits on the right word."""
    text, spans = marked_spans("\N{GRINNING FACE} \x02word\x03 and \x02more\x03")

    assert text == "\N{GRINNING FACE} word and more"
    assert spans == [(3, 4), (12, 4)]


def test_an_unclosed_mark_marks_nothing():
    """A snippet cut in the middle of a match is shown as plain text."""
    assert marked_spans("a \x02cut") == ("a cut", [])


def test_names_keep_their_own_direction():
    """A name inside a sentence stands in an isolate."""
    assert wording.quoted("Sima") == "\N{FIRST STRONG ISOLATE}Sima\N{POP DIRECTIONAL ISOLATE}"
    assert wording.quoted("") == wording.DASH
