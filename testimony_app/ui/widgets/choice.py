# SPDX-License-Identifier: Apache-2.0
"""One of several: a list that drops down, with words of ours and a value behind each."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QWheelEvent
from PySide6.QtWidgets import QComboBox

from testimony_app.ui import theme

_ARROW, _EDGE = 16, 12


class Choice(QComboBox):
    """A drop-down list; `chosen` tells the value that a person picked."""

    chosen = Signal(str)

    def __init__(self, title: str, *, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setMinimumHeight(theme.tokens().shape["target"])
        self.setSizeAdjustPolicy(QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon)
        self.setMinimumContentsLength(14)
        self.activated.connect(lambda index: self.chosen.emit(str(self.itemData(index))))

    def setAccessibleName(self, title: str) -> None:
        """Name it; on Linux, where Qt tells what is chosen in the place of the name, the title is told after it."""
        super().setAccessibleName(title)
        if sys.platform == "linux":
            self.setAccessibleDescription(title)

    def offer(self, choices: Sequence[tuple[str, str]], value: str) -> None:
        """Offer pairs of value and words, and show one of them as chosen."""
        self.clear()
        for item, words in choices:
            self.addItem(words, item)
        self.setCurrentIndex(max(0, self.findData(value)))

    def value(self) -> str:
        """Return the value chosen now."""
        return str(self.currentData() or "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the page: nothing is to change because a page was scrolled."""
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the arrow that the style sheet can't colour."""
        super().paintEvent(event)
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = _EDGE if is_rtl else self.width() - _ARROW - _EDGE
        painter = QPainter(self)
        painter.drawPixmap(left, (self.height() - _ARROW) // 2, theme.pixmap("more", "ink-soft", _ARROW))
        painter.end()
