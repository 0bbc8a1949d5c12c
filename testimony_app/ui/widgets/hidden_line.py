# SPDX-License-Identifier: Apache-2.0
"""A line that gives its text to nobody: no copying, no dragging, no menu, no undo, and no letter to a screen reader.

Qt tells whoever listens through the system's accessibility each letter that is put into a line, also into one that
hides it, and a screen reader may say it aloud. So Qt is given bullets: the letters lie here, in memory of our own
that is wiped, and are put into Qt's line only while somebody wants to see them. Not guaranteed: each letter passes
through Qt's key events, which nobody can wipe.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QContextMenuEvent, QGuiApplication, QInputMethodEvent, QKeyEvent, QKeySequence, QMouseEvent
from PySide6.QtWidgets import QLineEdit

from testimony_app.ui import theme
from testimony_app.ui.widgets.parts import leading

BULLET = "\N{BLACK CIRCLE}"
_LONGEST = 1024
_UNIT = 2  # bytes: Qt counts positions in UTF-16
_UTF16 = "utf-16-le"
_REFUSED = (
    QKeySequence.StandardKey.Copy,
    QKeySequence.StandardKey.Cut,
    QKeySequence.StandardKey.Undo,
    QKeySequence.StandardKey.Redo,
)


class HiddenLine(QLineEdit):
    """Holds what was typed beside Qt, letter by letter at the same places."""

    letter_typed = Signal(str, bool)
    """A letter, and whether capitals are locked."""

    def __init__(self, name: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self._typed, self._is_ours = bytearray(), False
        self.setMaxLength(_LONGEST)
        self.setDragEnabled(False)
        self.setAcceptDrops(False)
        self.setEchoMode(QLineEdit.EchoMode.Password)
        hint = Qt.InputMethodHint
        self.setInputMethodHints(
            hint.ImhHiddenText | hint.ImhSensitiveData | hint.ImhNoPredictiveText | hint.ImhNoAutoUppercase
        )
        self.setMinimumHeight(theme.tokens().shape["target"])
        self.setAlignment(leading())
        self.selectionChanged.connect(self._on_selection_changed)
        self.textChanged.connect(self._on_changed)

    def typed(self) -> str:
        """Return what was typed."""
        return self._typed.decode(_UTF16, "replace")

    def put(self, text: str) -> None:
        """Put letters where the cursor stands, in place of what is selected."""
        start = self.selectionStart() if self.hasSelectedText() else self.cursorPosition()
        end = start + (len(self.selectedText().encode(_UTF16)) // _UNIT)
        room = _LONGEST - (len(self._typed) // _UNIT - (end - start))
        units = bytearray(text.encode(_UTF16)[: room * _UNIT])
        self._typed[start * _UNIT : end * _UNIT] = units
        count = len(units) // _UNIT
        self._tell_qt(lambda: self.insert(text if self._is_shown() else BULLET * count))

    def show_typed(self, *, is_shown: bool) -> None:
        """Show the letters themselves, or hide them again."""
        at = self.cursorPosition()
        self.setEchoMode(QLineEdit.EchoMode.Normal if is_shown else QLineEdit.EchoMode.Password)
        self._tell_qt(lambda: self.setText(self.typed() if is_shown else self._bullets()))
        self.setCursorPosition(at)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take letters before Qt does; refuse to copy, cut and undo; notice locked capitals."""
        if any(event.matches(refused) for refused in _REFUSED):
            event.accept()
        elif event.matches(QKeySequence.StandardKey.Paste):
            self.put(QGuiApplication.clipboard().text())
            event.accept()
        elif _is_letter(event):
            self._notice_capitals(event)
            self.put(event.text())
            event.accept()
        else:
            super().keyPressEvent(event)

    def inputMethodEvent(self, event: QInputMethodEvent) -> None:
        """Take what an input method composed; nothing is shown while it does."""
        if event.commitString():
            self.put(event.commitString())
        event.accept()

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Paste nothing with the middle button: Qt would put it in by itself."""
        if event.button() is Qt.MouseButton.MiddleButton:
            event.accept()
            return
        super().mouseReleaseEvent(event)

    def contextMenuEvent(self, event: QContextMenuEvent) -> None:
        """Show no menu: it could copy."""
        event.accept()

    def _is_shown(self) -> bool:
        return self.echoMode() is QLineEdit.EchoMode.Normal

    def _bullets(self) -> str:
        return BULLET * (len(self._typed) // _UNIT)

    def _tell_qt(self, change: Callable[[], None]) -> None:
        self._is_ours = True
        try:
            change()
        finally:
            self._is_ours = False

    def _on_changed(self, text: str) -> None:
        """Follow what Qt did by itself: something was taken out, or the whole was set by somebody else."""
        if self._is_ours:
            return
        if text.strip(BULLET) or self._is_shown():
            self._replace(0, len(self._typed), text.encode(_UTF16))
            if not self._is_shown():
                self._tell_qt(lambda: self.setText(self._bullets()))
            return
        before = self.cursorPosition() * _UNIT
        after = len(text) * _UNIT - before
        self._replace(before, len(self._typed) - after, b"")

    def _replace(self, start: int, end: int, units: bytes) -> None:
        self._typed[start:end] = bytes(max(0, end - start))  # wiped where it lay, before it is let go
        self._typed[start:end] = units

    def _notice_capitals(self, event: QKeyEvent) -> None:
        text, is_shifted = event.text(), bool(event.modifiers() & Qt.KeyboardModifier.ShiftModifier)
        if text.isalpha():
            has_capitals = text.upper() != text.lower()
            self.letter_typed.emit(text, has_capitals and text.isupper() != is_shifted)

    def _on_selection_changed(self) -> None:
        # On X11 a selection is a copy: whatever is shown in clear may not be selected.
        if self._is_shown() and self.hasSelectedText():
            self.deselect()


def _is_letter(event: QKeyEvent) -> bool:
    """Tell whether Qt would put a key's text into a line: a letter, a sign, a space, or a half-space."""
    text, modifiers = event.text(), event.modifiers()
    control, shift = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
    if not text or modifiers in (control, control | shift):
        return False
    kind = unicodedata.category(text[0])
    return kind in ("Cf", "Co") or not kind.startswith("C")
