# SPDX-License-Identifier: Apache-2.0
"""The report of an import: how many are safe, what became of each file, and the receipts to write."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits, ltr
from testimony_app.i18n.measures import counted, durations
from testimony_app.ui import wording
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.receive.care_list import CareList
from testimony_app.ui.receive.outcome_words import (
    is_held,
    is_safe,
    order,
    outcome_tone,
    outcome_word,
)
from testimony_app.ui.receive.share_bar import ShareBar
from testimony_app.ui.receive.values import FoundLine, Report
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.parts import Column as Body
from testimony_app.ui.widgets.parts import button, card, label
from testimony_app.ui.widgets.table import Cell, Column, Table, TableRow, in_card

_COPIES = (1, 2, 3, 4)


class FindingsPage(QWidget):
    """Shows what was found; the files on the stick stay as they are."""

    receipts_wanted = Signal(int)
    """How many copies the archive holds."""
    opened = Signal(str)
    """The code of a testimony that is here now."""
    held_wanted = Signal()
    """Somebody wants to decide about what is held apart."""
    left = Signal()

    def __init__(self) -> None:
        """Show nothing yet."""
        super().__init__()
        self.setObjectName("findings_page")
        self._safe: frozenset[str] = frozenset()
        self._strangers: frozenset[str] = frozenset()
        self._make_parts()
        self._lay_out()
        self._table.opened.connect(self._on_opened)
        self._write.clicked.connect(lambda: self.receipts_wanted.emit(int(self._copies.value() or "1")))
        self._again.clicked.connect(self.left)
        self._held.clicked.connect(self.held_wanted)

    def show_report(self, report: Report) -> None:
        """Show the report, the worst first."""
        lines = sorted(report.lines, key=lambda line: order(line.outcome))
        safe = [line for line in lines if is_safe(line.outcome)]
        self._safe = frozenset(line.code for line in safe)
        self._title.setText(_headline(len(safe), len(lines)))
        self._shares.show_shares(_shares(report.lines), self._title.text())
        self._cares.show_lines(lines)
        self._table.show_rows([_shown(line, number) for number, line in enumerate(lines)])
        self._holder.setFixedHeight(self._table.height_for_rows() + 16)
        self._strangers = frozenset(f"{n} {line.code}" for n, line in enumerate(lines) if is_held(line.outcome))
        self._held.setVisible(bool(self._strangers))
        self._show_receipts(report)

    def show_receipts_written(self, count: int, place: str) -> None:
        """Show that the receipts are on the stick."""
        told = counted(count, "{count} receipt was written", "{count} receipts were written")
        self._receipts_title.setText(told)
        self._receipts_told.setText(
            _("To {place}, read back and compared. It is safe to take the stick out.").format(
                place=wording.quoted(place)
            )
        )
        self._write.hide()
        self._counting.hide()

    def _make_parts(self) -> None:
        self._title, self._shares = label("", "title", name="report_title"), ShareBar()
        self._cares = CareList()
        self._table = Table(
            (
                Column(_("Result")),
                Column(_("Code")),
                Column(_("Signed by"), may_go=True),
                Column(_("Length"), may_go=True),
                Column("", stretches=True),
            ),
            name="findings",
            title=_("What was found"),
        )
        self._holder = in_card(self._table)
        self._receipts_title = label("", "heading", name="receipts_title")
        self._receipts_told = label("", "soft")
        self._write = button("", "write_receipts", "main")
        self._copies = Choice(_("Copies this archive holds"), name="copies")
        self._copies.offer([(str(count), digits(str(count))) for count in _COPIES], "1")
        self._again = button(_("Import from another place"), "import_again")
        self._held = button(_("Decide about what is held apart"), "decide_held")

    def _lay_out(self) -> None:
        page = Body(1000)
        self._receipts = card(name="receipts_card")
        told = fill(column(gap=4), self._receipts_title, self._receipts_told)
        line = fill(row(gap=16), told, self._write)
        line.setStretch(0, 1)
        self._counting = QWidget()
        asked = fill(row(self._counting, gap=16), label(_("How many copies does this archive hold, backups included?")))
        fill(asked, self._copies)
        asked.setStretch(0, 1)
        fill(column(self._receipts, edge=20, gap=12), self._counting, line)
        fill(
            page.box,
            self._title,
            label(_("Nothing was changed on the stick."), "lead"),
            self._shares,
            self._holder,
            self._cares,
            self._receipts,
            8,
            fill(row(gap=16), self._again, self._held, None),
            None,
        )
        fill(column(self), page)

    def _show_receipts(self, report: Report) -> None:
        self._receipts.setVisible(report.receipts_due > 0)
        self._write.show()
        self._counting.setVisible(report.has_safe)
        self._receipts_title.setText(_("Write receipts to the stick"))
        told = [_("With two copies or more, the interviewer’s computer may remove its own.")] if report.has_safe else []
        told += [_("What was refused gets one too: it tells the sender why.")] if report.has_refusals else []
        self._receipts_told.setText("\n".join(told))
        words = counted(report.receipts_due, "Write {count} receipt", "Write {count} receipts")
        self._write.setText(words)
        self._write.setAccessibleName(words)

    def _on_opened(self, key: str) -> None:
        if key in self._strangers:
            self.held_wanted.emit()
            return
        code = key.partition(" ")[2]
        if code in self._safe:
            self.opened.emit(code)


def _shown(line: FoundLine, number: int) -> TableRow:
    cells = (
        Cell(outcome_word(line.outcome), "chip", outcome_tone(line.outcome)),
        Cell(ltr(line.code) if line.code else wording.DASH, "code"),
        Cell(wording.quoted(line.signer)),
        Cell(durations(line.seconds) if line.seconds else wording.DASH),
        Cell(line.told, "soft"),
    )
    return TableRow(f"{number} {line.code}", cells)


def _headline(safe: int, total: int) -> str:
    if not total:
        return _("No bundles were found there")
    if safe == total:
        return counted(total, "{count} bundle is safely here", "All {count} bundles are safely in the archive")
    return digits(_("{safe} of {total} bundles are safely in the archive").format(safe=safe, total=total))


def _shares(lines: tuple[FoundLine, ...]) -> tuple[tuple[str, int], ...]:
    tones = [outcome_tone(line.outcome) for line in lines]
    return tuple((tone, tones.count(tone)) for tone in ("sealed", "care", "record"))
