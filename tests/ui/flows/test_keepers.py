# SPDX-License-Identifier: Apache-2.0
"""Keepers share a key on paper; only together do they learn a witness's name, which is shown once and logged."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from testimony_app.model.person import Identity
from testimony_app.safekeeping import sheet_words
from testimony_app.ui.archive.screen import ArchiveScreen, Shelves
from testimony_app.ui.identity.screen import Envelopes, IdentityScreen
from testimony_app.ui.identity.values import ShownIdentity
from testimony_app.ui.intake.screen import Listens
from testimony_app.ui.keepers.screen import Keepers, KeepersScreen
from tests.ui.flows.test_keys import give_sheet
from tests.ui.flows.test_sending import shown

NAME = "Parvin of the lantern"


@pytest.fixture
def stick(tmp_path):
    """Return a folder to write sheets to."""
    made = tmp_path / "stick"
    made.mkdir()
    return made


def made_keepers(house, stick):
    """Make the keepers' key through the screen; return the screen and the words of three sheets."""
    screen = house.shown(KeepersScreen(house.jobs, Keepers(house.archive.vault), lambda _p, _s: str(stick)))
    house.press(screen, "make_keepers")
    house.press(screen, "choose_sheets_folder")
    house.press(screen, "write_sheets")
    house.at(screen, "sheets_made_card")
    return screen, sheet_words.read_files(sorted(stick.glob("keepers-sheet-*.html")))


def delivered(house, identity):
    """Return the identifier of a testimony that came to the archive with its witness's identity."""
    here, there = house.collector, house.archive

    def send():
        draft = here.interviews.start()
        here.interviews.save_statement(draft.id, "The lantern stood by the well.", "eng")
        here.vault.testimonies.set_identity(draft.id, identity)
        here.sealing.seal(draft.id)
        there.import_bundles([here.vault.out])
        return draft.id

    house.trust_each_other()
    return house.on_vault(send)


def ceremony(house, testimony):
    """Return the ceremony for a testimony, once it is known whose envelope it is."""
    screen = house.shown(IdentityScreen(house.jobs, Envelopes(house.archive.vault), testimony))
    house.wait(lambda: bool(shown(screen, "identity_title")))
    return screen


def facts(screen):
    """Return what is shown of a witness."""
    page = screen.findChild(QWidget, "identity_page")
    labels = [one for one in page.findChildren(QLabel) if one.objectName().startswith("identity_fact")]
    return [one.text() for one in labels if one.isVisible()]


def events(house, testimony=""):
    """Return what the archive's log says of a testimony, or of itself."""
    return house.on_vault(lambda: [entry.event for entry in house.archive.vault.custody.entries(testimony)])


def test_keepers_sheets_are_made_and_then_proved(house, stick):
    """The card names the key; it counts as tried only after enough sheets were given."""
    screen, sheets = made_keepers(house, stick)
    keepers = Keepers(house.archive.vault)
    before = house.on_vault(keepers.standing)

    house.press(screen, "try_made_sheets")
    give_sheet(house, screen, sheets[2])
    assert not screen.findChild(QAbstractButton, "try_button").isEnabled()
    give_sheet(house, screen, sheets[0])
    house.press(screen, "try_button")
    house.at(screen, "keepers_page")

    after = house.on_vault(keepers.standing)
    assert (before.is_named, before.needed, before.sheets, before.is_tried) == (True, 2, 3, False)
    assert after.is_tried
    with house.qtbot.waitSignal(screen.go) as left:
        house.press(screen, "banner_action")
    assert left.args == ["add_card", None]


def test_replaced_keepers_can_prove_nothing_any_more(house, stick, tmp_path):
    """After a new key was made, the old sheets are refused beside the field and nothing counts as tried."""
    screen, sheets = made_keepers(house, stick)
    (tmp_path / "again").mkdir()
    made_again(house, tmp_path / "again")
    house.press(screen, "try_made_sheets")
    for words in sheets[:2]:
        give_sheet(house, screen, words)

    house.press(screen, "try_button")
    house.wait(lambda: bool(shown(screen, "sheet_wrong")))

    assert not house.on_vault(Keepers(house.archive.vault).standing).is_tried


