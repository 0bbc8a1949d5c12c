# SPDX-License-Identifier: Apache-2.0
"""The archive's sidebar: how many testimonies there are of each state and language; a press narrows the list."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton, QScrollArea, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits, spoken_name
from testimony_app.model.testimony import State
from testimony_app.ui import theme, wording
from testimony_app.ui.archive.values import Counts, Filters
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.chip import Chip
from testimony_app.ui.widgets.parts import button, label

_STATES = (State.TO_REVIEW, State.CATALOGUED, State.HELD_APART, State.INCOMPLETE, State.WITHDRAWN)


class FiltersBar(QScrollArea):
    """One state and one language at most; pressing what is chosen takes it off again."""

    chosen = Signal(object)
    """Filters."""

    def __init__(self) -> None:
        """Start without counts."""
        super().__init__()
        self.setObjectName("filters")
        self.setWidgetResizable(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFixedWidth(theme.pixels(220))
        self._filters = Filters()
        self._buttons: list[tuple[Filters, QPushButton]] = []
        self._inner = QWidget()
        self._box = column(self._inner, edge=12, gap=2)
        self.setWidget(self._inner)

    def show_counts(self, counts: Counts) -> None:
        """Show how many there are of each."""
        emptied(self._box)
        self._buttons = []
        total = sum(counts.states.values())
        self._add_heading(_("Review"))
        self._add(_("All testimonies"), total, Filters(), "filter_all")
        for state in _STATES:
            if counts.states.get(state) or state in (State.TO_REVIEW, State.CATALOGUED):
                self._add(wording.state_word(state), counts.states.get(state, 0), Filters(state), f"filter_{state}")
        if counts.languages:
            self._add_heading(_("Language"))
        for code, count in sorted(counts.languages.items(), key=lambda pair: -pair[1]):
            self._add(spoken_name(code), count, Filters(language=code), f"filter_language_{code}")
        self._box.addStretch(1)
        self._mark()

    def show_filters(self, filters: Filters) -> None:
        """Show what the list is narrowed to."""
        self._filters = filters
        self._mark()

    def _add_heading(self, text: str) -> None:
        if self._buttons:
            self._box.addSpacing(16)
        line = fill(row(), 12, label(text, "strong", wraps=False))
        self._box.addLayout(line)

    def _add(self, words: str, count: int, filters: Filters, name: str) -> None:
        pressed = button(words, name, "topic", said=f"{words}: {digits(count)}")
        pressed.setCheckable(True)
        pressed.clicked.connect(lambda: self._on_pressed(filters))
        self._buttons.append((filters, pressed))
        number = Chip(digits(count), "action") if filters.state is State.TO_REVIEW and count else None
        line = row(gap=4)
        line.addWidget(pressed, 1)
        line.addWidget(number or label(digits(count), "small", wraps=False))
        self._box.addLayout(line)

    def _on_pressed(self, filters: Filters) -> None:
        merged = _toggled(self._filters, filters)
        self.show_filters(merged)
        self.chosen.emit(merged)

    def _mark(self) -> None:
        for filters, pressed in self._buttons:
            pressed.setChecked(_is_on(self._filters, filters))


def _toggled(now: Filters, pressed: Filters) -> Filters:
    if pressed == Filters():
        return pressed
    if pressed.state is not None:
        return Filters(None if now.state is pressed.state else pressed.state, now.language)
    return Filters(now.state, "" if now.language == pressed.language else pressed.language)


def _is_on(now: Filters, button_for: Filters) -> bool:
    if button_for == Filters():
        return now == Filters()
    if button_for.state is not None:
        return now.state is button_for.state
    return now.language == button_for.language
