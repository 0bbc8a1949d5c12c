# SPDX-License-Identifier: Apache-2.0
"""A calm table of rows: words, codes and chips; the row is the thing that is chosen.

When the table is narrow or the text large, the columns that may go, go, last first; none is ever squeezed unreadable.
"""

from __future__ import annotations

from collections.abc import Sequence

import msgspec
from PySide6.QtCore import (
    QAbstractTableModel,
    QModelIndex,
    QPersistentModelIndex,
    QPoint,
    QRect,
    QRectF,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFocusEvent, QFont, QFontMetrics, QKeyEvent, QPainter, QPen, QResizeEvent
from PySide6.QtWidgets import (
    QAbstractItemView,
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QVBoxLayout,
    QWidget,
)

from testimony_app.ui import theme
from testimony_app.ui.widgets.parts import card

_PAD = 14
_CELL_ROLE = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class Column(msgspec.Struct, frozen=True):
    """A column: its words, whether it takes the room that is left, whether it may go when room is short."""

    words: str
    stretches: bool = False
    may_go: bool = False


class Cell(msgspec.Struct, frozen=True):
    """What stands in a cell; `kind` is body, code, soft or chip, `tone` is the chip's."""

    text: str = ""
    kind: str = "body"
    tone: str = "plain"


class TableRow(msgspec.Struct, frozen=True):
    """A row, and the key that is told when it is opened."""

    key: str
    cells: tuple[Cell, ...]


class _Rows(QAbstractTableModel):
    def __init__(self, columns: Sequence[Column]) -> None:
        super().__init__()
        self.columns = tuple(columns)
        self.rows: list[TableRow] = []

    def rowCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.rows)

    def columnCount(self, parent: _Index | None = None) -> int:
        return 0 if parent is not None and parent.isValid() else len(self.columns)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        cell = self.rows[index.row()].cells[index.column()]
        if role == _CELL_ROLE:
            return cell
        if role == Qt.ItemDataRole.DisplayRole:
            return cell.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            words = self.columns[index.column()].words
            return f"{words}: {cell.text}" if words and cell.text else cell.text
        return None

    def headerData(self, section: int, orientation: Qt.Orientation, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if orientation is not Qt.Orientation.Horizontal:
            return None
        if role == Qt.ItemDataRole.DisplayRole:
            return self.columns[section].words
        if role == Qt.ItemDataRole.TextAlignmentRole:
            return int(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        return None

    def replace(self, rows: Sequence[TableRow]) -> None:
        self.beginResetModel()
        self.rows = list(rows)
        self.endResetModel()

    def append(self, rows: Sequence[TableRow]) -> None:
        if rows:
            self.beginInsertRows(QModelIndex(), len(self.rows), len(self.rows) + len(rows) - 1)
            self.rows.extend(rows)
            self.endInsertRows()


class _Painter(QStyledItemDelegate):
    """Draws a cell: word or chip, a line below the row, the chosen row tinted."""

    def __init__(self, view: QTableView) -> None:
        super().__init__(view)
        self._view = view

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: _Index) -> None:
        cell = index.data(_CELL_ROLE)
        rect: QRect = option.rect
        state = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        is_chosen = bool(state & QStyle.StateFlag.State_Selected)
        if is_chosen:
            painter.fillRect(rect, theme.colour("action-tint"))
        painter.setPen(QPen(theme.colour("line"), 1))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())
        if is_chosen and self._view.hasFocus():
            _draw_focus(painter, rect)
        inner = rect.adjusted(_PAD, 0, -_PAD, -1)
        if cell.kind == "chip" and cell.text:
            _draw_chip(painter, inner, cell, option.direction)
        else:
            _draw_words(painter, inner, cell, option.direction)
        painter.restore()

    def sizeHint(self, option: QStyleOptionViewItem, index: _Index) -> QSize:
        cell = index.data(_CELL_ROLE)
        extra = 20 if cell.kind == "chip" else 0
        width = QFontMetrics(_font(cell)).horizontalAdvance(cell.text) + 2 * _PAD + extra + 4
        return QSize(width, _row_height())


