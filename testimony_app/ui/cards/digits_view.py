# SPDX-License-Identifier: Apache-2.0
"""Sixty digits in twelve groups of five, large enough to be read aloud; always from left to right."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.ui.widgets.parts import label

_ACROSS, _GROUP = 4, 5


class DigitsView(QWidget):
    """Latin digits in every language: two people compare them across languages."""

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setObjectName("safety_number")
        # Left to right in every language, or two people would read the groups in another order.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._grid = QGridLayout(self)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setVerticalSpacing(8)
        self._groups = [label("", "digits", name=f"digits_{number + 1}", wraps=False) for number in range(12)]
        for number, shown in enumerate(self._groups):
            self._grid.addWidget(shown, number // _ACROSS, number % _ACROSS)
        self._grid.setColumnStretch(_ACROSS, 1)

    def show_number(self, number: str) -> None:
        """Show a safety number, however it is spaced."""
        plain = "".join(number.split())
        groups = [plain[at : at + _GROUP] for at in range(0, len(plain), _GROUP)]
        for shown, group in zip(self._groups, groups, strict=False):
            shown.setText(ltr(group))
        self.setAccessibleName(_("Safety number: {digits}").format(digits=ltr(" ".join(groups))))
