# SPDX-License-Identifier: Apache-2.0
"""How loud, now: a bar from -60 to 0 dBFS that follows the direction, with a mark that stays where it clipped."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits, ltr
from testimony_app.ui import theme

FLOOR, CEILING = -60.0, 0.0
_MARKS = (0, -60, -20, -12, -40, -6)  # the more telling first: where room is short the others are left out
_LOUD = -3.0
_BAR = 10


class LevelMeter(QWidget):
    """A bar of the present level with the scale below it; `show_level` takes dBFS."""

    def __init__(self, *, name: str = "level_meter", with_scale: bool = True) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(_("Level of the microphone"))
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self._level, self._peak, self._clipped, self._with_scale = FLOOR, FLOOR, False, with_scale

    def show_level(self, rms_dbfs: float, peak_dbfs: float | None = None, *, clipped: bool = False) -> None:
        """Show how loud the last block was; once clipped, the mark stays until `clear`."""
        self._level = min(max(rms_dbfs, FLOOR), CEILING)
        self._peak = min(max(peak_dbfs if peak_dbfs is not None else rms_dbfs, FLOOR), CEILING)
        self._clipped = self._clipped or clipped
        self.update()

    def clear(self) -> None:
        """Show silence, and forget what clipped."""
        self._level, self._peak, self._clipped = FLOOR, FLOOR, False
        self.update()

    def sizeHint(self) -> QSize:
        """Qt asks."""
        scale = QFontMetrics(theme.font("small")).height() + 6 if self._with_scale else 0
        return QSize(theme.pixels(320), _BAR + 2 + scale)

    def minimumSizeHint(self) -> QSize:
        """Qt asks."""
        return QSize(160, self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the trough, the level, the peak and the scale."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(theme.colour("line"))
        painter.drawRoundedRect(QRectF(0, 1, self.width(), _BAR), _BAR / 2, _BAR / 2)
        painter.setBrush(theme.colour("care" if self._peak > _LOUD else "sealed"))
        painter.setClipRect(self._span(FLOOR, self._level))
        painter.drawRoundedRect(QRectF(0, 1, self.width(), _BAR), _BAR / 2, _BAR / 2)
        painter.setClipping(False)
        if self._peak > FLOOR:
            painter.drawRect(self._mark(self._peak))
        if self._clipped:
            painter.setBrush(theme.colour("record"))
            painter.drawRoundedRect(self._span(-1.5, CEILING).adjusted(0, -1, 0, 1), 3, 3)
        if self._with_scale:
            self._draw_scale(painter)
        painter.end()

    def _along(self, level: float) -> float:
        """Return how far along the bar a level stands, from the leading end, in pixels."""
        return self.width() * (level - FLOOR) / (CEILING - FLOOR)

    def _span(self, low: float, high: float) -> QRectF:
        start, end = self._along(low), self._along(high)
        if self._is_rtl():
            start, end = self.width() - end, self.width() - start
        return QRectF(start, 1, end - start, _BAR)

    def _mark(self, level: float) -> QRectF:
        at = self._along(level)
        return QRectF(self.width() - at if self._is_rtl() else at - 2, 1, 2, _BAR)

    def _draw_scale(self, painter: QPainter) -> None:
        painter.setFont(theme.font("small"))
        painter.setPen(theme.colour("ink-soft"))
        metrics = painter.fontMetrics()
        taken: list[tuple[float, float]] = []
        for mark in _MARKS:
            text = _scale_text(mark)
            width = metrics.horizontalAdvance(text)
            at = self._along(mark)
            at = self.width() - at if self._is_rtl() else at
            left = min(max(at - width / 2, 0), self.width() - width)
            if all(left > end + 8 or left + width + 8 < start for start, end in taken):
                taken.append((left, left + width))
                painter.drawText(round(left), _BAR + 4 + metrics.ascent(), text)

    def _is_rtl(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft


def _scale_text(mark: int) -> str:
    number = ltr(digits(str(mark).replace("-", "\N{MINUS SIGN}")))
    return _("{level} dBFS").format(level=number) if mark == 0 else number
