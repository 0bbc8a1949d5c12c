# SPDX-License-Identifier: Apache-2.0
"""A witness changes her mind, with a mouse: at the laptop that sealed, and at the archive."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QComboBox, QLineEdit

from testimony_app.model.consent import LIFTED, Answer, ConsentKind, current
from testimony_app.model.testimony import State
from testimony_app.ui.amend.screen import AmendScreen, Wishes
from testimony_app.ui.archive.screen import ArchiveScreen, Shelves
from testimony_app.ui.intake.screen import Listens
from testimony_app.ui.release_field import ReleaseField
from testimony_app.ui.widgets.confirm import ConfirmSheet
from tests.ui.flows.test_around_an_interview import choose
from tests.ui.flows.test_sending import exported, imported, sealed_testimony, shown


def pressed(screen, name):
    """Press a button by its name."""
    screen.findChild(QAbstractButton, name).click()


def amending(house, workspace, code):
    """Return the page for a changed mind."""
    row = house.on_vault(lambda: workspace.interviews.by_code(code))
    screen = house.shown(AmendScreen(house.jobs, Wishes(workspace), row.id))
    house.wait(lambda: screen.findChild(QAbstractButton, "consent_no_P1") is not None)
    return screen


def said_yes(house, screen):
    """Answer the question before something is withdrawn."""
    house.wait(lambda: screen.findChild(ConfirmSheet) is not None)
    screen.findChild(ConfirmSheet).yes_button.click()


def test_a_withdrawal_reaches_the_archive_and_is_shown_there(house, tmp_path):
    """Pressed at the laptop, carried on a stick, the archive shows it closed and may destroy it."""
    house.trust_each_other()
    code = sealed_testimony(house)
    stick = tmp_path / "stick"
    stick.mkdir()
    exported(house, stick)
    imported(house, stick)

    screen = amending(house, house.collector, code)
    pressed(screen, "withdraw_everything")
    said_yes(house, screen)
    house.wait(lambda: bool(shown(screen, "amend_done")))
    exported(house, stick)
    imported(house, stick)

    vault = house.archive.vault
    page = house.shown(
        ArchiveScreen(house.jobs, Shelves(vault, house.archive.catalogue), Listens(vault), house.speaker)
    )
    known = house.on_vault(lambda: vault.testimonies.by_code(code))
    assert known.state is State.WITHDRAWN
    page._open(known.id)
    house.wait(lambda: bool(shown(page, "access_level")))
    assert shown(page, "access_level").startswith("Closed")
    assert "Consent withdrawn" in shown(page, "consent_acts")
    pressed(page, "destroy_testimony")
    said_yes(house, page)
    house.wait(lambda: house.on_vault(lambda: vault.testimonies.rows().total) == 0)


def test_single_answers_are_changed_and_the_rest_is_left(house):
    """What is not touched stays; nothing chosen writes nothing."""
    house.trust_each_other()
    code = sealed_testimony(house)
    screen = amending(house, house.collector, code)

    pressed(screen, "write_change")
    assert shown(screen, "amend_message")
    pressed(screen, "consent_no_P5")
    wish = screen._page.wish()
    pressed(screen, "write_change")
    house.wait(lambda: bool(shown(screen, "amend_done")))

    assert wish.answers == {"P5": Answer.NO}
    assert (wish.identity_level, wish.release) == ("", "")
    known = house.on_vault(lambda: house.collector.interviews.by_code(code))
    sent = house.on_vault(lambda: house.collector.vault.bundles.of_consent(known.id))
    assert len(sent) == 1


def test_a_release_that_waits_for_an_event_needs_a_year_to_look_again(qtbot):
    """Nothing but a year comes true by itself; Solar Hijri and Persian digits are read as well."""
    field = ReleaseField()
    qtbot.addWidget(field)
    choice, year = field.findChild(QComboBox, "release"), field.findChild(QLineEdit, "release_year")
    choice.setCurrentIndex(choice.findData("after_event:"))
    choice.activated.emit(choice.currentIndex())
    field.findChild(QLineEdit, "release_named").setText("the archive opens")

    assert field.release() is None
    year.setText("\u06f1\u06f4\u06f2\u06f0")
    assert field.release() == ("after_event:the archive opens", 2041)
    year.setText("2041")
    assert field.release() == ("after_event:the archive opens", 2041)
    year.setText("soon")
    assert field.release() is None
    choice.setCurrentIndex(choice.findData("date:"))
    year.setText("2050")
    assert field.release() == ("date:2050", None)


def test_a_condition_is_shown_as_it_was_said(qtbot):
    """What was kept comes back into the field."""
    for said in (("now", None), ("date:2040", None), ("after_my_death", 2035), ("after_death_of:K", 2035)):
        field = ReleaseField()
        qtbot.addWidget(field)
        field.show_release(*said)

        assert field.release() == said


def test_somebody_who_is_named_objects_and_is_heard_at_once(house):
    """At the archive an objection holds from now on, and can be written down as over; nobody's name is asked for."""
    house.trust_each_other()
    code, stick = sealed_testimony(house), house.folder / "stick"
    stick.mkdir()
    exported(house, stick)
    imported(house, stick)
    screen = amending(house, house.archive, code)
    house.type_in(screen, "objection_note", "wants the family left out")

    pressed(screen, "write_objection")
    house.wait(lambda: bool(shown(screen, "amend_done")))
    again = amending(house, house.archive, code)
    is_open = shown(again, "objections_open")
    pressed(again, "lift_objection")
    house.wait(lambda: bool(shown(again, "amend_done")))

    acts = house.on_vault(lambda: house.archive.vault.testimonies.by_code(code)).consent[1:]
    assert is_open
    assert [(act.kind, act.given_by, act.wish) for act in acts] == [
        (ConsentKind.OBJECTION, "third_party", ""),
        (ConsentKind.OBJECTION, "third_party", LIFTED),
    ]
    assert acts[0].note == "wants the family left out"
    assert current(acts).objections == 0


def test_somebody_may_decide_later_in_the_place_of_the_witness(house):
    """A proxy is written down by how they are related, and what a guardian says is a guardian's act."""
    house.trust_each_other()
    screen = house.interview()
    house.type_in(screen, "pseudonym", "Sima")
    screen.enter("consent")
    house.at(screen, "consent_page")
    code = screen.title
    wishes = amending(house, house.collector, code)
    house.type_in(wishes, "proxy_note", "her daughter")
    pressed(wishes, "write_proxy")
    house.wait(lambda: bool(shown(wishes, "amend_done")))

    again = amending(house, house.collector, code)
    choose(again, "amend_speaker", "guardian")
    pressed(again, "consent_no_P5")
    pressed(again, "write_change")
    house.wait(lambda: bool(shown(again, "amend_done")))

    acts = house.on_vault(lambda: house.collector.interviews.by_code(code)).consent
    assert [(act.kind, act.given_by, act.note) for act in acts] == [
        (ConsentKind.PROXY, "witness", "her daughter"),
        (ConsentKind.PARTIAL_WITHDRAWAL, "guardian", ""),
    ]
