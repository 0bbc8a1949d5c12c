# SPDX-License-Identifier: Apache-2.0
"""One thing on one screen: a few words, and the few things that can be answered to them."""

from __future__ import annotations

import msgspec
from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from testimony_app.ui.kiosk.choices import Choice, Choices
from testimony_app.ui.kiosk.parts import Words, line
from testimony_app.ui.layouts import column


class Shown(msgspec.Struct, frozen=True):
    """What a page says and offers."""

    name: str
    heading: str
    body: str = ""
    choices: tuple[Choice, ...] = ()
    above: str = ""
    """A small line above: which of several this is."""
    is_calm: bool = False


class ChoicePage(QWidget):
    """Tells which of the buttons was pressed, by its name."""

    chosen = Signal(str)

    def __init__(self, shown: Shown) -> None:
        """Show these words and buttons."""
        super().__init__()
        self.setObjectName(shown.name)
        self.setAccessibleName(shown.heading)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus if shown.choices else Qt.FocusPolicy.StrongFocus)
        self._words = Words(shown.heading, shown.body, is_calm=shown.is_calm)
        self._above = shown.above
        self.choices = Choices(shown.choices)
        self.choices.chosen.connect(self.chosen)
        box = column(self, gap=16)
        if shown.above:
            box.addWidget(line(shown.above, "kiosk_above"))
        box.addWidget(self._words, 1)
        box.addWidget(self.choices)
        box.addSpacing(24)

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    @property
    def said(self) -> str:
        """Everything on it, for reading aloud."""
        return f"{self._words.said}\n{self._above}".strip()

    def take_focus(self) -> None:
        """Put the focus on the first answer, or where there is none on the page itself."""
        if self.choices.buttons:
            self.choices.take_focus()
        else:
            self.setFocus()
