# SPDX-License-Identifier: Apache-2.0
"""Opening a vault with its recovery sheets: gather them, prove them, choose a new passphrase."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QStackedWidget

from testimony_app.crypto.secret import Secret
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import auto
from testimony_app.ui import alerts
from testimony_app.ui.jobs import Runs
from testimony_app.ui.keys.gather_page import GatherPage, to_recover
from testimony_app.ui.keys.gathering import Gathering, ReadsSheets
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen
from testimony_app.ui.unlock.renew_page import RenewPage
from testimony_app.ui.unlock.rolled_back_page import ROLLED_BACK, RolledBackPage


class Recovers(ReadsSheets, Protocol):
    """Opens a vault by its sheets."""

    def prove(self, folder: Path, words: Sequence[str]) -> None:
        """Return if the sheets open the vault in a folder (bench)."""

    def recover(
        self, folder: Path, words: Sequence[str], passphrase: Secret, *, only: bool, despite_rollback: bool = ...
    ) -> object:
        """Return the opened vault, which the passphrase opens from now on (vault thread)."""


class RecoverScreen(Screen):
    """Sheets first, then the new passphrase: nobody thinks one up for sheets that don't fit."""

    opened = Signal(object)
    """What `recover` returned."""

    role_for_pictures = None
    can_go_back = True

    def __init__(self, jobs: Runs, recovers: Recovers, folder: Path) -> None:
        """Recover the vault in this folder."""
        super().__init__()
        self.setObjectName("recover_screen")
        self.title = _("Recovery sheets")
        self._jobs, self._recovers, self._folder = jobs, recovers, folder
        self._passphrase: Secret | None = None
        self._only = self._is_busy = False
        self._gather, self._renew = GatherPage(to_recover(_title(folder))), RenewPage()
        self._gathering = Gathering(self._gather.entry, jobs, recovers)
        self._older = RolledBackPage(with_sheets=True)
        self._stack = QStackedWidget()
        for page in (self._gather, self._renew, self._older):
            self._stack.addWidget(page)
        fill(column(self), self._stack)
        self._gathering.changed.connect(self._gather.show_sheets)
        self._gather.continued.connect(self._on_continued)
        self._gather.left.connect(self.back)
        self._renew.left.connect(self.back)
        self._renew.wanted.connect(self._on_wanted)
        self._older.open_wanted.connect(lambda _none: self._recover(despite_rollback=True))
        self._older.left.connect(self.back)

    def arrived(self) -> None:
        """Stand ready for the first sheet."""
        self._gather.setFocus()

    def may_leave(self) -> bool:
        """Tell whether no vault is being opened: a screen that was thrown away could not hand it on."""
        return not self._is_busy

    def _on_continued(self) -> None:
        words, folder, recovers = self._gathering.words(), self._folder, self._recovers
        prove = lambda: recovers.prove(folder, words)  # noqa: E731
        self._jobs.run(self, prove, self._on_proved, self._refused(self._gather.entry.show_wrong), heavy=True)

    def _on_proved(self, _none: object) -> None:
        self._stack.setCurrentWidget(self._renew)
        self._renew.begin()

    def left(self) -> None:
        """Forget the sheets and the passphrase."""
        self._gathering.forget()
        self._forget_passphrase()

    def _on_wanted(self, passphrase: Secret, only: bool) -> None:
        # A copy is kept until the vault is open: an older state asks once more before it takes the passphrase.
        self._forget_passphrase()
        self._passphrase, self._only = passphrase, only
        self._recover(despite_rollback=False)

    def _recover(self, *, despite_rollback: bool) -> None:
        words, folder, recovers = self._gathering.words(), self._folder, self._recovers
        if self._passphrase is None:
            return
        passphrase, only = self._passphrase.copy(), self._only

        def recover() -> object:
            with passphrase:
                return recovers.recover(folder, words, passphrase, only=only, despite_rollback=despite_rollback)

        self._is_busy = True
        self._jobs.run(self, recover, self._on_recovered, self._on_failed)

    def _on_failed(self, error: Exception) -> None:
        self._is_busy = False
        if getattr(error, "code", "") == ROLLED_BACK:
            self._older.begin()
            self._stack.setCurrentWidget(self._older)
            return
        self._stack.setCurrentWidget(self._renew)
        self._renew.show_wrong(alerts.field_text(error))

    def _forget_passphrase(self) -> None:
        held, self._passphrase = self._passphrase, None
        if held is not None:
            held.wipe()

    def _on_recovered(self, opened: object) -> None:
        self._is_busy = False
        self.left()
        self.opened.emit(opened)

    def _refused(self, show: Callable[[str], None]) -> Callable[[Exception], None]:
        return lambda error: show(alerts.field_text(error))


def _title(folder: Path) -> str:
    return _("Open {vault} with recovery sheets").format(vault=auto(folder.name))
