# SPDX-License-Identifier: Apache-2.0
"""The archive's first page: what it can be narrowed to, the list, and the testimony that was chosen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QStackedWidget, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits
from testimony_app.i18n.measures import counted, decimal
from testimony_app.ui import theme, wording
from testimony_app.ui.archive.detail_pane import DetailPane
from testimony_app.ui.archive.filters_bar import FiltersBar
from testimony_app.ui.archive.results_view import ResultsView
from testimony_app.ui.archive.values import Results
from testimony_app.ui.intake.attachment_page import AttachmentPage
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.parts import button, label

_ROOM_FOR_FILTERS = 960


class ArchivePage(QWidget):
    """Three parts side by side; where room is short the filters go first."""

    import_wanted = Signal()
    card_wanted = Signal()

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("archive_page")
        self.setProperty("surface", "paper")
        self.filters, self.results, self.detail = FiltersBar(), ResultsView(), DetailPane()
        self._count = label("", "soft", name="result_count", wraps=False)
        self._list = QStackedWidget()
        self._list.addWidget(self.results)
        self._none = label("", "soft")
        self._list.addWidget(self._no_hits())
        self._whole = QStackedWidget()
        self._whole.addWidget(self._three())
        self._whole.addWidget(self._empty())
        self.seen = AttachmentPage(_("Back to the testimony"))
        self._whole.addWidget(self.seen)
        self.seen.left.connect(lambda: self._whole.setCurrentIndex(0))
        fill(column(self, gap=0), self._whole)

    def hasHeightForWidth(self) -> bool:
        """Return that the page takes the height it is given: what needs more scrolls inside it."""
        return False

    def show_results(self, found: Results, *, text: str, is_empty_archive: bool) -> None:
        """Show what a search found, or, in an archive that holds nothing yet, what to do first."""
        if self._whole.currentWidget() is self.seen:
            # Whoever searches on wants to see what is found.
            self.seen.left.emit()
        self._whole.setCurrentIndex(1 if is_empty_archive else 0)
        self._count.setText(_count(found))
        self.results.show_results(found)
        self._none.setText(_("Nothing was found for these words.") if text else _("There is nothing of this kind."))
        self._list.setCurrentIndex(0 if found.results else 1)

    def show_seen(self) -> None:
        """Show the page on which an attachment is looked at, until it is left."""
        self._whole.setCurrentWidget(self.seen)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the filters out where three parts would crowd each other."""
        super().resizeEvent(event)
        self.filters.setVisible(self.width() >= theme.pixels(_ROOM_FOR_FILTERS))

    def _three(self) -> QWidget:
        made = QWidget()
        middle = QWidget()
        middle.setFixedWidth(theme.pixels(360))
        head = fill(row(), 18, self._count)
        fill(column(middle, gap=0), 12, head, 12, _line(is_upright=False), self._list)
        whole = fill(row(made, gap=0), self.filters, _line(is_upright=True), middle, _line(is_upright=True))
        whole.addWidget(self.detail, 1)
        return made

    def _no_hits(self) -> QWidget:
        made = QWidget()
        fill(column(made, edge=18), self._none, None)
        return made

    def _empty(self) -> QWidget:
        made = QWidget()
        made.setObjectName("archive_empty")
        go = button(_("Import bundles"), "import_first", "main")
        go.clicked.connect(self.import_wanted)
        card = button(_("Cards and safety number"), "cards_first")
        card.clicked.connect(self.card_wanted)
        box = column(made, edge=48, gap=12)
        fill(
            box,
            None,
            label(_("Here the testimonies entrusted to this archive will stand."), "title"),
            label(_("First exchange cards with the interviewers, then import what they bring."), "lead"),
            16,
            fill(row(gap=16), go, card, None),
            None,
        )
        return made


def _count(found: Results) -> str:
    told = counted(found.total, "{count} testimony", "{count} testimonies")
    if found.milliseconds is None:
        return told
    seconds = decimal(f"{found.milliseconds / 1000:.2f}")
    return told + wording.DOT + digits(_("{seconds} s").format(seconds=seconds))


def _line(*, is_upright: bool) -> QFrame:
    made = QFrame()
    made.setProperty("surface", "upright" if is_upright else "rule")
    return made
