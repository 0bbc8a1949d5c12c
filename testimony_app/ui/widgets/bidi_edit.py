# SPDX-License-Identifier: Apache-2.0
"""A text field in which each paragraph finds its own direction."""

from __future__ import annotations

from unicodedata import bidirectional

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtGui import QGuiApplication, QTextBlock, QTextBlockFormat, QTextCursor, QTextOption
from PySide6.QtWidgets import QLineEdit, QTextEdit

from testimony_app.ui import theme

_DRAFT_MILLISECONDS = 1000  # a draft is asked to be kept this long after the last key, and at the latest each 2 s
_LATEST_MILLISECONDS = 2000


class BidiEdit(QTextEdit):
    """Plain text of many paragraphs, right-to-left and left-to-right in one page; tells when to keep a draft."""

    draft_changed = Signal(str)

    def __init__(self, title: str, *, name: str, placeholder: str = "") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setAcceptRichText(False)
        self.setTabChangesFocus(True)
        self.setPlaceholderText(placeholder)
        option = self.document().defaultTextOption()
        option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
        option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.document().setDefaultTextOption(option)
        self._soon, self._at_latest = QTimer(self), QTimer(self)
        for timer, wait in ((self._soon, _DRAFT_MILLISECONDS), (self._at_latest, _LATEST_MILLISECONDS)):
            timer.setSingleShot(True)
            timer.setInterval(wait)
            timer.timeout.connect(self.flush)
        self.document().contentsChange.connect(self._on_contents_change)
        self._is_new = False

    def show_text(self, text: str) -> None:
        """Show a text without calling it a change."""
        self.setPlainText(text)
        self._align_from(self.document().begin(), self.document().end())
        self.settle()

    def text(self) -> str:
        """Return the text as it stands."""
        return self.toPlainText()

    def settle(self) -> None:
        """Count the text as kept."""
        self._is_new = False
        self._soon.stop()
        self._at_latest.stop()

    def flush(self) -> None:
        """Tell the draft at once, if it has changed since it was last told."""
        if self._is_new:
            self.settle()
            self.draft_changed.emit(self.toPlainText())

    def _on_contents_change(self, position: int, removed: int, added: int) -> None:
        if not (removed or added):
            return
        self._is_new = True
        self._soon.start()
        if not self._at_latest.isActive():
            self._at_latest.start()
        QTimer.singleShot(0, self, self._align_here)

    def _align_here(self) -> None:
        block = self.textCursor().block()
        self._align_from(block, block.next())

    def _align_from(self, block: QTextBlock, end: QTextBlock) -> None:
        """Set each paragraph to the side its text begins on; Qt finds the order of letters, not the side, by itself."""
        was_blocked = self.document().blockSignals(True)
        while block.isValid() and block != end:
            wanted = block.textDirection()
            if block.text().strip() and block.blockFormat().layoutDirection() != wanted:
                layout = QTextBlockFormat()
                layout.setLayoutDirection(wanted)
                QTextCursor(block).mergeBlockFormat(layout)
            block = block.next()
        self.document().blockSignals(was_blocked)


class BidiLine(QLineEdit):
    """One line whose side follows what is written in it."""

    def __init__(self, title: str, *, name: str, placeholder: str = "", text: str = "") -> None:
        super().__init__(text)
        self.setObjectName(name)
        self.setAccessibleName(title)
        self.setPlaceholderText(placeholder)
        self.setMinimumHeight(theme.tokens().shape["target"])
        self.textChanged.connect(self._on_changed)
        self._on_changed(text)

    def _on_changed(self, text: str) -> None:
        if not text.strip():
            side = QGuiApplication.layoutDirection()
        else:
            is_rtl = starts_from_the_right(text)
            side = Qt.LayoutDirection.RightToLeft if is_rtl else Qt.LayoutDirection.LeftToRight
        self.setLayoutDirection(side)
        edge = Qt.AlignmentFlag.AlignRight if side is Qt.LayoutDirection.RightToLeft else Qt.AlignmentFlag.AlignLeft
        self.setAlignment(edge | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter)


def starts_from_the_right(text: str) -> bool:
    """Tell whether the first letter with a direction runs from the right."""
    for letter in text:
        kind = bidirectional(letter)
        if kind in ("L", "R", "AL"):
            return kind != "L"
    return False
