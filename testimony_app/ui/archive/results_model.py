# SPDX-License-Identifier: Apache-2.0
"""The rows of a search as a Qt model, fetched as they are needed."""

from __future__ import annotations

from PySide6.QtCore import QAbstractListModel, QModelIndex, QObject, QPersistentModelIndex, Qt

from testimony_app.i18n.languages import ltr
from testimony_app.ui import wording
from testimony_app.ui.archive.values import Result, Results

RESULT = Qt.ItemDataRole.UserRole + 1
_Index = QModelIndex | QPersistentModelIndex


class ResultsModel(QAbstractListModel):
    """Results in their order; whether more can be asked for."""

    def __init__(self, parent: QObject | None = None) -> None:
        """Start empty."""
        super().__init__(parent)
        self._results: list[Result] = []
        self.may_grow = False

    def show_results(self, found: Results) -> None:
        """Show another search's first page."""
        self.beginResetModel()
        self._results, self.may_grow = list(found.results), found.more
        self.endResetModel()

    def add_results(self, found: Results) -> None:
        """Show the next page below."""
        self.may_grow = found.more
        if found.results:
            first = len(self._results)
            self.beginInsertRows(QModelIndex(), first, first + len(found.results) - 1)
            self._results.extend(found.results)
            self.endInsertRows()

    def place_of(self, testimony: str) -> QModelIndex:
        """Return where a testimony stands, or an invalid place."""
        for number, result in enumerate(self._results):
            if result.row.id == testimony:
                return self.index(number)
        return QModelIndex()

    def rowCount(self, parent: _Index | None = None) -> int:
        """Return how many results are shown so far."""
        return 0 if parent is not None and parent.isValid() else len(self._results)

    def data(self, index: _Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        """Return a result, or what a screen reader says of it."""
        result = self._results[index.row()]
        if role == RESULT:
            return result
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return _spoken(result)
        return None


def _spoken(result: Result) -> str:
    row = result.row
    plain = result.snippet.replace("\x02", "").replace("\x03", "")
    told = (ltr(row.code), wording.state_word(row.state), wording.length(row), plain)
    return wording.DOT.join(part for part in told if part)
