# SPDX-License-Identifier: Apache-2.0
"""Choose a vault, open it."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QVBoxLayout

from testimony_app.crypto.secret import Secret
from testimony_app.ui import alerts
from testimony_app.ui.jobs import Runs
from testimony_app.ui.screens import Screen
from testimony_app.ui.unlock.create_page import ChoosesFolder
from testimony_app.ui.unlock.unlock_page import UnlockPage

_REFUSED_KEY = "vault.wrong-passphrase"
OpensVault = Callable[[Path, Secret], object]


class UnlockScreen(Screen):
    """Opens the vault that was open last, or another one."""

    opened = Signal(object)
    """What `open_vault` returned."""

    role_for_pictures = None

    def __init__(self, jobs: Runs, open_vault: OpensVault, folder: Path | None, choose_folder: ChoosesFolder) -> None:
        super().__init__()
        self.setObjectName("unlock_screen")
        self._jobs, self._open_vault, self._choose_folder = jobs, open_vault, choose_folder
        self._folder = folder
        self.page = UnlockPage(folder)
        box = QVBoxLayout(self)
        box.setContentsMargins(0, 0, 0, 0)
        box.addWidget(self.page)
        self.page.unlock_requested.connect(self._on_unlock)
        self.page.another_wanted.connect(self._on_another)
        self.page.new_wanted.connect(lambda: self.go.emit("first_start", None))

    def where(self, argument: object) -> object:
        """Return the folder that is chosen now."""
        return self._folder

    def arrived(self) -> None:
        """Stand ready for the passphrase."""
        self.page.take_focus()

    def _on_another(self) -> None:
        chosen = self._choose_folder(self, str(self._folder.parent) if self._folder else "")
        if chosen:
            self._folder = Path(chosen)
            self.page.show_folder(self._folder)
            self.page.take_focus()

    def _on_unlock(self, passphrase: Secret) -> None:
        if self._folder is None:
            passphrase.wipe()
            return
        self.page.show_waiting(True)
        work = partial(_open_and_wipe, self._open_vault, self._folder, passphrase)
        self._jobs.run(self, work, self.opened.emit, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self.page.show_waiting(False)
        if getattr(error, "code", "") == _REFUSED_KEY:
            self.page.show_wrong_passphrase(alerts.field_text(error))
        else:
            self.page.show_wrong_folder(alerts.field_text(error))


def _open_and_wipe(open_vault: OpensVault, folder: Path, passphrase: Secret) -> object:
    try:
        return open_vault(folder, passphrase)
    finally:
        passphrase.wipe()
