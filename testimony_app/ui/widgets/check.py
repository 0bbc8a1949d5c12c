# SPDX-License-Identifier: Apache-2.0
"""A box to tick, with words that wrap; the tick is a shape, not only a colour."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QCheckBox, QSizePolicy

from testimony_app.ui import theme
from testimony_app.ui.widgets.parts import leading, tapped

_GAP, _EDGE = 12, 4


class Check(QCheckBox):
    """A QCheckBox to tests and screen readers, drawn in the program's own shapes."""

    def __init__(self, text: str, *, name: str) -> None:
        super().__init__(text.replace("&", "&&"))
        self._words = text
        self.setObjectName(name)
        self.setAccessibleName(text)
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)

    def hasHeightForWidth(self) -> bool:
        """Qt asks: the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt asks."""
        inner = QRect(0, 0, max(40, width - _side() - _GAP - 2 * _EDGE), 10_000)
        words = QFontMetrics(theme.font()).boundingRect(inner, int(Qt.TextFlag.TextWordWrap), self._words)
        return max(tapped(), words.height() + 16)

    def sizeHint(self) -> QSize:
        """Qt asks."""
        words = QFontMetrics(theme.font()).horizontalAdvance(self._words)
        return QSize(words + _side() + _GAP + 2 * _EDGE + 2, tapped())

    def minimumSizeHint(self) -> QSize:
        """Qt asks."""
        return QSize(min(self.sizeHint().width(), theme.pixels(160)), tapped())

    def hitButton(self, position: QPoint) -> bool:
        """Qt asks: the words are part of the target."""
        return self.rect().contains(position)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the box, the tick, the words and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        side, is_rtl = _side(), self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        box = QRectF(self.width() - side - _EDGE if is_rtl else _EDGE, (self.height() - side) / 2, side, side)
        is_on, is_off = self.isChecked(), not self.isEnabled()
        painter.setPen(QPen(theme.colour("action" if is_on or self.underMouse() else "line-strong"), 2))
        painter.setBrush(theme.colour("action" if is_on else "card"))
        painter.drawRoundedRect(box, 6, 6)
        if is_on:
            painter.drawPixmap(box.topLeft().toPoint(), theme.pixmap("check", "on-action", side))
        words = self.rect().adjusted(
            0 if is_rtl else side + _GAP + _EDGE, 0, -(side + _GAP + _EDGE) if is_rtl else 0, 0
        )
        painter.setFont(theme.font())
        painter.setPen(theme.colour("ink-soft" if is_off else "ink"))
        painter.drawText(words, int(leading()) | int(Qt.TextFlag.TextWordWrap), self._words)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("action"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
        painter.end()


def _side() -> int:
    return theme.pixels(22)
