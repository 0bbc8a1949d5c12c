# SPDX-License-Identifier: Apache-2.0
"""A sentence across the top of a screen, with one thing to do."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.ui.widgets.announce import announce
from testimony_app.ui.widgets.parts import button, label


class Banner(QFrame):
    """One notice on the ground of its tone: action, sealed, care or record."""

    acted = Signal()
    dismissed = Signal()

    def __init__(
        self, text: str, tone: str = "action", *, help_line: str = "", action: str = "", may_close: bool = True
    ) -> None:
        super().__init__()
        self.setProperty("banner", tone)
        self.setObjectName("banner")
        self.setAccessibleName(text)
        self.text, self.help_line = text, help_line
        row = QHBoxLayout(self)
        row.setContentsMargins(16, 12, 16, 12)
        row.setSpacing(16)
        row.addLayout(self._words(text, help_line), 1)
        if action:
            self.action_button = button(action, "banner_action")
            self.action_button.clicked.connect(self.acted)
            row.addWidget(self.action_button, 0, Qt.AlignmentFlag.AlignVCenter)
        if may_close:
            row.addWidget(self._closer(), 0, Qt.AlignmentFlag.AlignTop)

    def say(self) -> None:
        """Say the notice to whoever listens with a screen reader."""
        announce(self, " ".join(part for part in (self.text, self.help_line) if part))

    def _words(self, text: str, help_line: str) -> QVBoxLayout:
        words = QVBoxLayout()
        words.setSpacing(4)
        self.text_label: QLabel = label(text, "strong", name="banner_text")
        words.addWidget(self.text_label)
        if help_line:
            words.addWidget(label(help_line, "soft", name="banner_help"))
        words.setAlignment(Qt.AlignmentFlag.AlignVCenter)
        return words

    def _closer(self) -> QWidget:
        closer = button("", "banner_close", "flatnarrow", icon="close", said=_("Close this notice"))
        closer.clicked.connect(self._on_closed)
        return closer

    def _on_closed(self) -> None:
        self.hide()
        self.dismissed.emit()
        self.deleteLater()
