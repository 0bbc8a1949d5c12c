# SPDX-License-Identifier: Apache-2.0
"""The two pages of recovery: the sheets, and the passphrase that takes the lost one's place."""

from __future__ import annotations

from PySide6.QtCore import Signal

from testimony_app.i18n.catalogue import _
from testimony_app.ui.keys.sheets_entry import SheetsEntry, are_enough
from testimony_app.ui.keys.values import ReadSheet
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.new_passphrase import NewPassphrase
from testimony_app.ui.widgets.check import Check
from testimony_app.ui.widgets.parts import Column, button, card, label


class GatherPage(Column):
    """Gathers sheets until there are enough."""

    continued = Signal()
    left = Signal()

    def __init__(self, title: str) -> None:
        """Show what is to be opened with them."""
        super().__init__(760)
        self.setObjectName("gather_page")
        self.entry = SheetsEntry()
        self._go_on = button(_("Continue"), "continue_recovery", "main")
        back = button(_("Back"), "recovery_back")
        inner = card()
        fill(column(inner, edge=24), self.entry)
        fill(
            self.box,
            label(title, "title"),
            label(_("The sheets are only read. They still open the vault afterwards."), "lead"),
            inner,
            fill(row(), back, None, self._go_on),
            None,
        )
        self._go_on.clicked.connect(self.continued)
        back.clicked.connect(self.left)
        self.setFocusProxy(self.entry)
        self.show_sheets(())

    def show_sheets(self, sheets: tuple[ReadSheet, ...]) -> None:
        """Allow going on once there are enough."""
        self._go_on.setEnabled(are_enough(sheets))
        if self._go_on.isEnabled():
            self._go_on.setFocus()


class RenewPage(Column):
    """A new passphrase, and whether those before it still open the vault."""

    wanted = Signal(object, bool)
    """A Secret, and whether it is to be the only passphrase."""
    left = Signal()

    def __init__(self, act: str = "") -> None:
        """Offer to close the lost passphrase; `act` says what happens then, in the place of opening the vault."""
        super().__init__(720)
        self._act = act or _("Open the vault")
        self.setObjectName("renew_page")
        self._new = NewPassphrase()
        self._only = Check(_("Close every passphrase before it"), name="only_passphrase")
        self._only.setChecked(True)
        self._keep = button(self._act, "recover_button", "main")
        self._back = button(_("Back"), "renew_back")
        inner = card()
        fill(
            column(inner, edge=24, gap=12), self._new, 8, self._only,
            label(_("Somebody may have found the one that was lost."), "small"),
        )  # fmt: skip
        fill(
            self.box,
            label(_("Choose a new passphrase"), "title"),
            label(_("The sheets fit. From now on this passphrase opens the vault."), "lead"),
            inner,
            fill(row(), self._back, None, self._keep),
            None,
        )
        self._keep.clicked.connect(self._on_keep)
        self._new.submitted.connect(self._on_keep)
        self._back.clicked.connect(self.left)
        self.setFocusProxy(self._new)

    def show_wrong(self, sentence: str) -> None:
        """Say why the vault wasn't opened."""
        self._show_waiting(False)
        self._new.show_wrong(sentence)

    def _on_keep(self) -> None:
        if self._keep.isEnabled() and self._new.is_complete():
            self._new.ask_if_weak(self._tell)

    def begin(self) -> None:
        """Stand ready for the new passphrase."""
        self._show_waiting(False)
        self.setFocus()

    def _tell(self) -> None:
        self._show_waiting(True)
        self.wanted.emit(self._new.take(), self._only.isChecked())

    def _show_waiting(self, is_waiting: bool) -> None:
        for part in (self._keep, self._back):
            part.setEnabled(not is_waiting)
        self._new.show_waiting(is_waiting)
        self._keep.setText(_("Opening …") if is_waiting else self._act)
