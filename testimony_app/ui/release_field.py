# SPDX-License-Identifier: Apache-2.0
"""From when on a testimony may be used: at once, from a year, after a death, after an event."""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QLineEdit, QWidget

from testimony_app.i18n import calendars
from testimony_app.i18n.calendars import GREGORIAN, SOLAR
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.dates import calendar
from testimony_app.i18n.languages import digits
from testimony_app.i18n.letters import latin_digits, without_controls
from testimony_app.model import release
from testimony_app.model.consent import AFTER_DEATH_OF, AFTER_EVENT, AFTER_MY_DEATH, NOW, ON_DATE
from testimony_app.ui.alerts import FieldMessage
from testimony_app.ui.layouts import column, field, fill, row
from testimony_app.ui.widgets.choice import Choice

_FIRST_GREGORIAN = 1900
_LAST_GREGORIAN = 2254
AS_BEFORE = ""


class ReleaseField(QWidget):
    """Asks for a year of review where nothing else would ever bring the testimony to mind again."""

    changed = Signal()

    def __init__(self, *, with_as_before: bool = False) -> None:
        """Offer every condition; `with_as_before` also offers to leave what was said."""
        super().__init__()
        self.setObjectName("release_field")
        self._condition = Choice(_("From when on others may use it"), name="release")
        choices = [(AS_BEFORE, _("As it was said before"))] if with_as_before else []
        choices += [
            (NOW, _("At once")),
            (ON_DATE, _("From a certain year")),
            (AFTER_MY_DEATH, _("After the witness’s death")),
            (AFTER_DEATH_OF, _("After the death of somebody")),
            (AFTER_EVENT, _("After something has happened")),
        ]
        self._condition.offer(choices, choices[0][0])
        self._named, self._year = QLineEdit(), QLineEdit()
        self._message = FieldMessage(name="release_message")
        self._named_box, self._year_box = QWidget(), QWidget()
        fill(column(self._named_box), field(_("Whose death, or what"), self._named, "release_named"))
        help_line = _("Solar Hijri or Gregorian; then somebody looks again")
        fill(column(self._year_box), field(_("Year"), self._year, "release_year", help_line=help_line))
        above = field(_("From when on others may use it"), self._condition, "release")
        line = fill(row(gap=16), above, self._named_box, self._year_box)
        for place, share in enumerate((3, 3, 2)):
            line.setStretch(place, share)
        fill(column(self), line, self._message)
        self._condition.activated.connect(self._on_chosen)
        self._on_chosen()

    def show_release(self, text: str, review_year: int | None) -> None:
        """Show a condition as the consent has it."""
        start = text.partition(":")[0] + ":" if ":" in text else text
        self._condition.setCurrentIndex(max(0, self._condition.findData(start)))
        named = release.told(text)
        is_date = text.startswith(ON_DATE)
        self._named.setText("" if is_date else named)
        year = int(named) if is_date else review_year
        self._year.setText(_shown_year(year) if year else "")
        self._on_chosen()

    def release(self) -> tuple[str, int | None] | None:
        """Return the condition and its year of review, or None, said beside the field, when something is missing."""
        start = self._condition.value()
        if start in {AS_BEFORE, NOW}:
            return start, None
        year, named = _year(self._year.text()), without_controls(self._named.text()).strip()
        if year is None:
            self._message.show_text(_("Write a year here, such as {year}.").format(year=_shown_year(_soon())))
            return None
        if start in {AFTER_DEATH_OF, AFTER_EVENT} and not named:
            self._message.show_text(_("Write here what it waits for."))
            return None
        if start == ON_DATE:
            return f"{ON_DATE}{year}", None
        text = start + named if start != AFTER_MY_DEATH else AFTER_MY_DEATH
        return text, year

    def _on_chosen(self) -> None:
        start = self._condition.value()
        self._named_box.setVisible(start in {AFTER_DEATH_OF, AFTER_EVENT})
        self._year_box.setVisible(start not in {AS_BEFORE, NOW})
        self._message.clear()
        self.changed.emit()


def _year(text: str) -> int | None:
    """Return the Gregorian year that was written in either calendar: of a Solar Hijri year, the one it begins in."""
    written = latin_digits(text.strip())
    if not written.isascii() or not written.isdigit():
        return None
    year = int(written)
    if calendars.FIRST_SOLAR_YEAR <= year <= calendars.LAST_SOLAR_YEAR:
        return calendars.year_span(SOLAR, year).first.year
    return year if _FIRST_GREGORIAN <= year <= _LAST_GREGORIAN else None


def _shown_year(year: int) -> str:
    """Return a Gregorian year as its reader counts; never grouped."""
    if calendar() == GREGORIAN:
        return digits(str(year))
    return digits(str(calendars.to_solar(date(year, 7, 1)).year))


def _soon() -> int:
    return 2050
