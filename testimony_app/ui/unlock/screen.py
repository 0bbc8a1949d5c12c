# SPDX-License-Identifier: Apache-2.0
"""Choose a vault, open it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from testimony_app.clock import Clock
from testimony_app.crypto.secret import Secret
from testimony_app.dropbox.box import DropBox
from testimony_app.safekeeping import key_file, recovery
from testimony_app.ui import alerts
from testimony_app.ui.jobs import Runs
from testimony_app.ui.keys.screen import Sheets
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen
from testimony_app.ui.unlock.create_page import ChoosesFolder
from testimony_app.ui.unlock.rolled_back_page import ROLLED_BACK, RolledBackPage
from testimony_app.ui.unlock.unlock_page import UnlockPage
from testimony_app.workspace import Workspace, over

_REFUSED_KEY = "vault.wrong-passphrase"


class OpensVault(Protocol):
    """Opens the vault in a folder; on the vault thread."""

    def __call__(
        self, folder: Path, passphrase: Secret, *, key_file: Path | None = ..., despite_rollback: bool = ...
    ) -> object:
        """Return the opened vault."""


class Recovery(Sheets):
    """Opens a vault by its recovery sheets."""

    def __init__(self, clock: Clock) -> None:
        """Open with this clock."""
        self._clock = clock

    def prove(self, folder: Path, words: Sequence[str]) -> None:
        """Return if the sheets open the vault in a folder (bench). Raises what is wrong with them."""
        recovery.try_sheets(folder, words)

    def recover(
        self, folder: Path, words: Sequence[str], passphrase: Secret, *, only: bool, despite_rollback: bool = False
    ) -> Workspace:
        """Return what can be done with the vault, which the passphrase opens from now on (vault thread)."""
        vault = recovery.open_with_sheets(folder, words, clock=self._clock, despite_rollback=despite_rollback)
        try:
            recovery.set_passphrase(vault.ways, passphrase, only=only)
        except BaseException:
            vault.lock()
            raise
        return over(vault, self._clock)


@contextmanager
def second_half(path: Path | None) -> Iterator[Secret | None]:
    """Hand out the second half of a passphrase that a file holds, or None; it is wiped."""
    if path is None:
        yield None
        return
    with key_file.read(path) as half:
        yield half


class UnlockScreen(Screen):
    """Opens the vault that was open last, or another one."""

    opened = Signal(object)
    """What `open_vault` returned."""

    practice_wanted = Signal()
    box_chosen = Signal(object)
    """The folder of a drop box: it has no passphrase and opens as it is."""

    role_for_pictures = None

    def __init__(self, jobs: Runs, open_vault: OpensVault, folder: Path | None, choose_folder: ChoosesFolder) -> None:
        super().__init__()
        self.setObjectName("unlock_screen")
        self._jobs, self._open_vault, self._choose_folder = jobs, open_vault, choose_folder
        self._folder = folder
        self._is_busy = False
        self.page = UnlockPage(folder)
        self._older = RolledBackPage()
        self._stack = QStackedWidget()
        self._stack.addWidget(self.page)
        self._stack.addWidget(self._older)
        fill(column(self), self._stack)
        self._connect()

    def _connect(self) -> None:
        self.page.unlock_requested.connect(self._on_unlock)
        self.page.another_wanted.connect(self._on_another)
        self.page.new_wanted.connect(lambda: self.go.emit("first_start", None))
        self.page.sheets_wanted.connect(lambda: self.go.emit("recover", self._folder))
        self.page.restore_wanted.connect(lambda: self.go.emit("restore", None))
        self.page.practice_wanted.connect(self.practice_wanted)
        self._older.open_wanted.connect(lambda passphrase: self._open(passphrase, despite_rollback=True))
        self._older.sheets_wanted.connect(lambda: self.go.emit("recover", self._folder))
        self._older.left.connect(self._on_left_closed)

    def may_leave(self) -> bool:
        """Tell whether no vault is being opened: a screen that was thrown away could not hand it on."""
        return not self._is_busy

    def where(self, argument: object) -> object:
        """Return the folder that is chosen now."""
        return self._folder

    def arrived(self) -> None:
        """Stand ready for the passphrase."""
        self.page.take_focus()

    def _on_another(self) -> None:
        chosen = self._choose_folder(self, str(self._folder.parent) if self._folder else "")
        if chosen and DropBox.is_one(Path(chosen)):
            self.box_chosen.emit(Path(chosen))
        elif chosen:
            self._folder = Path(chosen)
            self.page.show_folder(self._folder)
            self.page.take_focus()

    def _on_unlock(self, passphrase: Secret) -> None:
        if self._folder is None:
            passphrase.wipe()
            return
        self.page.show_waiting(True)
        self._open(passphrase)

    def _open(self, passphrase: Secret, *, despite_rollback: bool = False) -> None:
        if self._folder is not None:
            opened = partial(
                self._open_vault,
                self._folder,
                passphrase,
                key_file=self._older.half.path if despite_rollback else self.page.half.path,
                despite_rollback=despite_rollback,
            )
            work = partial(_open_and_wipe, opened, passphrase)
            self._is_busy = True
            self._jobs.run(self, work, self._on_opened, self._on_failed)

    def _on_opened(self, made: object) -> None:
        self._is_busy = False
        self.opened.emit(made)

    def _on_left_closed(self) -> None:
        self._stack.setCurrentWidget(self.page)
        self.page.take_focus()

    def _on_failed(self, error: Exception) -> None:
        self._is_busy = False
        self.page.show_waiting(False)
        code = getattr(error, "code", "")
        if self._stack.currentWidget() is self._older:
            self._older.show_wrong(alerts.field_text(error))
        elif code == ROLLED_BACK:
            self._older.begin(self.page.half.path)
            self._stack.setCurrentWidget(self._older)
        elif code == _REFUSED_KEY:
            self.page.show_wrong_passphrase(alerts.field_text(error))
        else:
            self.page.show_wrong_folder(alerts.field_text(error))
        self.bar_changed.emit()  # what had to wait, as another language, may come now


def _open_and_wipe(open_vault: Callable[[], object], passphrase: Secret) -> object:
    try:
        return open_vault()
    finally:
        passphrase.wipe()
