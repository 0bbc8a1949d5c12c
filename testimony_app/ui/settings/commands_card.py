# SPDX-License-Identifier: Apache-2.0
"""Which key does what in the recorder and the player, and how it is put on another key or on a pedal."""

from __future__ import annotations

from PySide6.QtCore import QEvent, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.ui import commands
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.announce import announce
from testimony_app.ui.widgets.parts import Button, button, label

_TAKES_AWAY = (Qt.Key.Key_Backspace, Qt.Key.Key_Delete)


class CommandsCard(QFrame):
    """Shows each command with its key; tells all choices after one was changed."""

    changed = Signal(dict)

    def __init__(self) -> None:
        """Show the keys as they are now."""
        super().__init__()
        self.setObjectName("commands_card")
        self.setProperty("surface", "card")
        self._buttons = {name: KeyButton(name) for name in commands.DEFAULTS}
        self._told = label("", "small", name="command_told", tone="care")
        self._told.hide()
        self._usual = button(_("The usual keys"), "usual_keys", "flat")
        self._usual.clicked.connect(lambda: self._on_keys({}))
        box = column(self, edge=24, gap=8)
        head = label(_("Keys and foot pedals"), "heading")
        fill(box, head, label(_("Press a button, then the key or the pedal."), "soft"), self._told)
        for name, pressed in self._buttons.items():
            pressed.key_pressed.connect(lambda key, wanted=name: self._on_key(wanted, key))
            pressed.refused.connect(self._on_refused)
            line = fill(row(gap=16), label(commands.command_words(name), "body"), pressed)
            line.setStretch(0, 1)
            box.addLayout(line)
        fill(box, fill(row(), None, self._usual))
        self.show_keys()

    def show_keys(self) -> None:
        """Show the keys as they are now."""
        for pressed in self._buttons.values():
            pressed.show_key()

    def _on_key(self, name: str, key: str) -> None:
        self._on_keys(commands.moved(name, key))

    def _on_keys(self, keys: dict[str, str]) -> None:
        self._told.hide()
        commands.use(keys)
        self.show_keys()
        self.changed.emit(keys)

    def _on_refused(self) -> None:
        self._told.setText(_("This key writes, moves or helps. Choose another one, F1 aside."))
        self._told.show()
        announce(self, self._told.text())


class KeyButton(Button):
    """Shows a command's key; pressed, it waits for another one. Escape leaves it, Delete takes it away."""

    key_pressed = Signal(str)
    refused = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        """Show the key of this command."""
        super().__init__("", "plain", "")
        if parent is not None:
            self.setParent(parent)
        self._command, self._is_waiting = name, False
        self.setObjectName(f"key_{name}")
        self.setProperty("weight", "plain")
        self.setAutoDefault(False)
        self.setSizePolicy(QSizePolicy.Policy.Minimum, QSizePolicy.Policy.Fixed)
        self.clicked.connect(self._on_clicked)
        self.show_key()

    def show_key(self) -> None:
        """Show the key as it is now."""
        self._is_waiting = False
        key = commands.key_words(self._command)
        self.setText(ltr(key) if key else _("No key"))
        self.setAccessibleName(f"{commands.command_words(self._command)}: {key or _('No key')}")

    def event(self, event: QEvent) -> bool:
        """Qt asks first whether a key is a shortcut: while we wait, it is for us."""
        if self._is_waiting and event.type() is QEvent.Type.ShortcutOverride:
            event.accept()
            return True
        return bool(super().event(event))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Take the key that was pressed, if we wait for one."""
        if not self._is_waiting:
            super().keyPressEvent(event)
            return
        key = event.key()
        if commands.is_held_down(key) or event.isAutoRepeat():
            return
        if key == Qt.Key.Key_Escape:
            self.show_key()
        elif key in _TAKES_AWAY:
            self.key_pressed.emit("")
        elif commands.may_be(key):
            self.key_pressed.emit(QKeySequence(key).toString())
        else:
            self.show_key()
            self.refused.emit()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """Wait no more."""
        if self._is_waiting:
            self.show_key()
        super().focusOutEvent(event)

    def _on_clicked(self) -> None:
        self._is_waiting = True
        self.setText(_("Press a key"))
        self.setFocus()
        announce(self, self.text())
