# SPDX-License-Identifier: Apache-2.0
"""The last page of recovery: the passphrase that takes the lost one's place."""

from __future__ import annotations

from PySide6.QtCore import Signal

from testimony_app.i18n.catalogue import _
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.new_passphrase import NewPassphrase
from testimony_app.ui.widgets.check import Check
from testimony_app.ui.widgets.parts import Column, button, card, label


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
