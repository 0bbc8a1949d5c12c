# SPDX-License-Identifier: Apache-2.0
"""The ways of opening a vault, driven through their own buttons: passphrases, a stick's half, recovery sheets."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPlainTextEdit

from testimony_app.crypto.passphrase import from_text
from testimony_app.crypto.secret import Secret
from testimony_app.safekeeping import key_file, sheet_words
from testimony_app.ui.keys.screen import FIRST, KEY_FILE, Keys, KeysScreen
from testimony_app.ui.unlock.recover_screen import RecoverScreen
from testimony_app.ui.unlock.screen import Recovery, UnlockScreen, second_half
from testimony_app.vault.errors import WrongPassphrase
from testimony_app.vault.keys import try_passphrase
from testimony_app.vault.vault import Vault
from testimony_app.workspace import open_workspace
from tests.ui.flows.conftest import PASSPHRASE

WORDS = "laundry ancient veteran similar exotic pumps dwarf"


@pytest.fixture
def stick(tmp_path):
    """Return a folder to write sheets and halves to."""
    made = tmp_path / "stick"
    made.mkdir()
    return made


def keys_of(house, workspace, stick, argument=None):
    """Return the screen over a vault, where every folder asked for is the stick."""
    screen = house.shown(KeysScreen(house.jobs, Keys(workspace.vault), lambda _p, _s: str(stick), argument))
    house.rest()
    return screen


def choose_passphrase(house, screen):
    """Type a passphrase twice and keep it."""
    house.type_in(screen, "passphrase", WORDS)
    house.type_in(screen, "passphrase_again", WORDS)
    house.press(screen, "keep_way")
    house.at(screen, "ways_page")
    house.rest()


def opens(workspace, half=None):
    """Tell whether the new passphrase opens a vault, with the vault's own files and nothing else."""
    return opens_in(workspace.vault.folder, half)


def opens_in(folder, half):
    """Tell whether the new passphrase opens the vault in a folder."""
    with from_text(WORDS) as secret:
        try:
            try_passphrase(folder, secret, key_file=half)
        except WrongPassphrase:
            return False
    return True


def write_sheets(house, screen, count="3"):
    """Make sheets and return once they are written."""
    house.press(screen, "make_sheets")
    choice = screen._make._count
    choice.setCurrentIndex(choice.findData(count))
    choice.chosen.emit(count)
    house.press(screen, "choose_sheets_folder")
    house.press(screen, "write_sheets")
    house.at(screen, "sheets_made_card")


def give_sheet(house, screen, words):
    """Type the words of a sheet."""
    screen.findChild(QPlainTextEdit, "sheet_words").setPlainText(words)
    house.press(screen, "add_sheet")
    house.wait(lambda: not screen.findChild(QPlainTextEdit, "sheet_words").toPlainText())


def test_a_passphrase_is_added_and_dropped(house, stick):
    """It opens the vault once it is added, and nothing once it is dropped."""
    screen = keys_of(house, house.collector, stick)
    house.press(screen, "add_way")
    choose_passphrase(house, screen)
    added = opens(house.collector)

    slot = next(way.slot for way in house.on_vault(Keys(house.collector.vault).standing).ways if not way.is_mine)
    house.press(screen, f"drop_{slot}")
    house.press(screen, "confirm_yes")
    house.wait(lambda: not opens(house.collector))

    assert added


def test_a_passphrase_with_a_second_half_opens_nothing_without_it(house, stick):
    """The half lies on the stick; neither the passphrase nor the file opens the vault alone."""
    screen = keys_of(house, house.collector, stick)
    house.press(screen, "add_way")
    house.press(screen, "with_file")
    house.press(screen, "choose_half")

    choose_passphrase(house, screen)

    assert not opens(house.collector)
    with key_file.read(stick / KEY_FILE) as half:
        assert opens(house.collector, half)


def test_sheets_are_made_and_then_proved_from_paper(house, stick):
    """Made is not proved: only after somebody gave enough of them, and they fit, does the archive count as safe."""
    keys = Keys(house.archive.vault)
    screen = keys_of(house, house.archive, stick)
    write_sheets(house, screen)
    sheets = sheet_words.read_files(sorted(stick.glob("*.html")))
    before = house.on_vault(keys.needs_recovery)

    house.press(screen, "try_made_sheets")
    give_sheet(house, screen, sheets[2])
    assert not screen.findChild(QAbstractButton, "try_button").isEnabled()
    give_sheet(house, screen, sheets[0])
    house.press(screen, "try_button")
    house.at(screen, "ways_page")
    house.rest()

    assert len(sheets) == 3
    assert before
    assert not house.on_vault(keys.needs_recovery)


def test_a_mistyped_sheet_is_told_beside_the_field(house, stick):
    """What was typed stays, so that the one wrong word can be found."""
    screen = keys_of(house, house.archive, stick)
    write_sheets(house, screen, "1")
    (sheet,) = sheet_words.read_files(sorted(stick.glob("*.html")))
    house.press(screen, "try_made_sheets")
    words = sheet.split()
    words[5] = "zebra"

    screen.findChild(QPlainTextEdit, "sheet_words").setPlainText(" ".join(words))
    house.press(screen, "add_sheet")
    house.wait(lambda: screen.findChild(QLabel, "sheet_wrong").isVisible())

    assert "6" in screen.findChild(QLabel, "sheet_wrong").text()
    assert screen.findChild(QPlainTextEdit, "sheet_words").toPlainText()


