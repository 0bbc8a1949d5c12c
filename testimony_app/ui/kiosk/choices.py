# SPDX-License-Identifier: Apache-2.0
"""Large buttons beside each other as long as they fit, each line of them in the middle."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import QPoint, QRect, Qt, Signal
from PySide6.QtWidgets import QLayoutItem, QSizePolicy, QStyle, QWidget

from testimony_app.ui.flow_layout import FlowLayout
from testimony_app.ui.kiosk.parts import BigButton, big_button

_GAP = 12


class Choice(msgspec.Struct, frozen=True):
    """One of the few things that can be done on a page."""

    name: str
    text: str
    weight: str = ""
    """main, erase, chosen, quiet, or plain."""


class Choices(QWidget):
    """The buttons of a page; `chosen` tells which was pressed."""

    chosen = Signal(str)

    def __init__(self, choices: Sequence[Choice] = ()) -> None:
        """Offer these."""
        super().__init__()
        self.setObjectName("choices")
        self._box = CentredFlow(self)
        self._box.setSpacing(_GAP)
        self.buttons: dict[str, BigButton] = {}
        policy = QSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Minimum)
        policy.setHeightForWidth(True)
        self.setSizePolicy(policy)
        for choice in choices:
            self.offer(choice)

    def offer(self, choice: Choice) -> BigButton:
        """Offer one more, and return its button."""
        made = big_button(choice.text, choice.name, choice.weight)
        made.clicked.connect(lambda: self.chosen.emit(choice.name))
        self.buttons[choice.name] = made
        self._box.addWidget(made)
        return made

    def take_focus(self) -> None:
        """Put the focus on the first."""
        for made in self.buttons.values():
            made.setFocus()
            return

    def hasHeightForWidth(self) -> bool:
        """Qt asks: lines wrap."""
        return True

    def heightForWidth(self, width: int) -> int:
        """Qt asks."""
        return self._box.heightForWidth(width)


class CentredFlow(FlowLayout):
    """Widgets at their own size, wrapped at the edge, each line in the middle."""

    def _arrange(self, rect: QRect, *, move: bool) -> int:
        y = rect.y()
        for items in self._lines(rect.width()):
            widths = [item.sizeHint().width() for item in items]
            x = rect.x() + max(0, (rect.width() - sum(widths) - self.spacing() * (len(items) - 1)) // 2)
            tall = max(item.sizeHint().height() for item in items)
            for item, width in zip(items, widths, strict=True):
                if move:
                    place = QRect(QPoint(x, y), item.sizeHint())
                    item.setGeometry(QStyle.visualRect(self._direction(), rect, place))
                x += width + self.spacing()
            y += tall + self.spacing()
        return max(0, y - self.spacing() - rect.y())

    def _lines(self, width: int) -> list[list[QLayoutItem]]:
        lines: list[list[QLayoutItem]] = []
        used = 0
        for item in self._items:
            widget = item.widget()
            if widget is not None and widget.isHidden():
                continue
            wide = item.sizeHint().width()
            if lines and used + self.spacing() + wide <= width:
                lines[-1].append(item)
                used += self.spacing() + wide
            else:
                lines.append([item])
                used = wide
        return lines

    def _direction(self) -> Qt.LayoutDirection:
        parent = self.parentWidget()
        return parent.layoutDirection() if parent else Qt.LayoutDirection.LeftToRight
