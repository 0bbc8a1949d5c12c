# SPDX-License-Identifier: Apache-2.0
"""What the screens for a witness alone are made of: words as large as they fit, and buttons nobody misses.

The words of a page grow with the text size as far as the display holds them without scrolling, and are never
smaller than 18 points. Only colours whose contrast is at least 7 to 1 are used for text.
"""

from __future__ import annotations

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QFont, QKeyEvent, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from testimony_app.ui import theme
from testimony_app.ui.widgets.parts import Button, label, pressed_by_enter

TAPPED = 64
"""Least side of anything that can be pressed."""
LEAST = 0.9
"""Of the base of 20 points: 18 points."""
_HEADING, _STEP, _GAP, _LINE = 1.4, 0.05, 24, 30
_ROUND, _SMALLER, _HALO = 132, 104, 12
LARGE = 1.3
"""From this text size on, the round button stands beside its words and not above them."""
_TALL = 780  # of a display that has room for the shape of the sound


class Words(QWidget):
    """A heading and what follows it, both as large as the room allows and in the middle of it."""

    def __init__(self, heading: str, body: str = "", *, name: str = "words", is_calm: bool = False) -> None:
        """Show these words; a calm page has its heading no larger than its text."""
        super().__init__()
        self.setObjectName(name)
        self._ratio = 1.0 if is_calm else _HEADING
        self._heading = _centred(heading, f"{name}_heading")
        self._body = _centred(body, f"{name}_body")
        self._heading.setParent(self)
        self._body.setParent(self)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        self._heading.setVisible(bool(heading))
        self._body.setVisible(bool(body))

    @property
    def said(self) -> str:
        """Everything on it, for reading aloud."""
        return f"{self._heading.text()}\n{self._body.text()}".strip()

    def minimumSizeHint(self) -> QSize:
        """Qt asks: room for the words at their smallest, in a column of usual width."""
        width = max(self.width(), theme.pixels(600))
        return QSize(320, sum(self._heights(LEAST, min(width, 1200))) + self._gap())

    def sizeHint(self) -> QSize:
        """Qt asks."""
        return QSize(theme.pixels(800), self.minimumSizeHint().height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Find the largest size that fits."""
        super().resizeEvent(event)
        self._fit()

    def _gap(self) -> int:
        return _GAP if self._body.text() and self._heading.text() else 0

    def _fit(self) -> None:
        width, factor = self.width(), theme.scale()
        while factor > LEAST and sum(self._heights(factor, width)) + self._gap() > self.height():
            factor -= _STEP
        upper, lower = self._heights(max(factor, LEAST), width)
        top = max(0, (self.height() - upper - lower - self._gap()) // 2)
        self._heading.setGeometry(QRect(0, top, width, upper))
        self._body.setGeometry(QRect(0, top + upper + self._gap(), width, lower))

    def _heights(self, factor: float, width: int) -> tuple[int, int]:
        return (
            _height(self._heading, factor * self._ratio, width, QFont.Weight.Bold),
            _height(self._body, factor, width, QFont.Weight.Normal),
        )


class BigButton(Button):
    """A button for a finger that trembles."""

    def sizeHint(self) -> QSize:
        """Qt asks: never smaller than two thumbs."""
        hint = super().sizeHint()
        return QSize(max(hint.width(), TAPPED), max(hint.height(), TAPPED))


def big_button(text: str, name: str, weight: str = "", *, icon: str = "", said: str = "") -> BigButton:
    """Return a large button: plain, "main", "erase", "chosen" or "quiet"."""
    made = BigButton(text, {"main": "main", "erase": "erase"}.get(weight, "plain"), icon)
    made.setObjectName(name)
    made.setAccessibleName(said or text)
    made.setProperty("weight", f"witness{weight}")
    made.setAutoDefault(True)  # Enter presses what has the focus
    if weight == "chosen":  # seen by its frame and ground, heard as checked
        made.setCheckable(True)
        made.setChecked(True)
    made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    return made


def has_room_for_shape(page: QWidget) -> bool:
    """Tell whether the shape of the sound can stand beside everything that must."""
    return page.window().height() >= _TALL and theme.scale() <= LARGE


def is_tight(page: QWidget) -> bool:
    """Tell whether large letters and a small display leave no room for what can be left out."""
    return page.window().height() < _TALL and theme.scale() > LARGE


class RoundButton(QAbstractButton):
    """The one large round button: record, pause, go on; listen, stop. Shape and words tell what it does."""

    def __init__(self, name: str) -> None:
        """Start with nothing to do."""
        super().__init__()
        self.setObjectName(name)
        self._sign, self._tone = "", "action"
        side = (_SMALLER if theme.scale() > LARGE else _ROUND) + 2 * _HALO
        self.setFixedSize(side, side)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def show_sign(self, sign: str, tone: str, said: str) -> None:
        """Show a sign (record, pause, play, wait) in a colour, and what a press does.

        While it waits it stays enabled, though a press does nothing: what is disabled loses the keyboard to its
        neighbour, and whoever can't see would press that one next.
        """
        self._sign, self._tone = sign, tone
        self.setAccessibleName(said)
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Be pressed by Enter as by Space."""
        if pressed_by_enter(self, event):
            return
        super().keyPressEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw halo, disc, sign and focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"{self._tone}-tint"))
        painter.drawEllipse(self.rect().adjusted(1, 1, -1, -1))
        deep = self.isDown() or self.underMouse()
        painter.setBrush(theme.colour("ink-faint" if self._sign == "wait" else self._tone + ("-deep" if deep else "")))
        disc = self.rect().adjusted(_HALO, _HALO, -_HALO, -_HALO)
        painter.drawEllipse(disc)
        if self.hasFocus():
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.setPen(QPen(theme.colour("ink"), 4))
            painter.drawEllipse(disc.adjusted(-6, -6, 6, 6))
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(f"on-{self._tone}"))
        self._draw_sign(painter, QPointF(disc.center()))
        painter.end()

    def _draw_sign(self, painter: QPainter, centre: QPointF) -> None:
        x, y = centre.x(), centre.y()
        if self._sign == "pause":
            for left in (x - 23, x + 7):
                painter.drawRoundedRect(QRectF(left, y - 28, 16, 56), 2, 2)
        elif self._sign == "play":
            painter.drawPolygon([QPointF(x - 18, y - 30), QPointF(x + 32, y), QPointF(x - 18, y + 30)])
        elif self._sign == "record":
            painter.drawEllipse(centre, 26, 26)
        else:
            for left in (x - 32, x - 6, x + 20):
                painter.drawEllipse(QRectF(left, y - 6, 12, 12))


def line(text: str, name: str, *, kind: str = "witness") -> QLabel:
    """Return a line of text in the size for a witness, in the middle."""
    made = label(text, kind, name=name)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def _centred(text: str, name: str) -> QLabel:
    made = label(text, "witnesswords", name=name)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    return made


def _height(shown: QLabel, factor: float, width: int, weight: QFont.Weight) -> int:
    """Set a label's size and return how tall its words are in a width."""
    if not shown.text():
        return 0
    wanted = theme.font("witness", weight)
    wanted.setPointSizeF(theme.tokens().type.witness * factor)
    shown.setFont(wanted)
    return shown.heightForWidth(width)
