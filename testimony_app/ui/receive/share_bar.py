# SPDX-License-Identifier: Apache-2.0
"""A bar of three shares: safe, waiting for a decision, not taken; the words beside it say the same."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from testimony_app.ui import theme

_TALL = 10


class ShareBar(QWidget):
    """Runs in the direction of the language."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__()
        self.setObjectName("share_bar")
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._shares: tuple[tuple[str, int], ...] = ()

    def show_shares(self, shares: tuple[tuple[str, int], ...], spoken: str) -> None:
        """Show how many there are of each tone; `spoken` says it to a screen reader."""
        self._shares = shares
        self.setAccessibleName(spoken)
        self.update()

    def sizeHint(self) -> QSize:
        """Return a thin line as wide as there is room."""
        return QSize(200, _TALL)

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Draw the shares inside one rounded line."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QPainterPath()
        whole.addRoundedRect(QRectF(0, 0, self.width(), _TALL), _TALL / 2, _TALL / 2)
        painter.setClipPath(whole)
        total = sum(count for _tone, count in self._shares) or 1
        at = 0.0
        for tone, count in self._shares:
            wide = self.width() * count / total
            left = self.width() - at - wide if self.layoutDirection() is Qt.LayoutDirection.RightToLeft else at
            painter.fillRect(QRectF(left, 0, wide + 1, _TALL), theme.colour(tone))
            at += wide
        painter.end()
