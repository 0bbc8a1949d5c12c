# SPDX-License-Identifier: Apache-2.0
"""Keeps a window over everything else and from being put away, while a witness is alone with it.

It fills the display, stands before other windows, and comes back when something puts it away. What the system does
before it asks a program, such as changing to another program with the system's own keys, no program can prevent: the
guide says how to set the laptop up so that there is nothing to change to.
"""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtWidgets import QWidget


class Guard(QObject):
    """Holds one window, until it lets go."""

    def __init__(self, owner: QObject) -> None:
        """Hold nothing yet."""
        super().__init__(owner)
        self._window: QWidget | None = None

    def hold(self, window: QWidget) -> None:
        """Fill the display with a window and keep it there."""
        self._window = window
        window.installEventFilter(self)
        _stay_on_top(window, is_wanted=True)
        self._come_back()

    def let_go(self) -> None:
        """Make it a window like any other again."""
        window, self._window = self._window, None
        if window is not None:
            window.removeEventFilter(self)
            _stay_on_top(window, is_wanted=False)
            window.showNormal()
            window.activateWindow()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Refuse to be closed, and come back when put away."""
        if watched is not self._window or self._window is None:
            return False
        if event.type() is QEvent.Type.Close:
            event.ignore()
            return True
        if event.type() is QEvent.Type.WindowStateChange and not self._window.isFullScreen():
            QTimer.singleShot(0, self, self._come_back)
        return False

    def _come_back(self) -> None:
        if self._window is not None:
            self._window.showFullScreen()
            self._window.raise_()
            self._window.activateWindow()


def _stay_on_top(window: QWidget, *, is_wanted: bool) -> None:
    """Ask the system for it directly: through the widget, the window would be made anew and lose the keyboard."""
    window.winId()  # makes the system's window where it was never shown yet
    window.windowHandle().setFlag(Qt.WindowType.WindowStaysOnTopHint, is_wanted)
