# SPDX-License-Identifier: Apache-2.0
"""Notices that nobody has touched the program for a while."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtWidgets import QApplication

_TOUCHES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseMove,
        QEvent.Type.Wheel,
        QEvent.Type.TouchBegin,
        QEvent.Type.InputMethod,
    }
)


class Idle(QObject):
    """Emits `idle` when so many seconds have passed without a key, a click or a touch."""

    idle = Signal()

    def __init__(self, app: QApplication, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)  # else it may come a twentieth of the time later
        self._timer.timeout.connect(self.idle)
        self._app = app

    def watch(self, seconds: float) -> None:
        """Begin, or begin anew with another length."""
        self._timer.setInterval(round(seconds * 1000))
        self._timer.start()
        self._app.installEventFilter(self)

    def rest(self) -> None:
        """Stop watching."""
        self._timer.stop()
        self._app.removeEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Start counting anew at each touch; never keeps an event from anybody."""
        if event.type() in _TOUCHES:
            self._timer.start()
        return False
