# SPDX-License-Identifier: Apache-2.0
"""The shell put together as the program does it: first start, vault, home, draft, lock, a new process."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QVBoxLayout

from testimony_app.ui.frame.strip import Facts
from testimony_app.ui.screens import Screen, Screens
from testimony_app.ui.unlock.first_start import FirstStart
from testimony_app.ui.unlock.screen import UnlockScreen
from testimony_app.ui.widgets.bidi_edit import BidiEdit
from testimony_app.ui.window import Window
from testimony_app.vault.vault import Vault

WORDS = "laundry ancient veteran similar exotic"


class Home(Screen):
    """A home with one draft, kept on the vault thread."""

    def __init__(self, jobs, kept):
        super().__init__()
        self._jobs, self._kept = jobs, kept
        self.setObjectName("home")
        self.edit = BidiEdit("Statement", name="statement")
        self.edit.draft_changed.connect(self._on_draft)
        QVBoxLayout(self).addWidget(self.edit)

    def flush(self):
        """Hand the draft over now."""
        self.edit.flush()

    def _on_draft(self, text):
        self.saving.emit(True)
        self._jobs.run(self, lambda: self._kept.append(text), lambda _none: self.saving.emit(False))


class Shell:
    """What desktop.py does, with a fake process at the end."""

    def __init__(self, application, jobs, clock, cheap, folder):
        self.application, self.jobs, self.clock, self.cheap, self.folder = application, jobs, clock, cheap, folder
        self.vault, self.kept, self.relaunched = None, [], []
        self.window = Window(application, jobs, lambda: Facts(free_bytes=10**12))
        self.screens = Screens(self.window, {"first_start": self._first_start, "unlock": self._unlock})
        application.language_changed.connect(lambda _code: self.screens.rebuild())
        jobs.failed.connect(self.window.show_error)
        self.window.back_requested.connect(self.screens.back)
        self.window.lock_requested.connect(self._on_lock)

    def _first_start(self, begun):
        screen = FirstStart(self.jobs, self._make, lambda _role: self.folder, lambda _p, _s: "", begun)
        screen.language_chosen.connect(lambda code: self.application.change(language=code))
        screen.opened.connect(lambda made, _wants_card: self._enter(made))
        return screen

    def _unlock(self, folder):
        screen = UnlockScreen(self.jobs, self._open, folder, lambda _p, _s: "")
        screen.opened.connect(self._enter)
        return screen

    def _make(self, wanted):
        name, role, key = wanted.name, wanted.role, wanted.passphrase
        vault = Vault.create(wanted.folder, role=role, name=name, passphrase=key, clock=self.clock, cost=self.cheap)
        return vault, vault.role

    def _open(self, folder, passphrase, **_how):
        vault = Vault.open(folder, passphrase, clock=self.clock)
        return vault, vault.role

    def _enter(self, opened):
        self.vault, role = opened
        self.window.enter_vault(role, lambda _secret: None)
        self.screens.add({"home": lambda _argument: Home(self.jobs, self.kept)})
        self.screens.start("home")

    def _on_lock(self):
        self.jobs.shut_down(self.vault.lock)
        self.relaunched.append(self.vault.folder)


@pytest.fixture
def shell(qtbot, application, jobs, clock, cheap, tmp_path):
    """Return the shell at its first screen, shown; its vault is locked at the end."""
    made = Shell(application, jobs, clock, cheap, tmp_path / "vault")
    qtbot.addWidget(made.window)
    made.window.show()
    made.screens.start("first_start")
    yield made
    jobs.shut_down(made.vault.lock if made.vault and not made.vault.is_locked else None)


def press(shell, name):
    """Press the button with this name."""
    shell.window.findChild(QAbstractButton, name).click()


def test_from_the_first_start_to_a_locked_vault(shell, qtbot):
    """Language, purpose, vault, home; locking keeps the draft, locks the vault, and only then starts anew."""
    press(shell, "language_en")
    press(shell, "collect")
    for name, text in (("vault_name", "Interviewer 4"), ("passphrase", WORDS), ("passphrase_again", WORDS)):
        qtbot.keyClicks(shell.window.findChild(QLineEdit, name), text)
    press(shell, "create_vault")
    qtbot.waitUntil(lambda: shell.screens.name == "home", timeout=20_000)
    role = shell.window.findChild(QLabel, "role_chip").text()

    qtbot.keyClicks(shell.screens.current.edit, "what was said")
    press(shell, "lock_button")

    assert role == "Interviewer"
    assert shell.kept == ["what was said"]
    assert shell.vault.is_locked
    assert shell.relaunched == [shell.folder]
