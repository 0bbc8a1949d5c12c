# SPDX-License-Identifier: Apache-2.0
"""First start and unlocking over real vaults: a vault is made, opened, refused."""

from __future__ import annotations

from functools import partial
from threading import Event

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QWidget

from testimony_app.crypto.passphrase import from_text
from testimony_app.model.partner import Role
from testimony_app.ui.screens import Screens
from testimony_app.ui.unlock.create_page import CreatePage
from testimony_app.ui.unlock.first_start import Begun, FirstStart
from testimony_app.ui.unlock.notices import interrupted
from testimony_app.ui.unlock.screen import UnlockScreen
from testimony_app.ui.widgets.hidden_line import HiddenLine
from testimony_app.vault.vault import Vault

WORDS = "laundry ancient veteran similar exotic"


@pytest.fixture
def make(clock, cheap):
    """Return what makes a vault of what was asked for, as desktop.py hands it in."""

    def make_vault(wanted):
        return Vault.create(
            wanted.folder,
            role=wanted.role,
            name=wanted.name,
            passphrase=wanted.passphrase,
            clock=clock,
            keep_until_receipt=wanted.keep_until_receipt,
            cost=cheap,
        )

    return make_vault


@pytest.fixture
def opened(jobs):
    """Collect the vaults that were opened, and lock them on the thread that opened them."""
    vaults = []
    yield vaults
    for vault in vaults:
        jobs.run(jobs, vault.lock)


@pytest.fixture
def first_start(qtbot, application, jobs, make, tmp_path, opened):
    """Return first start at the page of a new vault, shown."""
    screen = FirstStart(jobs, make, lambda _role: tmp_path / "vault", lambda _p, _s: "", Begun("create"))
    screen.opened.connect(lambda vault, _wants_card: opened.append(vault))
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitExposed(screen)
    return screen


def press(screen, name):
    """Press the button with this name."""
    screen.findChild(QAbstractButton, name).click()


def type_in(qtbot, screen, name, text):
    """Type into the line with this name."""
    qtbot.keyClicks(screen.findChild(QLineEdit, name), text)


def fill_in(qtbot, screen, again=WORDS):
    """Fill in the page of a new vault."""
    type_in(qtbot, screen, "vault_name", "Interviewer 4")
    type_in(qtbot, screen, "passphrase", WORDS)
    type_in(qtbot, screen, "passphrase_again", again)


def facts(qtbot, jobs, vault):
    """Return name, role and choice of a vault, asked on the thread that opened it."""
    told = []
    jobs.run(jobs, lambda: (vault.name, vault.role, vault.keep_until_receipt), told.append)
    qtbot.waitUntil(lambda: bool(told))
    return told[0]


def make_one(qtbot, screen, opened):
    """Make a vault through the page and return its folder, locked."""
    fill_in(qtbot, screen)
    press(screen, "create_vault")
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)
    return opened[0].folder


def test_a_vault_is_made_with_what_was_typed(first_start, qtbot, jobs, opened):
    """Name, role and choice are in the vault; the fields are empty afterwards."""
    first_start.findChild(QAbstractButton, "keep_until_receipt").click()

    make_one(qtbot, first_start, opened)

    assert facts(qtbot, jobs, opened[0]) == ("Interviewer 4", Role.COLLECTOR, True)
    assert first_start.findChild(HiddenLine, "passphrase").typed() == ""
    assert first_start.findChild(HiddenLine, "passphrase_again").typed() == ""


def test_two_different_passphrases_make_no_vault(first_start, qtbot, tmp_path):
    """The second field says so, and nothing is made."""
    fill_in(qtbot, first_start, again="something else")

    press(first_start, "create_vault")

    assert first_start.findChild(QLabel, "passphrase_again_wrong").isVisible()
    assert not (tmp_path / "vault").exists()


def test_a_vault_needs_a_name(first_start, qtbot):
    """Without one, the sentence stands beside the field."""
    press(first_start, "create_vault")

    assert first_start.findChild(QLabel, "name_wrong").isVisible()


def test_a_weak_passphrase_is_called_weak_and_asked_about(first_start, qtbot, tmp_path):
    """The estimate is honest, and using it all the same is a decision of its own."""
    type_in(qtbot, first_start, "vault_name", "A")
    type_in(qtbot, first_start, "passphrase", "sima67")
    type_in(qtbot, first_start, "passphrase_again", "sima67")
    told = first_start.findChild(QLabel, "strength").text()

    press(first_start, "create_vault")

    assert told.startswith("Weak.")
    assert first_start.findChild(QWidget, "confirm_sheet").isVisible()
    assert not (tmp_path / "vault").exists()


