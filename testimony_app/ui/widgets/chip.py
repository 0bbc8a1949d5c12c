# SPDX-License-Identifier: Apache-2.0
"""A word on a tinted ground: a state, a role, a finding. The word always carries the meaning, the colour helps."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QSizePolicy

from testimony_app.ui.widgets.parts import set_property

TONES = ("plain", "action", "sealed", "care", "record")


class Chip(QLabel):
    """A small word on one of the five tones."""

    def __init__(self, text: str = "", tone: str = "plain", *, name: str = "") -> None:
        super().__init__(text)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setAlignment(Qt.AlignmentFlag.AlignCenter)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setProperty("chip", tone)
        if name:
            self.setObjectName(name)

    def show_word(self, text: str, tone: str) -> None:
        """Show another word on another tone."""
        self.setText(text)
        set_property(self, "chip", tone)
