# SPDX-License-Identifier: Apache-2.0
"""Which languages are spoken: the likeliest as buttons to press, the others in a list that adds a button."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import spoken, spoken_name
from testimony_app.ui.flow_layout import FlowLayout
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.parts import button

_AT_HAND = 6


class LanguagePicker(QWidget):
    """Any number of languages, in the order they were pressed."""

    edited = Signal()

    def __init__(self) -> None:
        """Show the likeliest languages, none chosen."""
        super().__init__()
        self._chosen: list[str] = []
        self._buttons: dict[str, QPushButton] = {}
        self._flow = FlowLayout(self)
        self._others = Choice("", name="")
        self._others.setObjectName("other_language")
        self._others.setAccessibleName(_("Another language"))
        self._flow.addWidget(self._others)
        for code in spoken()[:_AT_HAND]:
            self._add(code)
        self._fill_others()
        self._others.activated.connect(self._on_other)

    def show_languages(self, codes: tuple[str, ...]) -> None:
        """Show these as chosen."""
        self._chosen = list(codes)
        for code in codes:
            self._add(code)
        for code, pressed in self._buttons.items():
            pressed.setChecked(code in codes)
        self._fill_others()

    def languages(self) -> tuple[str, ...]:
        """Return the chosen codes."""
        return tuple(self._chosen)

    def _add(self, code: str) -> None:
        if code in self._buttons:
            return
        made = button(spoken_name(code), f"language_{code}")
        made.setCheckable(True)
        made.clicked.connect(lambda is_on: self._on_pressed(code, is_on=is_on))
        self._buttons[code] = made
        self._flow.insert(self._flow.count() - 1, made)

    def _fill_others(self) -> None:
        self._others.clear()
        self._others.addItem(_("Another language…"), "")
        for code in spoken():
            if code not in self._buttons:
                self._others.addItem(spoken_name(code), code)

    def _on_pressed(self, code: str, *, is_on: bool) -> None:
        if is_on and code not in self._chosen:
            self._chosen.append(code)
        elif not is_on and code in self._chosen:
            self._chosen.remove(code)
        self.edited.emit()

    def _on_other(self, position: int) -> None:
        code = self._others.itemData(position)
        if not code:
            return
        self._add(code)
        self._buttons[code].setChecked(True)
        self._chosen.append(code)
        self._fill_others()
        self.edited.emit()
