# SPDX-License-Identifier: Apache-2.0
"""An older state was put back: what that means, and the choice to open the vault all the same."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal

from testimony_app.i18n.catalogue import _
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.unlock.half_picker import HalfPicker
from testimony_app.ui.widgets.parts import Column, button, card, label
from testimony_app.ui.widgets.passphrase_field import PassphraseField

ROLLED_BACK = "vault.rolled-back"
"""The code under which a vault refuses to open because of it."""


class RolledBackPage(Column):
    """Explains, and takes the passphrase once more from somebody who goes on knowingly."""

    open_wanted = Signal(object)
    """A Secret, or None where sheets were given already."""
    sheets_wanted = Signal()
    left = Signal()

    def __init__(self, *, with_sheets: bool = False) -> None:
        """Explain; with sheets at hand nothing more is asked for."""
        super().__init__(640)
        self.setObjectName("rolled_back_page")
        self._field = PassphraseField(_("Passphrase"), name="passphrase_despite")
        self.half, self._has_sheets = HalfPicker(), with_sheets
        self._sheets = button(_("I have recovery sheets"), "sheets_despite", "flat")
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
            self.half,
            fill(row(), self._sheets, None),
            fill(row(), self._open, None, self._back),
        )
        for part in (self._field, self.half, self._sheets):
            part.setVisible(not with_sheets)
        fill(self.box, None, label(_("This vault is not as it was left"), "title"), inner, None)
        self._field.submitted.connect(self._on_open)
        self._open.clicked.connect(self._on_open)
        self._sheets.clicked.connect(self.sheets_wanted)
        self._back.clicked.connect(self._on_back)

    def begin(self, half: Path | None = None) -> None:
        """Stand ready, with the file that was chosen before; the safe answer has the focus."""
        self._field.clear()
        self.half.choose(str(half) if half else "")
        self.show_waiting(False)
        self._back.setFocus()

    def show_waiting(self, is_waiting: bool) -> None:
        """Show that the vault is being opened."""
        for part in (self._open, self._back, self._sheets, self.half):
            part.setEnabled(not is_waiting)

    def show_wrong(self, sentence: str) -> None:
        """Say beside the field why it doesn't open."""
        self.show_waiting(False)
        self._field.show_wrong(sentence)

    def _on_open(self) -> None:
        if self._has_sheets:
            self.show_waiting(True)
            self.open_wanted.emit(None)
        elif self._field.is_empty():
            self._field.show_wrong(_("Type the passphrase of this vault."))
        elif self._open.isEnabled():
            self.show_waiting(True)
            self.open_wanted.emit(self._field.take())

    def _on_back(self) -> None:
        self._field.clear()
        self.left.emit()
