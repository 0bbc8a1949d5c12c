# SPDX-License-Identifier: Apache-2.0
"""The list of results, and how a found word is marked in it: on a tinted ground, in its own direction."""

from __future__ import annotations

from PySide6.QtCore import QItemSelection, QModelIndex, QPersistentModelIndex, QPointF, QRect, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QGuiApplication,
    QPainter,
    QPen,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QListView, QStyle, QStyledItemDelegate, QStyleOptionViewItem

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.model.testimony import State
from testimony_app.ui import theme, wording
from testimony_app.ui.archive.results_model import RESULT, ResultsModel
from testimony_app.ui.archive.snippet_marks import marked_spans
from testimony_app.ui.archive.values import Result, Results
from testimony_app.ui.widgets.bidi_edit import starts_from_the_right

_EDGE, _GAP, _LINES = 16, 8, 2
_Index = QModelIndex | QPersistentModelIndex


class ResultsView(QListView):
    """Tells which testimony was chosen, and when the end of the list comes near."""

    chosen = Signal(str)
    more_wanted = Signal()

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("results")
        self.setAccessibleName(_("Testimonies found"))
        self._results = ResultsModel(self)
        self.setModel(self._results)
        self.setItemDelegate(_ResultPainter(self))
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setUniformItemSizes(False)
        self.setResizeMode(QListView.ResizeMode.Adjust)
        self.selectionModel().selectionChanged.connect(self._on_selected)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def show_results(self, found: Results) -> None:
        """Show another search's first page; what was chosen stays chosen if it is there."""
        kept = self.current()
        self._results.show_results(found)
        self.choose(kept)

    def add_results(self, found: Results) -> None:
        """Show the next page below."""
        self._results.add_results(found)

    def current(self) -> str:
        """Return the testimony that is chosen, or nothing."""
        index = self.currentIndex()
        return str(index.data(RESULT).row.id) if index.isValid() else ""

    def choose(self, testimony: str) -> None:
        """Choose a testimony, if it is in the list."""
        place = self._results.place_of(testimony) if testimony else QModelIndex()
        if place.isValid():
            self.setCurrentIndex(place)

    def _on_selected(self, _now: QItemSelection, _before: QItemSelection) -> None:
        if self.current():
            self.chosen.emit(self.current())

    def _on_scrolled(self, value: int) -> None:
        bar = self.verticalScrollBar()
        if self._results.may_grow and value > bar.maximum() - self.viewport().height():
            self._results.may_grow = False
            self.more_wanted.emit()


class _ResultPainter(QStyledItemDelegate):
    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        """Return room for the code, and for the snippet where there is one."""
        tall = QFontMetrics(theme.font()).height() + 4.0
        snippet = index.data(RESULT).snippet
        if snippet:
            tall += _GAP + _laid_out(snippet, option.rect.width() - 2 * _EDGE).boundingRect().height()
        return QSize(160, round(tall) + 2 * _EDGE - 4)

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        """Draw code and state on one line, the snippet below."""
        rect: QRect = option.rect
        state = option.state
        result: Result = index.data(RESULT)
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, theme.colour("action-tint"))
        if state & QStyle.StateFlag.State_HasFocus:
            painter.setPen(QPen(theme.colour("action"), 2))
            painter.drawRoundedRect(rect.adjusted(3, 3, -3, -4), 8, 8)
        painter.setPen(theme.colour("line"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        room = rect.adjusted(_EDGE, _EDGE - 4, -_EDGE, -_EDGE + 4)
        below = self._draw_head(painter, room, result)
        if result.snippet:
            _draw_snippet(painter, QRectF(room).adjusted(0, below, 0, 0), result.snippet)
        painter.restore()

    def _draw_head(self, painter: QPainter, room: QRect, result: Result) -> float:
        row, tall = result.row, QFontMetrics(theme.font()).height() + 4
        line = QRect(room.left(), room.top(), room.width(), tall)
        bold = theme.font("base", QFont.Weight.Bold)
        code = ltr(row.code)
        _draw(painter, line, code, bold, "ink", at_start=True)
        wide = QFontMetrics(bold).horizontalAdvance(code) + 12
        chip_font = theme.font("small", QFont.Weight.DemiBold)
        _draw_chip(painter, self._after(line, wide), row.state, chip_font)
        _draw(painter, line, wording.length(row), theme.font("small"), "ink-soft", at_start=False)
        return tall + _GAP / 2

    @staticmethod
    def _after(line: QRect, wide: int) -> QRect:
        is_rtl = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
        return line.adjusted(0, 0, -wide, 0) if is_rtl else line.adjusted(wide, 0, 0, 0)


def _draw(painter: QPainter, room: QRect, text: str, font: QFont, ink: str, *, at_start: bool) -> None:
    side = Qt.AlignmentFlag.AlignLeft if at_start else Qt.AlignmentFlag.AlignRight
    if QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft:
        side = Qt.AlignmentFlag.AlignRight if at_start else Qt.AlignmentFlag.AlignLeft
    painter.setFont(font)
    painter.setPen(theme.colour(ink))
    painter.drawText(room, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute), text)


def _draw_chip(painter: QPainter, room: QRect, state: State, font: QFont) -> None:
    text, tone = wording.state_word(state), wording.state_tone(state)
    grounds = {"sealed": "sealed-tint", "care": "care-tint", "plain": "neutral-tint"}
    metrics = QFontMetrics(font)
    wide, tall = metrics.horizontalAdvance(text) + 18, metrics.height() + 4
    is_rtl = QGuiApplication.layoutDirection() is Qt.LayoutDirection.RightToLeft
    left = room.right() - wide if is_rtl else room.left()
    body = QRectF(left, room.center().y() - tall / 2 + 1, wide, tall)
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(grounds[tone]))
    painter.drawRoundedRect(body, tall / 2, tall / 2)
    painter.setPen(theme.colour("ink-soft" if tone == "plain" else tone))
    painter.setFont(font)
    painter.drawText(body, Qt.AlignmentFlag.AlignCenter, text)


def _draw_snippet(painter: QPainter, room: QRectF, snippet: str) -> None:
    painter.setPen(theme.colour("ink"))
    _laid_out(snippet, room.width()).draw(painter, room.topLeft())


def _laid_out(snippet: str, width: float) -> QTextLayout:
    text, spans = marked_spans(snippet)
    layout = QTextLayout(text, theme.font())
    option = QTextOption()
    option.setTextDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    option.setWrapMode(QTextOption.WrapMode.WordWrap)
    option.setAlignment(_side_of(text))
    layout.setTextOption(option)
    layout.setFormats([_mark(start, length) for start, length in spans])
    layout.beginLayout()
    tall = 0.0
    for _line in range(_LINES):
        line = layout.createLine()
        if not line.isValid():
            break
        line.setLineWidth(max(40.0, width))
        line.setPosition(QPointF(0, tall))
        tall += line.height()
    layout.endLayout()
    return layout


def _side_of(text: str) -> Qt.AlignmentFlag:
    side = Qt.AlignmentFlag.AlignRight if starts_from_the_right(text) else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute


def _mark(start: int, length: int) -> QTextLayout.FormatRange:
    looks = QTextCharFormat()
    looks.setBackground(theme.colour("care-tint"))
    looks.setForeground(theme.colour("ink"))
    looks.setFontWeight(QFont.Weight.Bold)
    made = QTextLayout.FormatRange()
    made.start, made.length, made.format = start, length, looks
    return made
