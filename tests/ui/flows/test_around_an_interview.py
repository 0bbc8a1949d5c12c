# SPDX-License-Identifier: Apache-2.0
"""Round an interview: the talk before it, who is present, consent said again; over a real vault."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QComboBox, QLabel, QLineEdit, QWidget

from testimony_app.intake import consent
from testimony_app.model.consent import Answer, ConsentKind, current
from testimony_app.model.person import NamedPerson, Participant
from testimony_app.ui.intake.consent_page import ConsentPage
from testimony_app.ui.intake.people_page import PeoplePage
from testimony_app.ui.intake.risk_page import RiskPage
from testimony_app.ui.intake.values import ConsentAnswers
from testimony_app.ui.intake.witness_page import WitnessPage
from testimony_app.ui.widgets.banner import Banner
from tests.ui.flows import samples
from tests.ui.flows.test_interview import agreed, spoken


def choose(screen, name, value):
    """Choose in a list as a person would."""
    box = screen.findChild(QComboBox, name)
    box.setCurrentIndex(box.findData(value))
    box.activated.emit(box.currentIndex())


def draft_of(house, screen):
    """Return the draft as the vault has it."""
    house.rest()
    return house.on_vault(lambda: house.collector.interviews.by_code(screen.title))


def identity_of(house, screen):
    """Return who the witness is, as the vault has it."""
    draft = draft_of(house, screen)
    return house.on_vault(lambda: house.collector.interviews.identity(draft.id))


@pytest.fixture
def page(qtbot, application):
    """Return a function that shows a page."""

    def show(made):
        qtbot.addWidget(made)
        made.resize(1200, 760)
        made.show()
        return made

    return show


def test_postponing_is_the_first_choice(page):
    """Postponing stays in sight before going on, and is the main thing to do where something speaks for waiting."""
    shown = page(RiskPage())
    below = shown.findChild(QWidget, "risk_below")

    choose(shown, "risk_danger", "serious")

    assert below.geometry().bottom() <= shown.height()
    assert [below.layout().itemAt(place).widget() for place in (0, 2)] == [
        shown.findChild(QAbstractButton, f"decide_{decision}") for decision in ("postpone", "go")
    ]
    assert shown.findChild(QAbstractButton, "decide_postpone").property("weight") == "main"
    assert shown.findChild(QAbstractButton, "decide_go").property("weight") == "plain"
    assert shown.findChild(QLabel, "risk_advice").isVisible()


def test_going_on_against_advice_asks_why_beside_the_field(page, qtbot):
    """Without a word why nothing is decided; with one it goes on, because the person decides."""
    shown, told = page(RiskPage()), []
    shown.decided.connect(told.append)
    choose(shown, "risk_fitness", "doubt")

    shown.findChild(QAbstractButton, "decide_go").click()
    said = shown.findChild(QLabel, "risk_message").text()
    qtbot.keyClicks(shown.findChild(QLineEdit, "risk_reason"), "rested, asked twice")
    shown.findChild(QAbstractButton, "decide_go").click()

    assert said
    assert [(talk.decision, talk.reason) for talk in told] == [("go", "rested, asked twice")]


def test_what_was_talked_over_is_kept_with_the_name_and_a_name_typed_later_keeps_it(house):
    """The talk comes first; the real name written after it does not wipe it out."""
    screen = house.interview()
    house.press(screen, "risks_open")
    house.at(screen, "risk_page")
    house.type_in(screen, "risk_travel", "a journey in spring")
    house.press(screen, "decide_go")
    house.at(screen, "witness_page")
    house.press(screen, "identity_toggle")
    house.type_in(screen, "real_name", "A Real Name")
    house.type_in(screen, "guardian", "An aunt")
    screen.flush()

    identity = identity_of(house, screen)
    assert (identity.names, identity.guardian) == (("A Real Name",), "An aunt")
    assert identity.risks.said("travel") == "a journey in spring"
    assert "to go on" in screen.findChild(QLabel, "risks_decided").text()


def test_postponing_leads_home_and_keeps_the_draft(house, qtbot):
    """Another day is a good end: home, with what was said kept for then."""
    screen = house.interview()
    house.press(screen, "risks_open")
    house.at(screen, "risk_page")

    with qtbot.waitSignal(screen.go, timeout=20_000) as left:
        house.press(screen, "decide_postpone")

    assert left.args == ["home", None]
    assert identity_of(house, screen).risks.decision == "postpone"


def test_writing_only_leads_to_the_page_without_a_microphone(house):
    """Decided before, it holds when the recording step is reached."""
    screen = house.interview()
    house.press(screen, "risks_open")
    house.press(screen, "decide_write_only")
    house.at(screen, "witness_page")
    house.type_in(screen, "pseudonym", "Sima")
    house.press(screen, "language_pes")
    house.press(screen, "next_step")
    house.press(screen, "consent_yes_P1")
    house.press(screen, "next_step")

    house.at(screen, "write_page")


def test_the_meeting_comes_out_as_it_went_in(page):
    """Where, how exactly, who could hear, what was given, and whose side an interpreter is on."""
    shown = page(WitnessPage())
    shown.show_witness(samples.WITNESS)
    choose(shown, "place_precision", "town")
    shown.findChild(QAbstractButton, "session_more").click()
    choose(shown, "given", "costs")
    shown.findChild(QLineEdit, "meeting_number").setText("2")
    shown.findChild(QLineEdit, "present_note_2").setText("not related")

    session = shown.form().session
    assert (session.place, session.precision, session.given, session.meeting) == ("Berlin", "town", "costs", 2)
    assert session.participants[1] == Participant("interpreter", "N.", "not related")
    again = page(WitnessPage())
    again.show_witness(shown.form())
    assert again.form() == shown.form()


def test_no_place_is_written_where_none_may_be(page):
    """Whoever says that the place is not to be written down at all finds it gone."""
    shown = page(WitnessPage())
    shown.show_witness(samples.WITNESS)

    choose(shown, "place_precision", "none")

    assert shown.form().session.place == ""
    assert not shown.findChild(QLineEdit, "place").isEnabled()


def test_after_a_break_somebody_may_write_down_that_it_goes_on(house):
    """The reminder asks the listener, not the witness; one press is one more act of consent, that changes nothing."""
    screen, offered = house.interview(), []
    screen.noticed.connect(offered.append)
    agreed(house, screen)
    before = current(draft_of(house, screen).consent)
    house.press(screen, "take_break")
    house.press(screen, "break_over")
    house.at(screen, "record_page")

    (banner,) = offered
    assert isinstance(banner, Banner)
    banner.action_button.click()

    draft = draft_of(house, screen)
    assert [act.kind for act in draft.consent] == [ConsentKind.BEFORE, ConsentKind.AFTER_BREAK]
    assert current(draft.consent) == before


def test_a_consent_given_aloud_is_linked_to_its_recording(house):
    """Recorded as the spoken consent, the clip stands in an act of its own, apart from the telling."""
    screen = house.interview()
    agreed(house, screen)
    choose(screen, "clip_kind", "consent_statement")

    spoken(house, screen, seconds=1)

    code, interviews = screen.title, house.collector.interviews
    house.wait(lambda: len(house.on_vault(lambda: interviews.by_code(code)).consent) > 1)
    draft = draft_of(house, screen)
    assert draft.recordings[0].kind == "consent_statement"
    assert draft.consent[-1].spoken_clip == draft.recordings[0].id
    assert draft.consent[-1].kind is ConsentKind.ON_RECORD


def test_words_to_say_aloud_stand_where_consent_is_spoken(page):
    """In the witness's language, and only where the answers are given aloud."""
    shown = page(ConsentPage())
    shown.show_languages(consent.languages(), "de")
    text = consent.text("de")
    shown.show_text(text, ConsentAnswers({"P1": Answer.YES}))
    quiet = shown.findChild(QWidget, "consent_aloud").isVisible()

    choose(shown, "consent_how", "spoken")

    assert not quiet
    assert shown.findChild(QWidget, "consent_aloud").isVisible()
    assert shown.findChild(QLabel, "aloud_words").text() == text.aloud.title
    assert shown.findChild(QLabel, "consent_draft").text() == text.draft_note
    assert shown.findChild(QLabel, "teach_back").text() == text.check.title


def test_unknown_declined_and_not_asked_are_three_answers(page):
    """How something is known may be any of them; none is taken for the others, and each is shown in words."""
    for why in ("unknown", "declined", "not_asked"):
        shown = page(PeoplePage())
        shown.findChild(QLineEdit, "person_name").setText("Nasrin")
        choose(shown, "person_known", f"missing:{why}")
        shown.flush()
        (person,) = shown.people()
        assert dict(person.missing)["known_by"] == why
        assert person.known_by == ""

        again = page(PeoplePage())
        again.show_people((NamedPerson("p", ("Nasrin",), missing=(("known_by", why),)),), ())
        again.findChild(QWidget, "people").selectRow(0)
        again.findChild(QAbstractButton, "change_person").click()
        again.flush()
        assert dict(again.people()[0].missing)["known_by"] == why
