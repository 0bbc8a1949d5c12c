# SPDX-License-Identifier: Apache-2.0
"""Sheets from paper, gathered one after the other until there are enough for what they are wanted for."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Signal

from testimony_app.i18n.catalogue import _
from testimony_app.ui.keys.sheet_texts import SheetTexts
from testimony_app.ui.keys.sheets_entry import SheetsEntry, are_enough
from testimony_app.ui.keys.values import ReadSheet
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.parts import Column, button, card, label


class Purpose(msgspec.Struct, frozen=True):
    """What sheets are gathered for, in words, and the names by which the page's parts are known."""

    page: str
    title: str
    lead: str
    act: str
    act_name: str
    back: str
    back_name: str


class GatherPage(Column):
    """Gathers sheets, and then offers to go on; checks and opens nothing itself."""

    continued = Signal()
    left = Signal()

    def __init__(self, purpose: Purpose) -> None:
        """Show that no sheet is here yet."""
        super().__init__(760)
        self.setObjectName(purpose.page)
        self.entry = SheetsEntry()
        self._go_on = button(purpose.act, purpose.act_name, "main")
        back = button(purpose.back, purpose.back_name)
        inner = card()
        fill(column(inner, edge=24), self.entry)
        fill(
            self.box,
            label(purpose.title, "title"),
            label(purpose.lead, "lead"),
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

    def show_wrong(self, sentence: str) -> None:
        """Say why these sheets don't fit."""
        self.entry.show_wrong(sentence)


def to_try(texts: SheetTexts) -> Purpose:
    """Return the words of a try, which changes nothing."""
    return Purpose(
        "try_page", _("Try the sheets"), texts.proves, _("Try these sheets"), "try_button", _("Back"), "try_back"
    )


def to_recover(title: str) -> Purpose:
    """Return the words of opening a vault or a backup with them."""
    lead = _("The sheets are only read. They still open the vault afterwards.")
    return Purpose("gather_page", title, lead, _("Continue"), "continue_recovery", _("Back"), "recovery_back")


def to_learn() -> Purpose:
    """Return the words of opening a witness's identity with them."""
    lead = _("Hand the keyboard on after each sheet. What was typed is not shown again.")
    return Purpose(
        "gather_keepers", _("The keepers’ sheets"), lead, _("Open the envelope"), "open_envelope",
        _("Leave it closed"), "gather_back",
    )  # fmt: skip
