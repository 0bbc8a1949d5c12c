# SPDX-License-Identifier: Apache-2.0
"""A large button with a title and a line of help: one of the few things to do on a screen."""

from __future__ import annotations

from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QFont, QFontMetrics, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from testimony_app.ui import theme
from testimony_app.ui.widgets.parts import pressed_by_enter

_PAD, _GAP, _CORNER = 20, 4, 12
_WRAPS = Qt.TextFlag.TextWordWrap


class CardButton(QAbstractButton):
    """A card that can be pressed; `is_main` marks the screen's one main action."""

    def __init__(self, title: str, help_line: str, name: str, *, is_main: bool = False) -> None:
        super().__init__()
        self.setObjectName(name)
        self._is_main = is_main
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        self.show_words(title, help_line)

    def show_words(self, title: str, help_line: str) -> None:
        """Show another title and line of help."""
        self._title, self._help = title, help_line
        self.setText(title.replace("&", "&&"))
        self.setAccessibleName(title)
        self.setAccessibleDescription(help_line)
        self.updateGeometry()
        self.update()

    def hasHeightForWidth(self) -> bool:
        """Qt asks: the words wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt asks: how tall the card is when it is so wide."""
        inner = max(80, width - 2 * _PAD)
        return (
            2 * _PAD + _GAP + _height(self._title_font(), self._title, inner) + _height(theme.font(), self._help, inner)
        )

    def sizeHint(self) -> QSize:
        """Qt asks: a third of a screen."""
        width = theme.pixels(280)
        return QSize(width, self.heightForWidth(width))

    def minimumSizeHint(self) -> QSize:
        """Qt asks: no narrower than reads well."""
        width = theme.pixels(180)
        return QSize(width, 2 * _PAD + _GAP + 2 * QFontMetrics(theme.font()).height())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be pressed by Enter as by Space."""
        if pressed_by_enter(self, event):
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the card, its two texts and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        ground, edge, ink, soft = self._colours()
        painter.setPen(QPen(theme.colour(edge), 1))
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), _CORNER, _CORNER)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("on-action" if self._is_main else "action"), 2))
            painter.drawRoundedRect(self.rect().adjusted(4, 4, -4, -4), _CORNER - 3, _CORNER - 3)
        inner = self.rect().adjusted(_PAD, _PAD, -_PAD, -_PAD)
        used = self._draw(painter, self._title_font(), ink, self._title, inner)
        inner.setTop(inner.top() + used + _GAP)
        self._draw(painter, theme.font(), soft, self._help, inner)
        painter.end()

    def _draw(self, painter: QPainter, font: QFont, ink: str, text: str, space: QRect) -> int:
        painter.setFont(font)
        painter.setPen(theme.colour(ink))
        flags = int(_WRAPS) | int(self._alignment())
        painter.drawText(space, flags, text)
        return _height(font, text, space.width())

    def _alignment(self) -> Qt.AlignmentFlag:
        is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
        return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignTop

    def _colours(self) -> tuple[str, str, str, str]:
        """Return ground, edge, title and help colours for the state it is in."""
        if not self.isEnabled():
            return "neutral-tint", "neutral-tint", "ink-soft", "ink-soft"
        if self._is_main:
            ground = "action-deep" if self.underMouse() or self.isDown() else "action"
            return ground, ground, "on-action", "on-action"
        is_touched = self.underMouse() or self.isDown()
        return ("action-tint" if is_touched else "card"), ("action" if is_touched else "line"), "ink", "ink-soft"

    def _title_font(self) -> QFont:
        return theme.font("heading", QFont.Weight.DemiBold)


def _height(font: QFont, text: str, width: int) -> int:
    if not text:
        return 0
    return QFontMetrics(font).boundingRect(QRect(0, 0, width, 10_000), int(_WRAPS), text).height()