def made_again(house, folder):
    """Make a second keepers' key in the place of the first, after one question."""
    screen = house.shown(KeepersScreen(house.jobs, Keepers(house.archive.vault), lambda _p, _s: str(folder)))
    house.press(screen, "renew_keepers")
    house.press(screen, "confirm_yes")
    house.press(screen, "choose_sheets_folder")
    house.press(screen, "write_sheets")
    house.at(screen, "sheets_made_card")
    return screen, sheet_words.read_files(sorted(folder.glob("keepers-sheet-*.html")))


def test_two_keepers_learn_the_name_and_one_does_not(house, stick):
    """The name is shown after enough sheets, and the log of the testimony says so; closing forgets it."""
    _screen, sheets = made_keepers(house, stick)
    testimony = delivered(house, Identity(names=(NAME,), contacts=("a neighbour",)))
    screen = ceremony(house, testimony)
    house.press(screen, "begin_identity")
    give_sheet(house, screen, sheets[1])
    may_open = screen.findChild(QAbstractButton, "open_envelope").isEnabled()
    give_sheet(house, screen, sheets[2])

    house.press(screen, "open_envelope")
    house.at(screen, "identity_page")
    seen, logged = facts(screen), events(house, testimony)
    with house.qtbot.waitSignal(screen.go) as left:
        house.press(screen, "close_identity")

    assert not may_open
    assert NAME in "".join(seen) and "a neighbour" in "".join(seen)
    assert logged[-1] == "identity_opened"
    assert left.args == ["home", testimony]
    assert facts(screen) == []
    assert screen._gathering.sheets == ()


def test_sheets_of_other_keepers_open_nothing(house, stick, tmp_path):
    """An envelope that is sealed to a later key stays closed, and the log says nothing."""
    _screen, sheets = made_keepers(house, stick)
    (tmp_path / "again").mkdir()
    made_again(house, tmp_path / "again")
    testimony = delivered(house, Identity(names=(NAME,)))
    screen = ceremony(house, testimony)
    house.press(screen, "begin_identity")
    for words in sheets[:2]:
        give_sheet(house, screen, words)

    house.press(screen, "open_envelope")
    house.wait(lambda: bool(shown(screen, "sheet_wrong")))

    assert "identity_opened" not in events(house, testimony)
    assert facts(screen) == []
    assert screen.may_leave()


def test_without_keepers_the_archive_opens_it_and_the_log_says_so(house):
    """No sheets are asked for; that the witness allowed it to nobody is said before."""
    testimony = delivered(house, Identity(names=(NAME,)))
    screen = ceremony(house, testimony)

    house.press(screen, "begin_identity")
    house.at(screen, "identity_page")
    with house.qtbot.waitSignal(screen.lock_wanted):
        house.press(screen, "lock_identity")

    assert events(house, testimony)[-1] == "identity_opened"
    assert facts(screen) == []


def test_the_detail_leads_to_the_envelope(house):
    """Beside a testimony that came with an identity there is one button, and it opens nothing by itself."""
    testimony = delivered(house, Identity(names=(NAME,)))
    here = house.archive
    screen = house.shown(
        ArchiveScreen(house.jobs, Shelves(here.vault, here.catalogue), Listens(here.vault), house.speaker, testimony)
    )

    with house.qtbot.waitSignal(screen.go, timeout=20_000) as left:
        house.press(screen, "open_identity")

    assert left.args == ["identity", testimony]
    assert "identity_opened" not in events(house, testimony)


def test_what_is_shown_of_a_witness_prints_nothing():
    """Not even a crash note could carry it."""
    assert NAME not in repr(ShownIdentity(names=(NAME,)))
