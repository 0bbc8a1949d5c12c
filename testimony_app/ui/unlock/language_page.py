# SPDX-License-Identifier: Apache-2.0
"""The first page of all: languages in their own names."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QWidget

from testimony_app.i18n import languages
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import LANGUAGES
from testimony_app.ui.widgets.card_button import CardButton
from testimony_app.ui.widgets.parts import Column, label

_ACROSS = 3


class LanguagePage(Column):
    """Choose a language."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__(900)
        self.box.addStretch(1)
        self.box.addWidget(label(_("Choose your language"), "title", name="language_title"))
        self.box.addWidget(label(_("You can change it at any time, at the top of the window."), "lead"))
        self.box.addSpacing(8)
        self.box.addWidget(self._grid())
        self.box.addStretch(2)

    def _grid(self) -> QWidget:
        holder = QWidget()
        grid = QGridLayout(holder)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setSpacing(16)
        for place, language in enumerate(LANGUAGES):
            is_current = language.code == languages.current().code
            made = CardButton(language.own_name, language.draft_mark, f"language_{language.code}", is_main=is_current)
            made.setLayoutDirection(
                Qt.LayoutDirection.RightToLeft if language.is_right_to_left else Qt.LayoutDirection.LeftToRight
            )
            made.clicked.connect(lambda _checked=False, code=language.code: self.chosen.emit(code))
            grid.addWidget(made, place // _ACROSS, place % _ACROSS)
            if is_current:
                self.setFocusProxy(made)
        return holder
