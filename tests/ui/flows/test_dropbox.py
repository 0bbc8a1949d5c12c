# SPDX-License-Identifier: Apache-2.0
"""A drop box made on screen: at the archive trusted at once, elsewhere after the archive's digits were typed."""

from __future__ import annotations

import pytest

from testimony_app.dropbox.box import DropBox
from testimony_app.exchange import trust
from testimony_app.ui.cards.digits_view import DigitsView
from testimony_app.ui.dropbox.screen import Boxes, DropBoxScreen
from testimony_app.ui.unlock.screen import UnlockScreen
from tests.ui.flows.test_sending import shown


def opened(house, workspace, folder):
    """Return the screen over a vault, for a box of twenty testimonies in a folder."""
    screen = house.shown(DropBoxScreen(house.jobs, Boxes(workspace), lambda _p, _s: str(folder)))
    house.press(screen, "pick_box")
    screen._page._keys.setCurrentIndex(0)
    return screen


@pytest.fixture
def card(house, tmp_path):
    """Return the archive's card file and its digits."""
    path = tmp_path / "archive.card"
    house.on_vault(lambda: trust.write_card_file(house.archive.vault, path))
    return path, "".join(house.on_vault(house.archive.safety_number).split())


def test_an_archive_makes_a_box_and_trusts_it_at_once(house, tmp_path):
    """It is sealed to this archive; what is given into it needs no further comparing."""
    screen = opened(house, house.archive, tmp_path / "box")

    house.press(screen, "make_box")
    house.at(screen, "box_made_card")

    known = house.on_vault(house.archive.vault.partners.trusted)
    with DropBox.open(tmp_path / "box", clock=house.clock) as box:
        assert box.keys_left == 20
        assert box.archive.recipient == house.on_vault(house.archive.vault.card).recipient
    assert [one.card.name for one in known] == ["Drop box"]
    assert "Archive" in shown(screen, "box_made")
    assert not shown(screen, "box_compare")


def test_elsewhere_the_digits_are_asked_for_and_the_box_s_own_are_shown(house, tmp_path, card):
    """Nothing is made before all sixty are typed; afterwards somebody compares the box's at the archive."""
    path, digits = card
    screen = opened(house, house.collector, tmp_path / "box")
    screen._page.choose_card(path)
    house.press(screen, "make_box")
    asked = shown(screen, "box_wrong")

    house.type_in(screen, "box_digits", digits)
    house.press(screen, "make_box")
    house.at(screen, "box_made_card")

    number = screen.findChild(DigitsView).accessibleName()
    made = trust.read_card_file(tmp_path / "box" / "BOX.CRD")
    assert "60" in asked
    assert "".join(one for one in number if one.isdigit()) == "".join(made.safety_number.split())
    assert shown(screen, "box_compare")
    assert house.on_vault(house.collector.vault.partners.all) == ()


def test_wrong_digits_make_nothing(house, tmp_path, card):
    """It is said beside the fields, and the folder is not there."""
    path, digits = card
    screen = opened(house, house.collector, tmp_path / "box")
    screen._page.choose_card(path)
    house.type_in(screen, "box_digits", digits[::-1])

    house.press(screen, "make_box")
    house.wait(lambda: bool(shown(screen, "box_wrong")))

    assert not (tmp_path / "box").exists()
    assert screen.may_leave()


def test_a_folder_that_holds_something_is_refused(house, tmp_path):
    """A box has a folder of its own."""
    (tmp_path / "letter.txt").write_text("dear", encoding="utf-8")
    screen = opened(house, house.archive, tmp_path)

    house.press(screen, "make_box")
    house.wait(lambda: bool(shown(screen, "box_wrong")))

    assert house.on_vault(house.archive.vault.partners.all) == ()


def test_a_box_is_opened_from_where_a_vault_is(house, tmp_path):
    """Its folder is chosen like a vault's; no passphrase is asked for."""
    house.press(opened(house, house.archive, tmp_path / "box"), "make_box")
    house.wait(lambda: DropBox.is_one(tmp_path / "box"))
    unlocking = house.shown(
        UnlockScreen(house.jobs, lambda *_given, **_named: None, None, lambda _p, _s: str(tmp_path / "box"))
    )

    with house.qtbot.waitSignal(unlocking.box_chosen) as chosen:
        house.press(unlocking, "choose_folder")

    assert chosen.args == [tmp_path / "box"]
    house.rest()
