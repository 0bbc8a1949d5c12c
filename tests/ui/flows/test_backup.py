# SPDX-License-Identifier: Apache-2.0
"""A second copy is made and compared; at the unlock screen it becomes a vault again, read from end to end."""

from __future__ import annotations

import pytest

from testimony_app.ui.backup.screen import FOLDER, Backups, BackupScreen
from testimony_app.ui.unlock.restore_screen import RestoreScreen
from testimony_app.ui.unlock.screen import Recovery
from tests.ui.flows.conftest import PASSPHRASE
from tests.ui.flows.test_sending import sealed_testimony, shown


@pytest.fixture
def stick(tmp_path):
    """Return an empty stick."""
    made = tmp_path / "stick"
    made.mkdir()
    return made


def back_up(house, stick):
    """Make a backup on a stick, through the screen."""
    screen = house.shown(BackupScreen(house.jobs, Backups(house.collector), house.sticks))
    screen.choose_folder(stick)
    house.press(screen, "backup_button")
    house.at(screen, "backup_done_card")
    return screen


def restoring(house, backup, folder):
    """Return the screen that restores, with both folders chosen."""
    screen = house.shown(RestoreScreen(house.jobs, Recovery(house.clock), lambda _p, _s: ""))
    screen._page.choose(backup, folder)
    return screen


def test_a_backup_is_made_and_its_day_is_shown(house, stick):
    """The next time the page tells when it was."""
    first = house.shown(BackupScreen(house.jobs, Backups(house.collector), house.sticks))
    house.rest()
    before = shown(first, "last_backup")

    back_up(house, stick)
    again = house.shown(BackupScreen(house.jobs, Backups(house.collector), house.sticks))
    house.wait(lambda: shown(again, "last_backup") != before)

    assert (stick / FOLDER / "BACKUP").is_file()


def test_a_backup_becomes_a_vault_again(house, stick, tmp_path):
    """With its passphrase, in an empty folder; what was in the vault is in it."""
    house.trust_each_other()
    code = sealed_testimony(house)
    back_up(house, stick)
    screen = restoring(house, stick / FOLDER, tmp_path / "anew")
    house.type_in(screen, "restore_passphrase", PASSPHRASE.decode())
    house.press(screen, "restore_button")
    house.at(screen, "restored_card")

    with house.qtbot.waitSignal(screen.opened) as opened:
        house.press(screen, "open_restored")

    workspace = opened.args[0]
    assert house.on_vault(lambda: workspace.interviews.by_code(code)).code == code
    house.on_vault(workspace.close)


def test_a_wrong_passphrase_leaves_nothing_behind(house, stick, tmp_path):
    """It is told beside the fields, and the folder is as it was."""
    back_up(house, stick)
    screen = restoring(house, stick / FOLDER, tmp_path / "anew")

    house.type_in(screen, "restore_passphrase", "something else altogether")
    house.press(screen, "restore_button")
    house.wait(lambda: bool(shown(screen, "restore_wrong")))

    assert not (tmp_path / "anew").exists()