def test_recovery_of_a_new_archive_is_not_skipped_silently(house, stick):
    """In the first start, putting it off is asked about; the archive goes on to say so."""
    screen = keys_of(house, house.archive, stick, FIRST)
    may_leave = screen.may_leave()
    house.press(screen, "sheets_back")

    with house.qtbot.waitSignal(screen.go, timeout=20_000) as left:
        house.press(screen, "confirm_yes")

    assert not may_leave
    assert screen.may_leave()
    assert left.args == ["home", None]
    assert house.on_vault(Keys(house.archive.vault).needs_recovery)


def roll_back(house, workspace):
    """Close a vault and put an older database in its place."""
    folder = workspace.vault.folder
    house.on_vault(workspace.close)
    older = (folder / "db").read_bytes()

    def go_on():
        with Vault.open(folder, Secret(bytearray(PASSPHRASE)), clock=house.clock) as vault:
            vault.custody.append("checked")

    house.on_vault(go_on)
    (folder / "db").write_bytes(older)
    return folder


def older_with_sheets(house, stick):
    """Return the recovery of a vault that was put back, once sheets and a new passphrase were given; and its folder."""
    screen = keys_of(house, house.collector, stick)
    write_sheets(house, screen, "1")
    (sheet,) = sheet_words.read_files(sorted(stick.glob("*.html")))
    folder = roll_back(house, house.collector)
    recovering = house.shown(RecoverScreen(house.jobs, Recovery(house.clock), folder))
    give_sheet(house, recovering, sheet)
    house.press(recovering, "continue_recovery")
    house.at(recovering, "renew_page")
    house.type_in(recovering, "passphrase", WORDS)
    house.type_in(recovering, "passphrase_again", WORDS)
    house.press(recovering, "recover_button")
    house.at(recovering, "rolled_back_page")
    return recovering, folder


def test_an_older_state_is_opened_with_sheets_only_knowingly(house, stick):
    """What it means is explained; the passphrase that was typed is not asked for again."""
    recovering, folder = older_with_sheets(house, stick)
    before = opens_in(folder, None)

    with house.qtbot.waitSignal(recovering.opened, timeout=20_000) as opened:
        house.press(recovering, "open_despite")

    house.collector = opened.args[0]
    assert not before
    assert opens(house.collector)
    assert house.on_vault(lambda: house.collector.vault.custody.knows("rollback_noticed"))
    assert recovering._passphrase is None


def test_an_older_state_left_closed_keeps_nothing(house, stick):
    """Neither sheets nor the new passphrase stay behind when somebody turns back."""
    recovering, folder = older_with_sheets(house, stick)

    with house.qtbot.waitSignal(recovering.back):
        house.press(recovering, "rolled_back_back")
    recovering.left()

    assert (recovering._passphrase, recovering._gathering.sheets) == (None, ())
    assert not opens_in(folder, None)


def test_an_older_state_is_opened_with_the_file_that_its_passphrase_asks_for(house, stick):
    """The file that was picked before is picked still, and told by its name."""
    screen = keys_of(house, house.collector, stick)
    house.press(screen, "add_way")
    house.press(screen, "with_file")
    house.press(screen, "choose_half")
    choose_passphrase(house, screen)
    folder = roll_back(house, house.collector)

    def open_vault(at, passphrase, *, key_file=None, despite_rollback=False):
        with second_half(key_file) as half:
            return open_workspace(at, passphrase, clock=house.clock, key_file=half, despite_rollback=despite_rollback)

    unlocking = house.shown(UnlockScreen(house.jobs, open_vault, folder, lambda _p, _s: ""))
    unlocking.page.half.choose(str(stick / KEY_FILE))
    house.type_in(unlocking, "passphrase", WORDS)
    house.press(unlocking, "unlock_button")
    house.at(unlocking, "rolled_back_page")
    told = [one.text() for one in unlocking.findChildren(QLabel, "half_file") if one.isVisible()]
    house.type_in(unlocking, "passphrase_despite", WORDS)

    with house.qtbot.waitSignal(unlocking.opened, timeout=20_000) as opened:
        house.press(unlocking, "open_despite")

    house.collector = opened.args[0]
    assert KEY_FILE in told[0]
    assert house.on_vault(lambda: house.collector.vault.custody.knows("rollback_noticed"))


def test_sheets_open_the_vault_when_the_passphrase_is_lost(house, stick):
    """At the unlock screen: the sheets, a new passphrase; the lost one opens nothing any more."""
    screen = keys_of(house, house.collector, stick)
    write_sheets(house, screen, "1")
    (sheet,) = sheet_words.read_files(sorted(stick.glob("*.html")))
    folder = house.collector.vault.folder
    house.on_vault(house.collector.close)
    recovering = house.shown(RecoverScreen(house.jobs, Recovery(house.clock), folder))

    give_sheet(house, recovering, sheet)
    house.press(recovering, "continue_recovery")
    house.at(recovering, "renew_page")
    house.type_in(recovering, "passphrase", WORDS)
    house.type_in(recovering, "passphrase_again", WORDS)
    with house.qtbot.waitSignal(recovering.opened, timeout=20_000) as opened:
        house.press(recovering, "recover_button")

    house.collector = opened.args[0]
    assert opens(house.collector)
    kinds = [way.kind for way in house.on_vault(Keys(house.collector.vault).standing).ways]
    assert sorted(kinds) == ["passphrase", "recovery"]
