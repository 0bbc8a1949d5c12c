# SPDX-License-Identifier: Apache-2.0
"""Hands on the desktop: they find what is visible by its name, press it, type into it, and wait as people do."""

from __future__ import annotations

import sys
import threading
import time
from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from testimony_app.crypto.passphrase import CHEAP
from testimony_app.desktop import Desktop, Surroundings

PATIENCE_SECONDS = 20


class Hands:
    """One person at one laptop."""

    def __init__(self, app: QApplication, settings_file, vault=None) -> None:
        """Start the desktop, at a vault's unlock screen when one is given."""
        self.relaunched: list = []
        world = Surroundings(settings_file=settings_file, relaunch=self.relaunched.append, cost=CHEAP)
        hooks = sys.excepthook, threading.excepthook
        self.desktop = Desktop(app, world)
        # A bug must end the test, not in the calm sentence that a person would get.
        sys.excepthook, threading.excepthook = hooks
        self.desktop.start(vault)

    @property
    def screen(self) -> str:
        """Return the name of the screen that is up."""
        return self.desktop.screens.name

    def see(self, name: str) -> QWidget:
        """Return the visible widget of this name, waiting until it is there."""
        return self.wait(lambda: self._visible(name), f"to see {name}")

    def sees(self, name: str) -> bool:
        """Tell whether a widget of this name is visible now."""
        return self._visible(name) is not None

    def press(self, name: str) -> None:
        """Click a button, waiting until it can be clicked."""
        button = self.wait(lambda: self._visible(name, is_enabled=True), f"to press {name}")
        self.rest(0.1)
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def type(self, name: str, words: str) -> None:
        """Type into a field."""
        field = self.see(name)
        field.setFocus()
        QTest.keyClicks(field, words)

    def enter(self, name: str, words: str) -> None:
        """Type into a field and press Enter."""
        self.type(name, words)
        QTest.keyClick(self.see(name), Qt.Key.Key_Return)

    def read(self, name: str) -> str:
        """Return what a label says."""
        return self.see(name).text()

    def wait(self, until: Callable[[], object], what: str):
        """Wait until something is so and return it."""
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            found = until()
            if found:
                return found
            QTest.qWait(20)
        raise AssertionError(f"waited {PATIENCE_SECONDS} s {what}; {self.screen} shows {self._all_visible()}")

    def rest(self, seconds: float) -> None:
        """Let time pass."""
        QTest.qWait(int(seconds * 1000))

    def leave(self) -> None:
        """Close the window."""
        self.desktop.window.close()
        self.desktop.shut_down()

    def _all_visible(self) -> list[str]:
        widgets = self.desktop.window.findChildren(QWidget)
        return sorted({w.objectName() for w in widgets if w.isVisible() and not w.objectName().startswith("qt_")})

    def _visible(self, name: str, *, is_enabled: bool = False) -> QWidget | None:
        for widget in self.desktop.window.findChildren(QWidget, name):
            if widget.isVisible() and (widget.isEnabled() or not is_enabled):
                return widget
        return None
