# SPDX-License-Identifier: Apache-2.0
"""The shape of a recording, and where we are in it; or, while it grows, the last half minute.

Time runs in the direction of the language. A recording that can be listened to is a slider: the mouse, the arrow
keys, Home and End seek in it.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSizePolicy, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.measures import spoken_duration
from testimony_app.ui import theme

_PITCH, _BAR = 5.0, 3.0  # from bar to bar, and how wide a bar is
_LIVE_BARS = 600
_SKIP_SECONDS = 5.0


class Waveform(QWidget):
    """Bars for peaks of 0 to 1: `add_peak` while recording, `show_recording` and `show_position` for listening."""

    seek_requested = Signal(float)
    """Seconds from the start."""

    def __init__(self, *, name: str = "waveform", height: int = 140) -> None:
        super().__init__()
        self.setObjectName(name)
        self._height = height
        self._live: deque[float] = deque(maxlen=_LIVE_BARS)
        self._peaks: tuple[float, ...] = ()
        self._seconds, self._position = 0.0, 0.0
        self._is_paused = False
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(_("Shape of the recording"))

    def add_peak(self, peak: float) -> None:
        """Add the newest peak of a recording that grows."""
        self._live.append(min(max(peak, 0.0), 1.0))
        self.update()

    def show_paused(self, is_paused: bool) -> None:
        """Show the growing shape as paused, in a soft colour."""
        self._is_paused = is_paused
        self.update()

    def clear(self) -> None:
        """Forget the shape."""
        self._live.clear()
        self._peaks, self._seconds, self._position = (), 0.0, 0.0
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.update()

    def show_recording(self, peaks: Sequence[float], seconds: float) -> None:
        """Show a whole recording that can be sought in."""
        self._peaks = tuple(min(max(peak, 0.0), 1.0) for peak in peaks)
        self._seconds = max(seconds, 0.0)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.show_position(0.0)

    def show_position(self, seconds: float) -> None:
        """Show where the listening is."""
        self._position = min(max(seconds, 0.0), self._seconds)
        self.setAccessibleDescription(
            _("{position} of {length}").format(
                position=spoken_duration(self._position), length=spoken_duration(self._seconds)
            )
        )
        self.update()

    def sizeHint(self) -> QSize:
        """Qt asks."""
        return QSize(400, self._height)

    def minimumSizeHint(self) -> QSize:
        """Qt asks."""
        return QSize(120, min(self._height, 48))

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw one bar for each five pixels."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        count = max(1, int(self.width() / _PITCH))
        if self._peaks:
            self._draw_recording(painter, count)
        else:
            self._draw_live(painter, count)
        if self.hasFocus():
            painter.setPen(QPen(theme.colour("action"), 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 8, 8)
        painter.end()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Seek to where it was pressed."""
        if not self._peaks:
            return
        along = event.position().x() / max(1, self.width())
        self.seek_requested.emit(self._seconds * (1 - along if self._is_rtl() else along))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Seek with the arrow keys, Home and End."""
        forward = -_SKIP_SECONDS if self._is_rtl() else _SKIP_SECONDS
        steps = {
            Qt.Key.Key_Right: self._position + forward,
            Qt.Key.Key_Left: self._position - forward,
            Qt.Key.Key_Home: 0.0,
            Qt.Key.Key_End: self._seconds,
        }
        wanted = steps.get(Qt.Key(event.key()))
        if wanted is None or not self._peaks:
            super().keyPressEvent(event)
            return
        self.seek_requested.emit(min(max(wanted, 0.0), self._seconds))

    def _draw_recording(self, painter: QPainter, count: int) -> None:
        heard = count * self._position / self._seconds if self._seconds else 0
        for index in range(count):
            first = index * len(self._peaks) // count
            last = max(first + 1, (index + 1) * len(self._peaks) // count)
            is_heard = index < heard
            self._draw_bar(painter, index, max(self._peaks[first:last]), "action" if is_heard else "ink-faint")

    def _draw_live(self, painter: QPainter, count: int) -> None:
        shown = list(self._live)[-count:]
        token = "ink-faint" if self._is_paused else "action"
        for index in range(count):
            behind = count - len(shown)
            self._draw_bar(painter, index, shown[index - behind] if index >= behind else 0.0, token)

    def _draw_bar(self, painter: QPainter, index: int, peak: float, token: str) -> None:
        tall = max(_BAR, peak * (self.height() - 4))
        at = index * _PITCH
        left = self.width() - at - _BAR if self._is_rtl() else at
        painter.setBrush(theme.colour(token))
        painter.drawRoundedRect(QRectF(left, (self.height() - tall) / 2, _BAR, tall), 1.5, 1.5)

    def _is_rtl(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft
