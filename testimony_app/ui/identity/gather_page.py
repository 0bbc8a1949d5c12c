# SPDX-License-Identifier: Apache-2.0
"""The keepers' sheets, one after the other, until there are enough to open the envelope."""

from __future__ import annotations

from PySide6.QtCore import Signal

from testimony_app.i18n.catalogue import _
from testimony_app.ui.keys.sheets_entry import SheetsEntry, are_enough
from testimony_app.ui.keys.values import ReadSheet
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.parts import Column, button, card, label


class KeepersPage(Column):
    """Gathers sheets; checks and opens nothing itself."""

    open_wanted = Signal()
    left = Signal()

    def __init__(self) -> None:
        """Show that no sheet is here yet."""
        super().__init__(760)
        self.setObjectName("gather_keepers")
        self.entry = SheetsEntry()
        self._open = button(_("Open the envelope"), "open_envelope", "main")
        back = button(_("Leave it closed"), "gather_back")
        inner = card()
        fill(column(inner, edge=24), self.entry)
        fill(
            self.box,
            label(_("The keepers’ sheets"), "title"),
            label(_("Hand the keyboard on after each sheet. What was typed is not shown again."), "lead"),
            inner,
            fill(row(), back, None, self._open),
            None,
        )
        self._open.clicked.connect(self.open_wanted)
        back.clicked.connect(self.left)
        self.setFocusProxy(self.entry)
        self.show_sheets(())

    def show_sheets(self, sheets: tuple[ReadSheet, ...]) -> None:
        """Allow the opening once there are enough."""
        self._open.setEnabled(are_enough(sheets))
        if self._open.isEnabled():
            self._open.setFocus()

    def show_wrong(self, sentence: str) -> None:
        """Say why these sheets don't open the envelope."""
        self.entry.show_wrong(sentence)
