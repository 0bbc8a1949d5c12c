# SPDX-License-Identifier: Apache-2.0
"""When something was, as it was said: in words, or in three boxes of which each may stay empty; never a calendar.

What was said is what is kept. Beside it stands how the program reads it, in both calendars, so that somebody can see
whether it was understood. "Unknown", "did not want to say" and "not asked" are three answers, and none is an error.
"""

from __future__ import annotations

import re

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QWidget

from testimony_app.i18n.calendars import GREGORIAN, IMPERIAL, LUNAR, SOLAR
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.dates import calendar, from_boxes, show_said
from testimony_app.i18n.languages import auto
from testimony_app.i18n.letters import latin_digits
from testimony_app.i18n.said import SaidDate, read_said
from testimony_app.ui.intake.people_words import missing_words
from testimony_app.ui.layouts import column, field, fill, row
from testimony_app.ui.widgets.bidi_edit import BidiLine
from testimony_app.ui.widgets.check import Check
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.parts import label

SAID, UNKNOWN, DECLINED, NOT_ASKED = "", "unknown", "declined", "not_asked"
_ABOUT = "~"
_NUMBERS = re.compile(r"(~?)(\d{1,4})(?:/(\d{1,2}))?(?:/(\d{1,2}))?")
_BOX_LETTERS = {"day": 2, "month": 2, "year": 4}


class DateEntry(QWidget):
    """Tells each change; nothing that was typed is ever thrown away."""

    entered = Signal()
    """Enter was pressed in one of the fields."""

    def __init__(self) -> None:
        """Start empty."""
        super().__init__()
        self.setObjectName("date_entry")
        self._said = BidiLine("", name="")
        self._said.setPlaceholderText(_("summer 1367, about 1362…"))
        self._boxes = {name: QLineEdit() for name in _BOX_LETTERS}
        self._calendar, self._missing = Choice("", name=""), Choice("", name="")
        self._calendar.offer(
            [
                (SOLAR, _("Solar Hijri")),
                (GREGORIAN, _("Gregorian")),
                (LUNAR, _("Lunar Hijri")),
                (IMPERIAL, _("Imperial (2535 to 2537)")),
            ],
            calendar(),
        )
        self._missing.offer(
            [
                (SAID, _("As written here")),
                *((why, missing_words(why)) for why in (UNKNOWN, DECLINED, NOT_ASKED)),
            ],
            SAID,
        )
        self._about = Check(_("About"), name="date_about")
        self._read = label("", "soft", name="date_read")
        self._lay_out()
        self._connect()

    def show_date(self, as_said: str, missing: str = SAID, in_calendar: str = "") -> None:
        """Show what was kept: numbers with their calendar in the boxes, anything else as the words that it is."""
        self._missing.setCurrentIndex(max(0, self._missing.findData(missing)))
        numbers = _NUMBERS.fullmatch(as_said) if self._calendar.findData(in_calendar) >= 0 else None
        self._said.setText("" if numbers else as_said)
        written = numbers.groups("") if numbers else ("", "", "", "")
        for name, text in zip(("year", "month", "day"), written[1:], strict=True):
            self._boxes[name].setText(text)
        self._about.setChecked(bool(written[0]))
        self._calendar.setCurrentIndex(self._calendar.findData(in_calendar if numbers else calendar()))
        self._show_read()

    def date(self) -> SaidDate:
        """Return what was said, with the days that it can mean; the boxes count where no words were written."""
        words = self._said.text().strip()
        if words:
            return read_said(words)
        return self._from_boxes() or SaidDate(as_said=self._as_typed())

    def missing(self) -> str:
        """Return why there is no date: `unknown`, `declined`, `not_asked`, or nothing."""
        return "" if self._said.text().strip() or self._as_typed() else self._missing.value()

    def _from_boxes(self) -> SaidDate | None:
        year, month, day = (self._number(name) for name in ("year", "month", "day"))
        if not year:
            return None
        is_about = self._about.isChecked()
        try:
            said = from_boxes(year, month, day, calendar=self._calendar.value(), is_about=is_about)
        except ValueError:
            return None
        # "About" is part of what was said: it comes back with the words when they are read again.
        return msgspec.structs.replace(said, as_said=_ABOUT + said.as_said) if is_about else said

    def _as_typed(self) -> str:
        """Return the boxes as they stand, so that a day that no calendar has is still kept as it was written."""
        written = [self._boxes[name].text().strip() for name in ("year", "month", "day")]
        return "/".join(part for part in written if part)

    def _number(self, name: str) -> int:
        written = latin_digits(self._boxes[name].text().strip())
        return int(written) if written.isascii() and written.isdigit() else 0

    def _lay_out(self) -> None:
        words = field(_("When, as said"), self._said, "person_date")
        missing = field(_("If there is no date"), self._missing, "date_missing")
        first = fill(row(gap=12), words, missing)
        first.setStretch(0, 2)
        first.setStretch(1, 1)
        fill(column(self, gap=8), first, self._line_of_boxes(), self._read)

    def _line_of_boxes(self) -> QHBoxLayout:
        titles = {"day": _("Day"), "month": _("Month"), "year": _("Year")}
        line = row(gap=12)
        for name, box in self._boxes.items():
            box.setMaxLength(_BOX_LETTERS[name])
            fill(line, field(titles[name], box, f"date_{name}"))
        fill(line, field(_("Calendar"), self._calendar, "date_calendar"), self._about)
        for place, share in enumerate((1, 1, 2, 3, 2)):
            line.setStretch(place, share)
        return line

    def _connect(self) -> None:
        for box in (self._said, *self._boxes.values()):
            box.textChanged.connect(self._show_read)
            box.returnPressed.connect(self.entered)
        self._calendar.activated.connect(self._show_read)
        self._about.toggled.connect(self._show_read)

    def _show_read(self) -> None:
        said = self.date()
        if not said.as_said:
            told = ""
        elif not said.is_understood:
            told = _("Kept as it was said; no day is read from it.")
        else:
            told = _in_both(said)
        self._read.setText(told)
        self._read.setVisible(bool(told))


def _in_both(said: SaidDate) -> str:
    own = calendar()
    other = GREGORIAN if own == SOLAR else SOLAR
    try:
        shown, again = show_said(said, own), show_said(said, other)
    except ValueError:
        # A year that is only half typed, or in the other calendar's boxes: no day of ours is that long ago.
        return _("Kept as it was said; no day is read from it.")
    return _("Read as: {date} = {same_in_other_calendar}").format(date=auto(shown), same_in_other_calendar=auto(again))
