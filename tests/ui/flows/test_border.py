# SPDX-License-Identifier: Apache-2.0
"""Before a border: drafts are sealed, everything is carried out and compared, and an empty vault stays."""

from __future__ import annotations

import pytest

from testimony_app.crypto.passphrase import from_text
from testimony_app.model.testimony import State
from testimony_app.ui.border.screen import Border, BorderScreen
from testimony_app.vault.vault import Vault
from tests.ui.flows.conftest import PASSPHRASE
from tests.ui.flows.test_sending import SAID, sealed_testimony, shown

WORDS = PASSPHRASE.decode()


@pytest.fixture
def stick(tmp_path):
    """Return an empty stick."""
    made = tmp_path / "stick"
    made.mkdir()
    return made


def leaving(house, stick):
    """Return the screen over the collector's vault, with the stick chosen."""
    here = house.collector
    screen = house.shown(BorderScreen(house.jobs, Border(here, here.try_passphrase), house.sticks))
    house.wait(lambda: bool(shown(screen, "border_outlook")))
    screen.choose_folder(stick)
    return screen


def a_draft(house, words=SAID):
    """Write a draft, or an empty one."""

    def write():
        draft = house.collector.interviews.start(languages=("pes",))
        if words:
            house.collector.interviews.save_statement(draft.id, words, "eng")
        return draft

    return house.on_vault(write)


def test_everything_leaves_and_an_empty_vault_stays(house, stick):
    """A draft and a sealed testimony go to the stick; what opens with the same passphrase holds nothing."""
    house.trust_each_other()
    sealed_testimony(house)
    a_draft(house)
    folder = house.collector.vault.folder
    screen = leaving(house, stick)

    house.type_in(screen, "border_passphrase", WORDS)
    house.press(screen, "border_button")
    house.press(screen, "confirm_yes")
    house.at(screen, "border_done_card")
    with house.qtbot.waitSignal(screen.emptied):
        house.press(screen, "border_finish")

    assert len(list(stick.glob("*.AGE"))) == 2
    assert house.collector.vault.is_locked
    assert not screen.may_leave()
    with from_text(WORDS) as secret, Vault.open(folder, secret, clock=house.clock) as empty:
        assert empty.testimonies.rows(0, 9).total == 0


def test_a_draft_that_can_not_be_sealed_holds_it_up(house, stick):
    """It is named with its reason, and the action waits."""
    house.trust_each_other()
    draft = a_draft(house, words="")
    screen = leaving(house, stick)

    with house.qtbot.waitSignal(screen.go) as left:
        house.press(screen, "banner_action")

    assert left.args == ["interview", (draft.id, "review")]
    assert not screen._page._go.isEnabled()


def test_a_wrong_passphrase_changes_nothing(house, stick):
    """The empty vault would get it, so it has to be this vault's own."""
    house.trust_each_other()
    draft = a_draft(house)
    screen = leaving(house, stick)

    house.type_in(screen, "border_passphrase", WORDS + " or not")
    house.press(screen, "border_button")
    house.press(screen, "confirm_yes")
    house.wait(lambda: bool(shown(screen, "border_passphrase_wrong")))

    assert house.on_vault(lambda: house.collector.interviews.get(draft.id)).state is State.DRAFT
    assert list(stick.iterdir()) == []