class Table(QTableView):
    """Rows that can be read with the keyboard and opened with Enter or a press."""

    opened = Signal(str)
    """The key of the row."""
    chosen = Signal(str)
    """The key of the row that has become the current one."""
    more_wanted = Signal()
    """The end of what is shown is near."""

    def __init__(self, columns: Sequence[Column], *, name: str, title: str) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setAccessibleName(title)
        self._rows = _Rows(columns)
        self.setModel(self._rows)
        self.setItemDelegate(_Painter(self))
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.SingleSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setShowGrid(False)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self._set_headers()
        self.clicked.connect(self._on_open)
        self.selectionModel().currentRowChanged.connect(self._on_current)
        self.verticalScrollBar().valueChanged.connect(self._on_scrolled)

    def _set_headers(self) -> None:
        self.verticalHeader().hide()
        self.verticalHeader().setDefaultSectionSize(_row_height())
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setSectionsClickable(False)
        header.setDefaultAlignment(Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Fixed)

    def show_rows(self, rows: Sequence[TableRow]) -> None:
        """Show these rows; the one that was chosen stays chosen if it is still there."""
        kept = self.current_key()
        self._rows.replace(rows)
        self._fit()
        for number, row in enumerate(self._rows.rows):
            if row.key == kept:
                self.selectRow(number)

    def add_rows(self, rows: Sequence[TableRow]) -> None:
        """Show further rows below."""
        self._rows.append(rows)
        self._fit()

    def current_key(self) -> str:
        """Return the key of the chosen row, or nothing."""
        index = self.currentIndex()
        return self._rows.rows[index.row()].key if index.isValid() and index.row() < len(self._rows.rows) else ""

    def choose(self, key: str) -> None:
        """Make the row with this key the chosen one."""
        for number, row in enumerate(self._rows.rows):
            if row.key == key:
                self.selectRow(number)

    def height_for_rows(self) -> int:
        """Return how tall the table is when nothing of it scrolls."""
        return self.horizontalHeader().sizeHint().height() + _row_height() * len(self._rows.rows) + 4

    def focusInEvent(self, event: QFocusEvent) -> None:
        """Choose the first row when the keyboard comes in, so that the focus can be seen."""
        by_keyboard = (Qt.FocusReason.TabFocusReason, Qt.FocusReason.BacktabFocusReason)
        if event.reason() in by_keyboard and not self.current_key() and self._rows.rows:
            self.selectRow(0)
        super().focusInEvent(event)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Open the row with Enter or Space."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space) and self.current_key():
            self.opened.emit(self.current_key())
            return
        super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Give the room to the columns anew."""
        super().resizeEvent(event)
        self._fit()

    def _on_open(self, index: QModelIndex) -> None:
        self.opened.emit(self._rows.rows[index.row()].key)

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(self._rows.rows[index.row()].key)

    def _on_scrolled(self, value: int) -> None:
        if value > self.verticalScrollBar().maximum() - 4 * _row_height():
            self.more_wanted.emit()

    def _fit(self) -> None:
        """Measure the columns, let go those that may when there is no room, and give the rest to who stretches."""
        columns = self._rows.columns
        wide = [self._wanted(number) for number in range(len(columns))]
        shown = [True] * len(columns)
        for number in reversed(range(len(columns))):
            total = sum(width for width, is_shown in zip(wide, shown, strict=True) if is_shown)
            if total <= self.viewport().width():
                break
            shown[number] = not columns[number].may_go
        spare = self.viewport().width() - sum(w for w, is_shown in zip(wide, shown, strict=True) if is_shown)
        takers = [n for n, column in enumerate(columns) if column.stretches and shown[n]]
        for number, width in enumerate(wide):
            share = max(0, spare) // len(takers) if number in takers else 0
            self.setColumnHidden(number, not shown[number])
            self.setColumnWidth(number, width + share)

    def _wanted(self, number: int) -> int:
        words = QFontMetrics(theme.font("small", QFont.Weight.Bold)).horizontalAdvance(self._rows.columns[number].words)
        return max(words + 2 * _PAD + 4, self.sizeHintForColumn(number), 40)


def _row_height() -> int:
    return max(48, QFontMetrics(theme.font()).height() + 20)


def _font(cell: Cell) -> QFont:
    if cell.kind == "code":
        return theme.font("base", QFont.Weight.DemiBold)
    if cell.kind == "chip":
        return theme.font("small", QFont.Weight.DemiBold)
    return theme.font("small" if cell.kind == "soft" else "base")


def _draw_focus(painter: QPainter, cell: QRect) -> None:
    """Draw the focus of a whole row, cell by cell, as two strong lines."""
    painter.setPen(QPen(theme.colour("action"), 2))
    painter.drawLine(cell.topLeft() + QPoint(0, 1), cell.topRight() + QPoint(0, 1))
    painter.drawLine(cell.bottomLeft(), cell.bottomRight())


def _draw_words(painter: QPainter, space: QRect, cell: Cell, direction: Qt.LayoutDirection) -> None:
    painter.setFont(_font(cell))
    painter.setPen(theme.colour("ink-soft" if cell.kind == "soft" else "ink"))
    is_rtl = direction is Qt.LayoutDirection.RightToLeft
    side = Qt.AlignmentFlag.AlignRight if is_rtl else Qt.AlignmentFlag.AlignLeft
    text = painter.fontMetrics().elidedText(cell.text, Qt.TextElideMode.ElideRight, space.width())
    painter.drawText(space, int(side | Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute), text)


def _draw_chip(painter: QPainter, space: QRect, cell: Cell, direction: Qt.LayoutDirection) -> None:
    metrics = QFontMetrics(_font(cell))
    tall, wide = metrics.height() + 8, metrics.horizontalAdvance(cell.text) + 20
    left = space.right() - wide if direction is Qt.LayoutDirection.RightToLeft else space.left()
    body = QRectF(left, space.center().y() - tall / 2, min(wide, space.width()), tall)
    ground, ink = {
        "plain": ("neutral-tint", "ink-soft"),
        "action": ("action-tint", "action-deep"),
        "sealed": ("sealed-tint", "sealed"),
        "care": ("care-tint", "care"),
        "record": ("record-tint", "record"),
    }[cell.tone]
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(theme.colour(ground))
    painter.drawRoundedRect(body, tall / 2, tall / 2)
    painter.setPen(theme.colour(ink))
    painter.setFont(_font(cell))
    painter.drawText(body, Qt.AlignmentFlag.AlignCenter, cell.text)


def in_card(table: Table) -> QWidget:
    """Return a card that holds the table."""
    box = QVBoxLayout()
    box.setContentsMargins(1, 4, 1, 8)
    box.addWidget(table)
    return card(box)
