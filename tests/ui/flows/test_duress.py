# SPDX-License-Identifier: Apache-2.0
"""A passphrase for when somebody is made to give one: its limits first, then setting, then removing."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from testimony_app.crypto.passphrase import from_text
from testimony_app.crypto.secret import Secret
from testimony_app.i18n import limits
from testimony_app.safekeeping import duress
from testimony_app.ui.duress.screen import DuressScreen, Force
from testimony_app.ui.keys.screen import Keys, KeysScreen
from testimony_app.ui.widgets.confirm import ConfirmSheet
from testimony_app.vault.errors import WrongPassphrase
from testimony_app.workspace import open_workspace
from tests.ui.flows.conftest import PASSPHRASE
from tests.ui.flows.test_keys import WORDS
from tests.ui.flows.test_sending import shown

OTHER = "recipes"


@pytest.fixture
def screen(house):
    """Return the screen over the collector's vault, once it is known how it stands."""
    made = house.shown(DuressScreen(house.jobs, Force(house.collector, house.cost), lambda _p, _s: ""))
    house.wait(lambda: made.findChild(QAbstractButton, "duress_set") is not None)
    return made


def texts(screen):
    """Return everything that can be read now."""
    return "\n".join(one.text() for one in screen.findChildren(QLabel) if one.isVisible())


def fill_in(house, screen, words=WORDS):
    """Ask for a new vault beside this one."""
    house.press(screen, "duress_set")
    house.at(screen, "duress_setting")
    house.type_in(screen, "other_folder_name", OTHER)
    house.type_in(screen, "other_name", "Recipes")
    house.type_in(screen, "passphrase", words)
    house.type_in(screen, "passphrase_again", words)


def set_it(house, screen):
    """Set what was filled in, after the one question."""
    house.press(screen, "duress_confirm")
    house.press(screen, "confirm_yes")


def standing(house):
    """Return how it stands."""
    return house.on_vault(lambda: duress.standing(house.collector.vault))


def test_not_needing_it_comes_first_and_every_limit_is_read(house, screen):
    """The first sentence says so, the main button leaves, and all that it doesn't do stands on the page."""
    with house.qtbot.waitSignal(screen.back):
        house.press(screen, "duress_leave")

    assert shown(screen, "duress_first") == limits.duress(erases=False)[0]
    assert all(sentence in texts(screen) for sentence in limits.duress(erases=False))
    assert screen.findChild(QAbstractButton, "duress_leave").property("weight") == "main"
    assert screen.findChild(QAbstractButton, "duress_border").isVisible()


def test_it_opens_another_vault_that_is_made_at_once(house, screen):
    """Given here, its passphrase lands in the vault beside; this vault's own still opens this one."""
    fill_in(house, screen)
    set_it(house, screen)
    house.wait(lambda: "One is set" in shown(screen, "duress_state"))
    folder = house.collector.vault.folder
    house.on_vault(house.collector.close)

    def land(words):
        with open_workspace(folder, Secret(bytearray(words)), clock=house.clock).vault as vault:
            return vault.folder.name

    landed = [house.on_vault(lambda words=words: land(words)) for words in (WORDS.encode(), PASSPHRASE)]
    house.collector = house.on_vault(lambda: open_workspace(folder, Secret(bytearray(PASSPHRASE)), clock=house.clock))
    assert landed == [OTHER, "collector"]


def test_what_erasing_means_stands_beside_the_choice(house, screen):
    """It is read before it is confirmed; trying it out is warned of."""
    fill_in(house, screen)
    before = shown(screen, "duress_erasing")
    house.press(screen, "duress_erases")
    meaning = shown(screen, "duress_erasing")
    house.press(screen, "duress_confirm")
    asked = screen.findChild(ConfirmSheet).accessibleDescription()
    house.press(screen, "confirm_yes")
    house.wait(lambda: "destroys every other way" in shown(screen, "duress_state"))

    assert not before
    assert "can be a crime" in meaning and "lost for good" in meaning
    assert "can be a crime" in asked
    assert standing(house).erases
    assert "try it out" in texts(screen)


def test_a_passphrase_that_opens_this_vault_is_refused_and_nothing_is_left(house, screen):
    """The vault that was made for it is gone again."""
    fill_in(house, screen, PASSPHRASE.decode())
    set_it(house, screen)
    house.wait(lambda: bool(shown(screen, "other_wrong")))

    assert standing(house) is None
    assert not (house.folder / OTHER).exists()
    assert screen.may_leave()


def test_a_vault_that_is_here_already_needs_its_own_passphrase(house, screen):
    """A wrong one is told beside the field; the vault that was chosen stays as it is."""
    house.press(screen, "duress_set")
    screen._setting.other.choose(house.archive.vault.folder)
    house.on_vault(house.archive.close)
    house.type_in(screen, "other_passphrase", "not the one at all")
    set_it(house, screen)
    house.wait(lambda: bool(shown(screen, "other_wrong")))

    assert standing(house) is None
    assert (house.folder / "archive" / "KEYS").is_file()


@pytest.mark.parametrize("name", ["", "../recipes", ".recipes", "a/b"])
def test_the_other_folder_has_a_plain_name(house, screen, name):
    """Nothing is made anywhere else than beside this vault."""
    house.press(screen, "duress_set")
    house.type_in(screen, "other_folder_name", name)
    house.type_in(screen, "other_name", "Recipes")

    house.press(screen, "duress_confirm")

    assert "plain name" in shown(screen, "other_wrong")


def test_it_is_removed_and_the_other_vault_stays(house, screen):
    """From then on its passphrase is a wrong one here."""
    fill_in(house, screen)
    set_it(house, screen)
    house.press(screen, "duress_remove")
    house.press(screen, "confirm_yes")
    house.wait(lambda: standing(house) is None)

    assert (house.folder / OTHER / "KEYS").is_file()


def test_it_is_listed_and_does_not_count_as_the_last_way(house, screen):
    """It can be dropped from the list; the one real passphrase can't, although two ways are listed."""
    fill_in(house, screen)
    set_it(house, screen)
    house.wait(lambda: standing(house) is not None)
    keys = house.shown(KeysScreen(house.jobs, Keys(house.collector.vault), lambda _p, _s: ""))
    house.rest()

    ways = house.on_vault(Keys(house.collector.vault).standing).ways
    with from_text(WORDS) as secret, pytest.raises(WrongPassphrase):
        house.collector.try_passphrase(secret)
    assert {way.kind: way.may_drop for way in ways} == {"passphrase": False, "duress": True}
    assert "A passphrase that opens another vault" in texts(keys)
    with house.qtbot.waitSignal(keys.go) as left:
        house.press(keys, "under_force")
    assert left.args == ["duress", None]
