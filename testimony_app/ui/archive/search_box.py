# SPDX-License-Identifier: Apache-2.0
"""A field that waits until the typing pauses, so that each search is one that somebody meant."""

from __future__ import annotations

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QSizePolicy

from testimony_app.i18n.catalogue import _
from testimony_app.ui import theme
from testimony_app.ui.widgets.bidi_edit import BidiLine

_PAUSE_MILLISECONDS = 150


class SearchBox(BidiLine):
    """Tells what to search for; Enter asks at once, Escape empties it."""

    search_requested = Signal(str)

    def __init__(self, text: str = "") -> None:
        """Show what is being searched for."""
        super().__init__(
            _("Search"),
            name="search_field",
            placeholder=_("Search names, places and words, in either script"),
            text=text,
        )
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMaximumWidth(theme.pixels(460))
        self.setMinimumWidth(theme.pixels(120))
        self.setClearButtonEnabled(False)
        self._asked = text
        self._pause = QTimer(self, singleShot=True, interval=_PAUSE_MILLISECONDS)
        self._pause.timeout.connect(self._ask)
        self.textChanged.connect(lambda _text: self._pause.start())
        self.returnPressed.connect(self._ask)
        QShortcut(QKeySequence(QKeySequence.StandardKey.Cancel), self, self.clear)

    def _ask(self) -> None:
        self._pause.stop()
        if self.text() != self._asked:
            self._asked = self.text()
            self.search_requested.emit(self._asked)
