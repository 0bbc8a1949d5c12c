# SPDX-License-Identifier: Apache-2.0
"""An older state was put back: what that means, and the choice to open the vault all the same."""

from __future__ import annotations

from PySide6.QtCore import Signal

from testimony_app.i18n.catalogue import _
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.parts import Column, button, card, label
from testimony_app.ui.widgets.passphrase_field import PassphraseField


class RolledBackPage(Column):
    """Explains, and takes the passphrase once more from somebody who goes on knowingly."""

    open_wanted = Signal(object)
    """A Secret."""
    left = Signal()

    def __init__(self) -> None:
        """Explain."""
        super().__init__(640)
        self.setObjectName("rolled_back_page")
        self._field = PassphraseField(_("Passphrase"), name="passphrase_despite")
        self._open = button(_("Open it as it is"), "open_despite")
        self._back = button(_("Leave it closed"), "rolled_back_back", "main")
        inner = card()
        fill(
            column(inner, edge=28, gap=12),
            label(_("Parts of this vault are older than they should be."), "heading", tone="care"),
            label(_("Somebody may have put an older copy in its place, or a disk has lost what was written.")),
            label(_("A consent that was withdrawn could be back, or a testimony could be missing.")),
            label(_("Nothing was changed. If there is a backup, compare with it first."), "strong"),
            label(_("If you open it all the same, that is written into its log for ever.")),
            8,
            self._field,
            fill(row(), self._open, None, self._back),
        )
        fill(self.box, None, label(_("This vault is not as it was left"), "title"), inner, None)
        self._field.submitted.connect(self._on_open)
        self._open.clicked.connect(self._on_open)
        self._back.clicked.connect(self._on_back)

    def begin(self) -> None:
        """Stand ready; the safe answer has the focus."""
        self._field.clear()
        self.show_waiting(False)
        self._back.setFocus()

    def show_waiting(self, is_waiting: bool) -> None:
        """Show that the vault is being opened."""
        for part in (self._open, self._back):
            part.setEnabled(not is_waiting)

    def show_wrong(self, sentence: str) -> None:
        """Say beside the field why it doesn't open."""
        self.show_waiting(False)
        self._field.show_wrong(sentence)

    def _on_open(self) -> None:
        if self._field.is_empty():
            self._field.show_wrong(_("Type the passphrase of this vault."))
        elif self._open.isEnabled():
            self.show_waiting(True)
            self.open_wanted.emit(self._field.take())

    def _on_back(self) -> None:
        self._field.clear()
        self.left.emit()