def test_a_suggested_passphrase_must_be_typed_again(first_start, qtbot):
    """It is shown to be written down, fills the first field only, and is strong."""
    press(first_start, "suggest")

    words = first_start.findChild(QLabel, "suggested").text().strip("\u2066\u2069")
    assert len(words.split()) == 7
    assert first_start.findChild(HiddenLine, "passphrase").typed() == words
    assert first_start.findChild(QLineEdit, "passphrase_again").text() == ""
    assert first_start.findChild(QLabel, "strength").text().startswith("Strong.")


def test_a_folder_with_something_in_it_is_refused_beside_the_folder(first_start, qtbot, tmp_path):
    """Nothing there is touched, and everything but the passphrase stays typed."""
    (tmp_path / "vault").mkdir()
    (tmp_path / "vault" / "letter.txt").write_text("here before")

    fill_in(qtbot, first_start)
    press(first_start, "create_vault")
    qtbot.waitUntil(first_start.findChild(QLabel, "folder_wrong").isVisible, timeout=20_000)

    assert (tmp_path / "vault" / "letter.txt").read_text() == "here before"
    assert first_start.findChild(QLineEdit, "vault_name").text() == "Interviewer 4"
    assert first_start.findChild(QAbstractButton, "create_vault").isEnabled()


def unlocking(qtbot, jobs, clock, folder):
    """Return the unlock screen for a folder, shown."""
    screen = UnlockScreen(jobs, partial(Vault.open, clock=clock), folder, lambda _p, _s: "")
    qtbot.addWidget(screen)
    screen.show()
    qtbot.waitExposed(screen)
    return screen


def test_a_vault_opens_with_its_passphrase_only(first_start, qtbot, jobs, clock, opened):
    """A wrong one is refused beside the field; the right one opens the same vault."""
    folder = make_one(qtbot, first_start, opened)
    jobs.run(jobs, opened.pop().lock)
    screen = unlocking(qtbot, jobs, clock, folder)
    screen.opened.connect(opened.append)

    type_in(qtbot, screen, "passphrase", "not that one")
    press(screen, "unlock_button")
    qtbot.waitUntil(screen.findChild(QLabel, "passphrase_wrong").isVisible, timeout=20_000)
    refused = list(opened)
    type_in(qtbot, screen, "passphrase", WORDS)
    qtbot.keyClick(screen.findChild(QLineEdit, "passphrase"), Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)

    assert refused == []
    assert facts(qtbot, jobs, opened[0]) == ("Interviewer 4", Role.COLLECTOR, False)


def test_a_folder_that_is_no_vault_is_refused_beside_the_folder(qtbot, application, jobs, clock, tmp_path):
    """The sentence stands with the folder, not with the passphrase."""
    screen = unlocking(qtbot, jobs, clock, tmp_path)

    type_in(qtbot, screen, "passphrase", WORDS)
    press(screen, "unlock_button")
    qtbot.waitUntil(screen.findChild(QLabel, "folder_wrong").isVisible, timeout=20_000)

    assert not screen.findChild(QLabel, "passphrase_wrong").isVisible()


def test_a_vault_open_elsewhere_is_refused(first_start, qtbot, jobs, clock, opened):
    """A second opener is told; the first is not disturbed."""
    folder = make_one(qtbot, first_start, opened)
    screen = unlocking(qtbot, jobs, clock, folder)

    type_in(qtbot, screen, "passphrase", WORDS)
    press(screen, "unlock_button")
    qtbot.waitUntil(screen.findChild(QLabel, "folder_wrong").isVisible, timeout=20_000)

    assert not opened[0].is_locked


class Frame:
    """A window that only keeps the screen."""

    def __init__(self):
        self.screen = None

    def show_screen(self, screen):
        """Keep it."""
        self.screen = screen


def test_choosing_persian_goes_on_in_persian(qtbot, application, jobs, make, tmp_path):
    """The language is asked first; choosing one comes back on the next page in that language."""

    def first_start(begun):
        screen = FirstStart(jobs, make, lambda _role: tmp_path / "vault", lambda _p, _s: "", begun)
        screen.language_chosen.connect(lambda code: application.change(language=code))
        qtbot.addWidget(screen)
        return screen

    screens = Screens(Frame(), {"first_start": first_start})
    application.language_changed.connect(lambda _code: screens.rebuild())
    screens.open("first_start")

    press(screens.current, "language_fa")

    assert application.settings.language == "fa"
    assert screens.current.findChild(QAbstractButton, "collect") is not None
    assert screens.current.layoutDirection() is Qt.LayoutDirection.RightToLeft


