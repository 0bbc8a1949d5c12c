# SPDX-License-Identifier: Apache-2.0
"""What was sealed leaves this computer: against the archive's receipt, or at the witness's wish."""

from __future__ import annotations

from PySide6.QtWidgets import QAbstractButton, QLabel

from testimony_app.exchange import receipts
from testimony_app.model.bundle import Outcome
from testimony_app.model.testimony import State
from testimony_app.ui.home.screen import Holdings, HomeScreen
from testimony_app.ui.removing.screen import KeptScreen, Removal
from tests.ui.flows.test_sending import exported, imported, sealed_testimony, shown

COPIES = 2


def opened(house, code):
    """Return the page of a sealed testimony."""
    workspace = house.collector
    row = house.on_vault(lambda: workspace.interviews.by_code(code))
    screen = house.shown(KeptScreen(house.jobs, Removal(workspace), row.id))
    house.wait(lambda: bool(shown(screen, "kept_code")))
    return screen


def receipted(house, stick):
    """Carry everything to the archive and bring its receipts back, with as many copies as are asked for."""
    exported(house, stick)
    screen = imported(house, stick)
    findings = tuple(one for one in screen._findings if one.outcome is Outcome.IMPORTED)
    house.on_vault(lambda: receipts.write(house.archive.vault, findings, stick, copies=COPIES))
    house.on_vault(lambda: receipts.check(house.collector.vault, (stick,)))


def may_remove(screen):
    """Tell whether the button that removes can be pressed."""
    return screen.findChild(QAbstractButton, "remove_button").isEnabled()


def open_conditions(screen):
    """Return the conditions that are shown, by name, and whether each holds."""
    found = screen.findChildren(QLabel)
    return [one.objectName().removeprefix("condition_") for one in found if one.objectName().startswith("condition_")]


def test_what_waits_for_a_receipt_can_not_be_removed(house):
    """Sealed and not carried: the page says that it waits, and offers no removal."""
    house.trust_each_other()
    screen = opened(house, sealed_testimony(house))

    assert not screen.findChild(QAbstractButton, "remove_button").isVisible()
    assert "waits for export" in shown(screen, "kept_told")


def test_a_received_testimony_is_removed_after_a_week_and_a_word(house, tmp_path):
    """Each of the ten conditions is shown; only when all hold and somebody says so are the files removed."""
    house.trust_each_other()
    code = sealed_testimony(house)
    stick = tmp_path / "stick"
    stick.mkdir()
    receipted(house, stick)
    early = opened(house, code)
    was_early = may_remove(early)
    listed = len(open_conditions(early))

    house.clock.forward(8 * 86_400)
    screen = opened(house, code)
    house.press(screen, "remove_button")
    house.press(screen, "confirm_yes")
    here = house.collector
    house.wait(lambda: house.on_vault(lambda: here.interviews.by_code(code)).state is State.REMOVED)

    assert (was_early, listed) == (False, 10)
    assert list(here.vault.out.iterdir()) == []


def test_a_sealed_testimony_is_erased_at_the_witness_s_wish(house):
    """No receipt is asked for: the bundle's file and the row are gone, and home is shown."""
    house.trust_each_other()
    screen = opened(house, sealed_testimony(house))

    house.press(screen, "erase_kept")
    with house.qtbot.waitSignal(screen.go, timeout=20_000) as left:
        house.press(screen, "confirm_yes")

    here = house.collector
    assert left.args == ["home", None]
    assert list(here.vault.out.iterdir()) == []
    assert house.on_vault(lambda: here.vault.testimonies.rows(0, 9).rows) == ()


def test_home_leads_to_what_was_sealed(house):
    """A draft is gone on with; a sealed testimony is looked at."""
    house.trust_each_other()
    sealed_testimony(house)
    screen = house.shown(HomeScreen(house.jobs, Holdings(house.collector.vault, house.collector.interviews)))
    house.wait(lambda: bool(screen._page._rows))
    (row,) = screen._page._rows.values()

    with house.qtbot.waitSignal(screen.go) as left:
        screen._page._on_opened(row.id)

    assert left.args == ["kept", row.id]
    assert [action.objectName() for action in screen._page.menu_for(row).actions()] == ["open_kept", "amend_consent"]
