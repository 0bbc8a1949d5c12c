# SPDX-License-Identifier: Apache-2.0
"""A second copy is made and compared; at the unlock screen it becomes a vault again, read from end to end."""

from __future__ import annotations

from threading import Event

import pytest
from PySide6.QtWidgets import QAbstractButton

from testimony_app.crypto.passphrase import from_text
from testimony_app.safekeeping import key_file, recovery, sheet_words
from testimony_app.ui.backup.screen import FOLDER, Backups, BackupScreen
from testimony_app.ui.restore.screen import RestoreScreen, Restoring
from tests.ui.flows.conftest import PASSPHRASE
from tests.ui.flows.test_keys import WORDS, give_sheet
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
    screen = house.shown(RestoreScreen(house.jobs, Restoring(house.clock), lambda _p, _s: ""))
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


class Held:
    """A door on the bench: whoever comes to it waits until a test has done its part."""

    def __init__(self):
        self.reached, self.opens = Event(), Event()

    def pass_through(self):
        """Say that somebody is here, and wait."""
        self.reached.set()
        assert self.opens.wait(120)


class SlowBackups(Backups):
    """Backups that wait at a door before they copy."""

    def copy(self, plan, progress):
        """Copy once the door is open."""
        self.door.pass_through()
        return super().copy(plan, progress)


class SlowRestoring(Restoring):
    """Restoring that waits at a door before it reads what was restored."""

    def read(self, begun, progress):
        """Read once the door is open."""
        self.door.pass_through()
        return super().read(begun, progress)


def cancelled(house, screen, door):
    """Press cancel while the work stands at its door, then let it go on."""
    house.wait(door.reached.is_set)
    assert not screen.may_leave()
    house.press(screen, "cancel_job")
    door.opens.set()


def a_stop(house, screen, button):
    """Wait until the page asks again."""
    house.wait(lambda: screen.findChild(QAbstractButton, button).isVisible())
    house.rest()


@pytest.mark.parametrize("is_empty", [False, True], ids=["with a testimony", "with nothing to copy"])
def test_a_backup_that_is_cancelled_leaves_nothing_on_the_stick(house, stick, is_empty):
    """Nothing half done, however late it was pressed: no file, no folder; and the page asks again."""
    if not is_empty:
        house.trust_each_other()
        sealed_testimony(house)
    backups = SlowBackups(house.collector)
    backups.door = Held()
    screen = house.shown(BackupScreen(house.jobs, backups, house.sticks))
    screen.choose_folder(stick)
    house.press(screen, "backup_button")

    cancelled(house, screen, backups.door)
    a_stop(house, screen, "backup_button")

    assert list(stick.iterdir()) == []
    assert screen.may_leave()
    assert house.on_vault(backups.last) == ""


def test_a_restore_that_is_cancelled_leaves_the_folder_as_it_was(house, stick, tmp_path):
    """Even when the vault was opened already and only its reading was under way."""
    house.trust_each_other()
    sealed_testimony(house)
    back_up(house, stick)
    service = SlowRestoring(house.clock)
    service.door = Held()
    screen = house.shown(RestoreScreen(house.jobs, service, lambda _p, _s: ""))
    screen._page.choose(stick / FOLDER, tmp_path / "anew")
    house.type_in(screen, "restore_passphrase", PASSPHRASE.decode())
    house.press(screen, "restore_button")

    cancelled(house, screen, service.door)
    a_stop(house, screen, "restore_button")

    assert not (tmp_path / "anew").exists()
    assert not shown(screen, "restore_wrong")
    assert screen.may_leave()
    assert screen._wanted.passphrase is None


def test_a_backup_is_restored_with_sheets_and_a_new_passphrase(house, stick, tmp_path):
    """The sheets are proved before anything is copied; the lost passphrase opens nothing any more."""
    made = house.on_vault(lambda: recovery.make_paper(house.collector.vault, tmp_path / "sheet.html"))
    (sheet,) = sheet_words.read_files(made.files)
    back_up(house, stick)
    screen = restoring(house, stick / FOLDER, tmp_path / "anew")
    house.press(screen, "restore_with_sheets")
    give_sheet(house, screen, sheet)
    house.press(screen, "continue_recovery")
    house.at(screen, "renew_page")
    was_copied = (tmp_path / "anew").exists()
    house.type_in(screen, "passphrase", WORDS)
    house.type_in(screen, "passphrase_again", WORDS)
    house.press(screen, "recover_button")
    house.at(screen, "restored_card")

    with house.qtbot.waitSignal(screen.opened) as opened:
        house.press(screen, "open_restored")

    workspace = opened.args[0]
    kinds = house.on_vault(lambda: sorted(way.kind.name for way in workspace.vault.ways.all()))
    with from_text(WORDS) as secret:
        workspace.try_passphrase(secret)
    house.on_vault(workspace.close)
    assert not was_copied
    assert kinds == ["PASSPHRASE", "RECOVERY"]


def test_sheets_of_another_vault_restore_nothing(house, stick, tmp_path):
    """It is said beside the sheets, before a passphrase is thought up."""
    made = house.on_vault(lambda: recovery.make_paper(house.archive.vault, tmp_path / "sheet.html"))
    (sheet,) = sheet_words.read_files(made.files)
    back_up(house, stick)
    screen = restoring(house, stick / FOLDER, tmp_path / "anew")
    house.press(screen, "restore_with_sheets")
    give_sheet(house, screen, sheet)

    house.press(screen, "continue_recovery")
    house.wait(lambda: bool(shown(screen, "sheet_wrong")))

    assert not (tmp_path / "anew").exists()


def test_a_backup_that_asks_for_a_file_is_restored_with_it(house, stick, tmp_path):
    """The passphrase alone restores nothing; with its file on the stick it does."""

    def add_way():
        with key_file.made(tmp_path / "half.key") as half, from_text(WORDS) as secret:
            house.collector.vault.ways.add_passphrase(secret, key_file=half)

    house.on_vault(add_way)
    back_up(house, stick)
    screen = restoring(house, stick / FOLDER, tmp_path / "anew")
    house.type_in(screen, "restore_passphrase", WORDS)
    house.press(screen, "restore_button")
    house.wait(lambda: bool(shown(screen, "restore_wrong")))

    screen._page._half.choose(str(tmp_path / "half.key"))
    house.type_in(screen, "restore_passphrase", WORDS)
    house.press(screen, "restore_button")
    house.at(screen, "restored_card")
    with house.qtbot.waitSignal(screen.opened) as opened:
        house.press(screen, "open_restored")

    house.on_vault(opened.args[0].close)
