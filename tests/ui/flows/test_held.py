# SPDX-License-Identifier: Apache-2.0
"""A stranger's bundle waits apart: taken in once the card was compared, or destroyed; then reviewed."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton

from testimony_app.exchange import trust
from testimony_app.model.testimony import State
from testimony_app.ui.archive.screen import ArchiveScreen, Shelves
from testimony_app.ui.held.screen import Held, HeldScreen
from testimony_app.ui.intake.screen import Listens
from tests.ui.flows.test_sending import exported, imported, lines, sealed_testimony, shown


def pin(here, there):
    """Let one vault trust another's card, compared."""
    card = trust.read_card(trust.write_card(there.vault))
    trust.pin(here.vault, card, card.safety_number)


@pytest.fixture
def stranger(house, tmp_path):
    """Return the report of an import from somebody whose card the archive doesn't know."""
    stick = tmp_path / "stick"
    stick.mkdir()
    house.on_vault(lambda: pin(house.collector, house.archive))
    sealed_testimony(house)
    exported(house, stick)
    return imported(house, stick)


@pytest.fixture
def held(house, stranger):
    """Return the page of what is held apart, once it was looked at."""
    screen = house.shown(HeldScreen(house.jobs, Held(house.archive.vault)))
    house.at(screen, "held_1")
    return screen


def rows(house):
    """Return what the archive holds."""
    return house.on_vault(lambda: house.archive.vault.testimonies.rows(0, 9).rows)


def test_the_report_leads_to_what_is_held_apart(house, stranger):
    """The row says that the signer is unknown, and a press on it or the button below leads on."""
    with house.qtbot.waitSignal(stranger.go) as left:
        house.press(stranger, "decide_held")

    assert lines(stranger) == ["Unknown signer"]
    assert left.args == ["held", None]
    assert rows(house) == ()


def test_a_stranger_s_bundle_is_taken_in_after_the_card_was_compared(house, held):
    """Before that it can't be; afterwards its fingerprint and number are shown, and it enters the archive."""
    was_offered = held.findChild(QAbstractButton, "take_1").isEnabled()
    house.on_vault(lambda: pin(house.archive, house.collector))

    held.arrived()
    house.wait(lambda: bool(shown(held, "held_number_1")))
    house.press(held, "take_1")
    house.wait(lambda: not Held(house.archive.vault).count())

    assert not was_offered
    assert [row.state for row in rows(house)] == [State.TO_REVIEW]


def test_a_stranger_s_bundle_is_destroyed_after_one_question(house, held):
    """The file is gone, and the log says that it was here."""
    house.press(held, "destroy_1")
    house.press(held, "confirm_yes")
    house.wait(lambda: not Held(house.archive.vault).count())

    assert house.on_vault(lambda: house.archive.vault.custody.knows("held_destroyed"))
    assert rows(house) == ()


def test_the_archive_says_that_something_is_held_apart(house, stranger):
    """Its first page has a notice that leads there."""
    vault = house.archive.vault
    shelves = Shelves(vault, house.archive.catalogue, None, Held(vault))
    screen = ArchiveScreen(house.jobs, shelves, Listens(vault), house.speaker)
    notices = []
    screen.noticed.connect(notices.append)
    house.shown(screen)
    house.wait(lambda: bool(notices))

    with house.qtbot.waitSignal(screen.go) as left:
        notices[0].acted.emit()

    assert left.args == ["held", None]


def test_a_reviewed_testimony_enters_the_catalogue(house, tmp_path):
    """The archivist has heard and read it, presses one button, and the state follows."""
    house.trust_each_other()
    code = sealed_testimony(house)
    exported(house, tmp_path)
    imported(house, tmp_path)
    vault = house.archive.vault
    identifier = house.on_vault(lambda: vault.testimonies.by_code(code).id)
    shelves = Shelves(vault, house.archive.catalogue)
    screen = house.shown(ArchiveScreen(house.jobs, shelves, Listens(vault), house.speaker, identifier))

    house.press(screen, "finish_review")
    house.wait(lambda: [row.state for row in rows(house)] == [State.CATALOGUED])
    house.wait(lambda: not screen.findChild(QAbstractButton, "finish_review").isVisible())

    assert shown(screen, "detail_code")
