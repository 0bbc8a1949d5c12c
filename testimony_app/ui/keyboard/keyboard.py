# SPDX-License-Identifier: Apache-2.0
"""A keyboard on the screen: large keys that send what is on them to a text field, as keys of the laptop would.

It never takes the focus, so that the field keeps its cursor, and it knows nothing of the field but that it takes
key events: it works with every one.
"""

from __future__ import annotations

import unicodedata

from PySide6.QtCore import QCoreApplication, QEvent, QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QGridLayout, QHBoxLayout, QPushButton, QSizePolicy, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.ui.keyboard import layouts
from testimony_app.ui.layouts import column, emptied, row

_TALL, _GAP, _EDGE = 56, 6, 10
_HALF_SPACE = chr(0x200C)
_UNDER_A_MARK = chr(0x25CC)  # a dotted circle, for marks that stand over or under a letter
_PARTS = 12


class Key(QPushButton):
    """One key; it never takes the focus from the field."""

    def __init__(self, text: str, said: str = "") -> None:
        """Show what is on it."""
        super().__init__(text.replace("&", "&&"))
        self.setAccessibleName(said or text)
        self.setProperty("weight", "key")
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.setAutoDefault(False)

    def never_clip(self) -> None:
        """Be at least as wide as the words on it: in some languages they are long."""
        self.ensurePolished()
        self.setMinimumWidth(self.fontMetrics().horizontalAdvance(self.text()) + 2 * _EDGE)

    def sizeHint(self) -> QSize:
        """Qt asks: as tall as a thumb."""
        return QSize(_TALL, max(_TALL, super().sizeHint().height()))


class Keyboard(QWidget):
    """Three rows of letters, one of the rest; layers for capitals and signs; every layout in turn."""

    def __init__(self, language: str = "en") -> None:
        """Begin with the layout of a language."""
        super().__init__()
        self.setObjectName("keyboard")
        self.setAccessibleName(_("Keys on the screen"))
        self._target: QWidget | None = None
        self.code = layouts.for_language(language)
        self._layer = "letters"
        self._box = column(self, gap=_GAP)
        self._build()

    def type_into(self, target: QWidget) -> None:
        """Send keys to this field; without one they go to whatever has the focus."""
        self._target = target

    def show_layout(self, code: str) -> None:
        """Show another layout."""
        self.code, self._layer = code, "letters"
        self._build()

    def show_layer(self, layer: str) -> None:
        """Show letters, shifted, or signs."""
        self._layer = layer
        self._build()

    def press(self, text: str, key: int = 0) -> None:
        """Send one key to the field, pressed and let go."""
        target = self._target or QApplication.focusWidget()
        if target is None:
            return
        for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
            QCoreApplication.sendEvent(target, QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, text))
        if self._layer == "shifted" and text.strip():
            self.show_layer("letters")

    def _build(self) -> None:
        emptied(self._box)
        shown = layouts.layout(self.code)
        # Keys stand where they stand on that script's own keyboards, whatever the direction of the page: from the left.
        self.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        for keys in shown.layer(self._layer):
            self._box.addLayout(self._row(keys))
        self._box.addLayout(self._last_row(shown))

    def _row(self, keys: tuple[str, ...]) -> QGridLayout:
        made = QGridLayout()
        made.setSpacing(_GAP)
        for place in range(2 * _PARTS):
            made.setColumnStretch(place, 1)
        start = _PARTS - len(keys)
        for number, text in enumerate(keys):
            made.addWidget(self._letter(text), 0, start + 2 * number, 1, 2)
        return made

    def _letter(self, text: str) -> Key:
        key = self._half_space() if text == _HALF_SPACE else Key(_shown(text), _said(text))
        if text != _HALF_SPACE:
            key.clicked.connect(lambda: self.press(text))
        key.setObjectName(f"key_{ord(text[0]):04x}")
        return key

    def _half_space(self) -> Key:
        words = layouts.layout(self.code).half_space
        key = Key(words, _("Half-space"))
        key.setObjectName("key_half_space")
        key.clicked.connect(lambda: self.press(_HALF_SPACE))
        return key

    def _last_row(self, shown: layouts.Layout) -> QHBoxLayout:
        made = row(gap=_GAP)
        is_shifted, has_signs = self._layer == "shifted", self._layer == "signs"
        shift = self._act("key_shift", _("Letters") if is_shifted else _("Shift"), _("Other letters"))
        shift.clicked.connect(lambda: self.show_layer("letters" if is_shifted else "shifted"))
        signs = self._act("key_signs", _("Letters") if has_signs else _("123"), _("Digits and signs"))
        signs.clicked.connect(lambda: self.show_layer("letters" if has_signs else "signs"))
        turn = self._act("key_layout", shown.name, _("Another keyboard"))
        turn.clicked.connect(lambda: self.show_layout(layouts.following(self.code)))
        space = self._act("key_space", shown.space or _("Space"), _("Space"))
        space.clicked.connect(lambda: self.press(" ", Qt.Key.Key_Space.value))
        back = self._act("key_delete", _("Delete"), _("Delete the last letter"))
        back.clicked.connect(lambda: self.press("\b", Qt.Key.Key_Backspace.value))
        back.setAutoRepeat(True)
        line = self._act("key_line", _("New line"), _("New line"))
        line.clicked.connect(lambda: self.press("\r", Qt.Key.Key_Return.value))
        parts = [(shift, 3), (signs, 3), (turn, 4), (space, 7), (back, 4), (line, 4)]
        if shown.half_space:
            half_space = self._half_space()
            half_space.setProperty("weight", "keyact")
            parts.insert(3, (half_space, 4))
        for key, share in parts:
            key.never_clip()
            made.addWidget(key, share)
        return made

    def _act(self, name: str, text: str, said: str) -> Key:
        made = Key(text, said)
        made.setObjectName(name)
        made.setProperty("weight", "keyact")
        return made


def _shown(text: str) -> str:
    return _UNDER_A_MARK + text if unicodedata.category(text[0]) == "Mn" else text


def _said(text: str) -> str:
    """Return a name for a mark that a screen reader would pass over."""
    return unicodedata.name(text).capitalize() if unicodedata.category(text[0]) == "Mn" else text
