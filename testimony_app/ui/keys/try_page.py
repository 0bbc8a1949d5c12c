# SPDX-License-Identifier: Apache-2.0
"""The try: sheets from paper, to prove that they open the vault, which stays as it is."""

from __future__ import annotations

from PySide6.QtCore import Signal

from testimony_app.i18n.catalogue import _
from testimony_app.ui.keys.sheet_texts import SheetTexts, recovery_texts
from testimony_app.ui.keys.sheets_entry import SheetsEntry, are_enough
from testimony_app.ui.keys.values import ReadSheet
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.parts import Column, button, card, label


class TryPage(Column):
    """Gathers sheets until there are enough, and then offers to try them."""

    try_wanted = Signal()
    left = Signal()

    def __init__(self, texts: SheetTexts | None = None) -> None:
        """Show that no sheet is here yet; without other texts they open the vault."""
        super().__init__(760)
        texts = texts or recovery_texts()
        self.setObjectName("try_page")
        self.entry = SheetsEntry()
        self._try = button(_("Try these sheets"), "try_button", "main")
        back = button(_("Back"), "try_back")
        inner = card()
        fill(column(inner, edge=24), self.entry)
        fill(
            self.box,
            label(_("Try the sheets"), "title"),
            label(texts.proves, "lead"),
            inner,
            fill(row(), back, None, self._try),
            None,
        )
        self._try.clicked.connect(self.try_wanted)
        back.clicked.connect(self.left)
        self.setFocusProxy(self.entry)
        self.show_sheets(())

    def show_sheets(self, sheets: tuple[ReadSheet, ...]) -> None:
        """Allow the try once there are enough."""
        self._try.setEnabled(are_enough(sheets))
        if self._try.isEnabled():
            self._try.setFocus()

    def show_wrong(self, sentence: str) -> None:
        """Say why these sheets don't open the vault."""
        self.entry.show_wrong(sentence)
