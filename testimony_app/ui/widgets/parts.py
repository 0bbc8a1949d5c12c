# SPDX-License-Identifier: Apache-2.0
"""Labels, buttons and surfaces in the program's few kinds, each made with its name for tests and screen readers.

Every text is plain text: nothing that a person or a bundle wrote is ever read as markup.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QSize, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QLabel,
    QPushButton,
    QScrollArea,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from testimony_app.ui import theme


def label(text: str = "", kind: str = "body", *, name: str = "", tone: str = "", wraps: bool = True) -> QLabel:
    """Return a label of a kind: title, heading, lead, body, soft, small, strong, brand, code, timer."""
    made = QLabel(text)
    made.setTextFormat(Qt.TextFormat.PlainText)
    made.setWordWrap(wraps)
    made.setAlignment(leading())
    made.setProperty("kind", kind)
    if tone:
        made.setProperty("tone", tone)
    if name:
        made.setObjectName(name)
    if wraps:
        policy = QSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        made.setSizePolicy(policy)
    return made


_ICON_ON = {"main": "on-action", "record": "on-record", "erase": "record", "flat": "action", "flatnarrow": "action"}
_ICON_SIDE = 20
_TALLER = {"main": 6, "record": 14}


class Button(QPushButton):
    """A button whose icon follows the colours, the direction and the text size."""

    def __init__(self, text: str, weight: str, icon: str) -> None:
        super().__init__(text.replace("&", "&&"))
        self._weight = weight
        self._icon_name, self._icon_token = icon, _ICON_ON.get(weight, "ink")
        self._show_icon()

    def setText(self, text: str) -> None:
        """Show another text; where the button was heard by its text, it is heard by the new one."""
        if self.accessibleName() == self.text():
            self.setAccessibleName(text)
        super().setText(text)

    def sizeHint(self) -> QSize:
        """Qt asks: never smaller than a finger."""
        hint = super().sizeHint()
        return QSize(max(hint.width(), tapped()), max(hint.height(), tapped() + _TALLER.get(self._weight, 0)))

    def minimumSizeHint(self) -> QSize:
        """Qt asks: its words are never clipped."""
        return self.sizeHint()

    def show_icon(self, name: str) -> None:
        """Show another icon."""
        self._icon_name = name
        self._show_icon()

    def changeEvent(self, event: QEvent) -> None:
        """Draw the icon anew when the look or the direction has changed."""
        super().changeEvent(event)
        if event.type() in (QEvent.Type.StyleChange, QEvent.Type.LayoutDirectionChange):
            self._show_icon()

    def _show_icon(self) -> None:
        if self._icon_name:
            self.setIcon(theme.icon(self._icon_name, self._icon_token))
            self.setIconSize(QSize(theme.pixels(_ICON_SIDE), theme.pixels(_ICON_SIDE)))


def button(text: str, name: str, weight: str = "plain", *, icon: str = "", said: str = "") -> Button:
    """Return a button of a weight: main, record, erase, flat, plain, narrow, flatnarrow."""
    made = Button(text, weight, icon)
    made.setObjectName(name)
    made.setAccessibleName(said or text)
    made.setProperty("weight", weight)
    made.setAutoDefault(False)
    made.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
    return made


def pressed_by_enter(made: QAbstractButton, event: QKeyEvent) -> bool:
    """Press a button of our own shape when Enter was pressed on it, as Qt does with its own; tell whether it was."""
    if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter) or event.isAutoRepeat():
        return False
    made.click()
    return True


def leading() -> Qt.AlignmentFlag:
    """Return the side where lines begin, whatever the text is written in: a code in a Persian form starts right."""
    is_rtl = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def tapped() -> int:
    """Return the least height of anything that can be pressed."""
    return theme.tokens().shape["target"]


def card(layout: QVBoxLayout | None = None, *, name: str = "") -> QFrame:
    """Return a white surface with rounded corners."""
    made = QFrame()
    made.setProperty("surface", "card")
    if name:
        made.setObjectName(name)
    if layout is not None:
        made.setLayout(layout)
    return made


def rule() -> QFrame:
    """Return a thin line across."""
    made = QFrame()
    made.setProperty("surface", "rule")
    return made


def set_property(widget: QWidget, name: str, value: object) -> None:
    """Change a property that the style sheet looks at, and have the widget drawn anew."""
    if widget.property(name) == value:
        return
    widget.setProperty(name, value)
    widget.style().unpolish(widget)
    widget.style().polish(widget)
    widget.update()


class Column(QScrollArea):
    """A page that scrolls when it must: one column in the middle, never wider than what reads well."""

    def __init__(self, width: int = 1000, *, margin: int = 40) -> None:
        super().__init__()
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._width, self._margin = width, margin
        self.body = QWidget()
        self.box = QVBoxLayout(self.body)
        self.box.setSpacing(16)
        self.setWidget(self.body)
        self._centre()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Keep the column in the middle."""
        super().resizeEvent(event)
        self._centre()

    def changeEvent(self, event: QEvent) -> None:
        """Give larger text a wider column."""
        super().changeEvent(event)
        if event.type() is QEvent.Type.StyleChange:
            self._centre()

    def _centre(self) -> None:
        wide = self.viewport().width()
        margin = min(self._margin, max(16, wide // 24))
        side = max(margin, (wide - theme.pixels(self._width)) // 2)
        self.box.setContentsMargins(side, 32, side, 32)