def test_what_was_filled_in_comes_back_in_the_other_language(qtbot, application, jobs, make, tmp_path):
    """A change of language keeps name, folder and choice; a passphrase is never kept."""

    def first_start(begun):
        screen = FirstStart(jobs, make, lambda _role: tmp_path / "vault", lambda _p, _s: "", begun)
        qtbot.addWidget(screen)
        return screen

    screens = Screens(Frame(), {"first_start": first_start})
    application.language_changed.connect(lambda _code: screens.rebuild())
    screens.open("first_start", Begun("create"))
    fill_in(qtbot, screens.current)
    press(screens.current, "keep_until_receipt")

    application.change(language="fa")

    assert screens.current.findChild(QLineEdit, "vault_name").text() == "Interviewer 4"
    assert screens.current.findChild(QAbstractButton, "keep_until_receipt").isChecked()
    assert screens.current.findChild(QLineEdit, "passphrase").text() == ""


def test_another_language_meanwhile_loses_no_vault(first_start, qtbot, application, jobs, clock, opened):
    """The screen that opens a vault stays until it has handed it on; the language comes with the next one."""
    folder = make_one(qtbot, first_start, opened)
    jobs.run(jobs, opened.pop().lock)
    may_open = Event()

    def slowly(*given, **facts):
        assert may_open.wait(60)
        return Vault.open(*given, clock=clock, **facts)

    def unlock(_argument):
        screen = UnlockScreen(jobs, slowly, folder, lambda _p, _s: "")
        screen.opened.connect(opened.append)
        qtbot.addWidget(screen)
        return screen

    screens = Screens(Frame(), {"unlock": unlock})
    application.language_changed.connect(lambda _code: screens.rebuild())
    screens.open("unlock")
    type_in(qtbot, screens.current, "passphrase", WORDS)
    at_work = screens.current
    press(at_work, "unlock_button")

    application.change(language="fa")
    stayed = screens.current is at_work
    may_open.set()
    qtbot.waitUntil(lambda: bool(opened), timeout=20_000)

    assert stayed
    assert at_work.may_leave()


def test_an_archive_is_not_asked_about_a_readable_copy(qtbot, application, jobs, make, tmp_path):
    """That choice belongs to those who collect."""
    page = CreatePage(Role.ARCHIVE, tmp_path, lambda _p, _s: "")
    qtbot.addWidget(page)
    page.show()

    assert not page._keep.isVisible()


def test_an_interrupted_recording_is_told_with_its_code_and_length(qtbot, application):
    """The notice says what happened and that everything up to the last second is kept."""
    notice = interrupted("T-8WRE-41", 62)
    qtbot.addWidget(notice)

    assert "T-8WRE-41" in notice.text
    assert "Everything up to the last second is kept: 1 min" in notice.help_line


def test_an_older_state_is_opened_only_knowingly(first_start, qtbot, jobs, clock, opened):
    """A database put back is explained; left closed by default, opened with the passphrase typed once more."""
    folder = make_one(qtbot, first_start, opened)
    done = []
    jobs.run(first_start, opened[0].lock, done.append)
    qtbot.waitUntil(lambda: bool(done), timeout=20_000)
    older = (folder / "db").read_bytes()
    with from_text(WORDS) as secret, Vault.open(folder, secret, clock=clock) as vault:
        vault.custody.append("checked")
    (folder / "db").write_bytes(older)
    screen = unlocking(qtbot, jobs, clock, folder)
    vaults = []
    screen.opened.connect(vaults.append)
    type_in(qtbot, screen, "passphrase", WORDS)
    press(screen, "unlock_button")
    qtbot.waitUntil(screen.findChild(QWidget, "rolled_back_page").isVisible, timeout=20_000)

    type_in(qtbot, screen, "passphrase_despite", WORDS)
    press(screen, "open_despite")
    qtbot.waitUntil(lambda: bool(vaults), timeout=20_000)

    found = []
    jobs.run(screen, lambda: vaults[0].custody.knows("rollback_noticed"), found.append)
    qtbot.waitUntil(lambda: bool(found), timeout=20_000)
    opened[0] = vaults[0]
    assert found == [True]
