# SPDX-License-Identifier: Apache-2.0
"""Where we are in a flow: a row of numbered steps, or one word when there is no room for all of them."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QFont, QFontMetrics, QPainter, QPaintEvent, QPen, QResizeEvent
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QMenu, QSizePolicy, QToolButton, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits
from testimony_app.ui import theme

_GAP, _PAD = 8, 10


class ShownStep(msgspec.Struct, frozen=True):
    """A step as it is shown: its stable name, its words, whether it is done, whether it may be entered."""

    name: str
    words: str
    is_done: bool = False
    may_enter: bool = True


class _StepButton(QAbstractButton):
    """One step: a small rounded word inside a target that a finger finds."""

    def __init__(self, number: int, step: ShownStep, *, is_current: bool) -> None:
        super().__init__()
        self.setObjectName(f"step_{step.name}")
        self._step, self._is_current = step, is_current
        self.setText(digits(_("{number} {step}").format(number=number, step=step.words)))
        self.setAccessibleName(self.text())
        self.setAccessibleDescription(_state_words(step, is_current=is_current))
        self.setEnabled(step.may_enter or is_current)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        """Qt asks."""
        metrics = QFontMetrics(self._font())
        tick = metrics.height() if self._step.is_done else 0
        return QSize(metrics.horizontalAdvance(self.text()) + tick + 2 * _PAD, theme.tokens().shape["target"])

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the word, a tick when the step is done, and the focus ring."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        tall = QFontMetrics(self._font()).height() + 8
        body = QRectF(1, (self.height() - tall) / 2, self.width() - 2, tall)
        ground, ink = ("action", "on-action") if self._is_current else ("neutral-tint", "ink-soft")
        if self.isEnabled() and not self._is_current and (self.underMouse() or self._step.is_done):
            ground, ink = "action-tint", "action-deep"
        painter.setPen(QPen(theme.colour("ink"), 2) if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour(ground))
        painter.drawRoundedRect(body, tall / 2, tall / 2)
        painter.setPen(theme.colour(ink))
        painter.setFont(self._font())
        self._draw_words(painter, body, ink)
        painter.end()

    def _draw_words(self, painter: QPainter, body: QRectF, ink: str) -> None:
        words = body.adjusted(_PAD - 1, 0, -_PAD + 1, 0)
        if self._step.is_done:
            side = painter.fontMetrics().height() - 4
            is_rtl = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
            left = words.right() - side if is_rtl else words.left()
            painter.drawPixmap(round(left), round(body.center().y() - side / 2), theme.pixmap("check", ink, side))
            words.adjust(0 if is_rtl else side + 4, 0, -(side + 4) if is_rtl else 0, 0)
        painter.drawText(words, Qt.AlignmentFlag.AlignCenter, self.text())

    def _font(self) -> QFont:
        return theme.font("small", QFont.Weight.DemiBold)


class StepBar(QWidget):
    """The steps of a flow; a step that may be entered can be pressed."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("step_bar")
        self.setAccessibleName(_("Steps"))
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self._row = QHBoxLayout(self)
        self._row.setContentsMargins(0, 0, 0, 0)
        self._row.setSpacing(_GAP)
        self._row.setSizeConstraint(QHBoxLayout.SizeConstraint.SetNoConstraint)
        self._buttons: list[_StepButton] = []
        self._short = QToolButton()
        self._short.setObjectName("step_menu")
        self._short.setPopupMode(QToolButton.ToolButtonPopupMode.InstantPopup)
        self._row.addWidget(self._short)
        self._short.hide()

    def show_steps(self, steps: Sequence[ShownStep], current: str) -> None:
        """Show these steps, one of them as where we are."""
        for old in self._buttons:
            self._row.removeWidget(old)
            old.deleteLater()
        self._buttons = []
        menu = QMenu(self._short)
        for number, step in enumerate(steps, 1):
            made = _StepButton(number, step, is_current=step.name == current)
            made.clicked.connect(lambda _checked=False, name=step.name: self.chosen.emit(name))
            self._row.addWidget(made)
            self._buttons.append(made)
            act = menu.addAction(made.text())
            act.setEnabled(step.may_enter)
            act.triggered.connect(lambda _checked=False, name=step.name: self.chosen.emit(name))
            if step.name == current:
                self._name_short(number, len(steps), step.words)
        self._short.setMenu(menu)
        self._fit()
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """Qt asks: room for all steps."""
        return QSize(self._full_width(), self._short.sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        """Qt asks: room for the one word."""
        short = self._short.sizeHint()
        return QSize(min(short.width(), self._full_width()), short.height())

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Show all steps or the one word, whichever fits."""
        super().resizeEvent(event)
        self._fit()

    def _name_short(self, number: int, count: int, words: str) -> None:
        text = digits(_("{number} of {count} · {step}").format(number=number, count=count, step=words))
        self._short.setText(text)
        self._short.setAccessibleName(text)

    def _full_width(self) -> int:
        gaps = _GAP * max(0, len(self._buttons) - 1)
        return sum(button.sizeHint().width() for button in self._buttons) + gaps

    def _fit(self) -> None:
        is_wide = self.width() >= self._full_width()
        self._short.setVisible(not is_wide and bool(self._buttons))
        for button in self._buttons:
            button.setVisible(is_wide)


def _state_words(step: ShownStep, *, is_current: bool) -> str:
    if is_current:
        return _("You are here")
    if step.is_done:
        return _("Done")
    return "" if step.may_enter else _("Not open yet")
