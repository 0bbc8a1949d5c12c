# SPDX-License-Identifier: Apache-2.0
"""What single keys do in the recorder and the player; each can be put on another key, and a foot pedal is a keyboard.

A key that writes (a letter, a digit, Space) is never a command: it would be missing in the notes. Neither are the
keys by which one walks through a screen, nor the one that helps.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

import msgspec
from PySide6.QtCore import Qt
from PySide6.QtGui import QKeySequence, QShortcut
from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _

RECORD, MARK, BREAK, HIDE = "record", "mark", "break", "hide"
BACK, PLAY, SLOWER, FASTER = "back", "play", "slower", "faster"
DEFAULTS: Mapping[str, str] = {
    RECORD: "F4", MARK: "F6", BREAK: "F11", HIDE: "F12",
    BACK: "F7", PLAY: "F8", SLOWER: "F9", FASTER: "F10",
}  # fmt: skip
_HELP = "F1"
_WALKING = frozenset({
    Qt.Key.Key_Tab, Qt.Key.Key_Backtab, Qt.Key.Key_Escape, Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space,
    Qt.Key.Key_Backspace, Qt.Key.Key_Delete, Qt.Key.Key_Insert, Qt.Key.Key_Home, Qt.Key.Key_End, Qt.Key.Key_Left,
    Qt.Key.Key_Right, Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_PageUp, Qt.Key.Key_PageDown, Qt.Key.Key_F1,
    Qt.Key.Key_Menu, Qt.Key.Key_unknown,
})  # fmt: skip
_HELD_DOWN = frozenset({
    Qt.Key.Key_Shift, Qt.Key.Key_Control, Qt.Key.Key_Alt, Qt.Key.Key_AltGr, Qt.Key.Key_Meta, Qt.Key.Key_CapsLock,
    Qt.Key.Key_NumLock, Qt.Key.Key_Super_L, Qt.Key.Key_Super_R,
})  # fmt: skip
_FIRST_SPECIAL = 0x01000000
"""Qt numbers the keys that write nothing from here on."""


class _Chosen(msgspec.Struct):
    keys: dict[str, str] = {}


_chosen = _Chosen()


def use(keys: Mapping[str, str]) -> None:
    """Put commands on these keys from now on; what names no command, or no fitting key, stays where it was."""
    _chosen.keys = {name: key for name, key in keys.items() if name in DEFAULTS and _fits(key)}


def keys() -> dict[str, str]:
    """Return the key of every command; empty where somebody took it away."""
    return {name: _chosen.keys.get(name, key) for name, key in DEFAULTS.items()}


def key_words(name: str) -> str:
    """Return what a command's key is called, or nothing."""
    return QKeySequence(keys()[name]).toString(QKeySequence.SequenceFormat.NativeText)


def moved(name: str, key: str) -> dict[str, str]:
    """Return all choices after a command was put on a key; who had that key gets this one's in exchange."""
    now = keys()
    before = now[name]
    for other, held in now.items():
        if other != name and held == key:
            now[other] = before
    now[name] = key
    return {each: held for each, held in now.items() if held != DEFAULTS[each]}


def is_held_down(key: int) -> bool:
    """Tell whether a key is one that is only held while another is pressed."""
    return key in _HELD_DOWN


def may_be(key: int) -> bool:
    """Tell whether a command may be put on a key, pressed alone."""
    return key >= _FIRST_SPECIAL and key not in _WALKING and not is_held_down(key)


def bind(widget: QWidget, name: str, act: Callable[[], object]) -> QShortcut | None:
    """Have a command's key do something while a widget's window is in front; nothing when it has no key."""
    key = keys()[name]
    if not key:
        return None
    made = QShortcut(QKeySequence(key), widget)
    made.setAutoRepeat(False)
    made.activated.connect(act)
    return made


def command_words(name: str) -> str:
    """Return what a command does."""
    return {
        RECORD: _("Record, pause, go on"),
        MARK: _("Mark a moment"),
        BREAK: _("Take a break"),
        HIDE: _("Someone came in: hide"),
        BACK: _("Listening: back a little"),
        PLAY: _("Listening: play and pause"),
        SLOWER: _("Listening: slower"),
        FASTER: _("Listening: faster"),
    }[name]


def _fits(key: str) -> bool:
    if not key:
        return True
    sequence = QKeySequence(key)
    if sequence.count() != 1 or key == _HELP:
        return False
    pressed = sequence[0]  # type: ignore[index]  # it is; PySide6 does not say so
    return pressed.keyboardModifiers() == Qt.KeyboardModifier.NoModifier and may_be(int(pressed.key()))
