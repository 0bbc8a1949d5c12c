# SPDX-License-Identifier: Apache-2.0
"""A date as its reader writes it, in the calendar of their choice; reading said dates is in `said.py`."""

from __future__ import annotations

from datetime import date, datetime

from testimony_app.i18n import calendars
from testimony_app.i18n.calendars import GREGORIAN, SOLAR
from testimony_app.i18n.catalogue import _, pgettext
from testimony_app.i18n.languages import auto, current, digits, ltr
from testimony_app.i18n.said import SaidDate, from_boxes, read_said

__all__ = [
    "SaidDate",
    "calendar",
    "from_boxes",
    "month_names",
    "read_said",
    "set_calendar",
    "show_both",
    "show_day",
    "show_moment",
    "show_said",
    "show_year",
]


class _Chosen:
    """The reader's own choice of calendar; empty follows the language."""

    calendar = ""


def set_calendar(name: str) -> None:
    """Show dates in `solar_hijri` or `gregorian` from now on; empty follows the language."""
    _Chosen.calendar = name if name in {SOLAR, GREGORIAN} else ""


def calendar() -> str:
    """Return the calendar in which dates are shown first."""
    return _Chosen.calendar or current().calendar


def month_names(of_calendar: str) -> tuple[str, ...]:
    """Return the twelve names of a calendar's months in the language in use."""
    if of_calendar == GREGORIAN:
        return _gregorian_months()
    return _solar_months()


def show_day(day: date | str, in_calendar: str = "") -> str:
    """Return a day as 5 Mordad 1367; an ISO date or moment may be given."""
    found = _day(day)
    if (in_calendar or calendar()) == GREGORIAN:
        return _written(found.year, found.month, found.day, GREGORIAN)
    solar = calendars.to_solar(found)
    return _written(solar.year, solar.month, solar.day, SOLAR)


def show_both(day: date | str) -> str:
    """Return a day in both calendars, the reader's own first."""
    other = SOLAR if calendar() == GREGORIAN else GREGORIAN
    return _("{day} ({same_day_in_other_calendar})").format(
        day=show_day(day), same_day_in_other_calendar=show_day(day, other)
    )


def show_year(year: int) -> str:
    """Return a Gregorian year as its reader counts, with the Gregorian one beside a Solar Hijri one."""
    written = digits(str(year))
    if calendar() == GREGORIAN:
        return written
    solar = digits(str(calendars.to_solar(date(year, 7, 1)).year))
    return _("{day} ({same_day_in_other_calendar})").format(day=solar, same_day_in_other_calendar=written)


def show_moment(stamp: str) -> str:
    """Return a moment (ISO 8601) as its day and the hour and minute that the clock showed there."""
    moment = datetime.fromisoformat(stamp)
    return _("{day}, {time}").format(day=show_day(moment.date()), time=ltr(digits(f"{moment:%H:%M}")))


def show_said(said: SaidDate, in_calendar: str = "") -> str:
    """Return what days a said date can mean, in words; empty when none could be derived."""
    first, last = said.earliest, said.latest
    if not said.is_understood:
        return ""
    if first and last:
        shown = _span(date.fromisoformat(first), date.fromisoformat(last), in_calendar or calendar())
    elif last:
        shown = _("until {day}").format(day=show_day(last, in_calendar))
    else:
        shown = _("from {day} on").format(day=show_day(first, in_calendar))
    if said.qualifier in {"approximate", "both"}:
        shown = _("about {date}").format(date=shown)
    if said.qualifier in {"uncertain", "both"}:
        shown = _("{date} (uncertain)").format(date=shown)
    return shown


def _span(first: date, last: date, in_calendar: str) -> str:
    if first == last:
        return show_day(first, in_calendar)
    return _("{first} to {last}").format(
        first=auto(show_day(first, in_calendar)), last=auto(show_day(last, in_calendar))
    )


def _day(day: date | str) -> date:
    return date.fromisoformat(day[:10]) if isinstance(day, str) else day


def _written(year: int, month: int, day: int, in_calendar: str) -> str:
    # A year is never grouped: 1367, not 1,367.
    name = month_names(in_calendar)[month - 1]
    return digits(_("{day} {month} {year}").format(day=day, month=name, year=year))


def _solar_months() -> tuple[str, ...]:
    return (
        _("Farvardin"),
        _("Ordibehesht"),
        _("Khordad"),
        _("Tir"),
        _("Mordad"),
        _("Shahrivar"),
        _("Mehr"),
        _("Aban"),
        _("Azar"),
        _("Dey"),
        _("Bahman"),
        _("Esfand"),
    )


def _gregorian_months() -> tuple[str, ...]:
    return (
        _("January"),
        _("February"),
        _("March"),
        _("April"),
        pgettext("month", "May"),
        _("June"),
        _("July"),
        _("August"),
        _("September"),
        _("October"),
        _("November"),
        _("December"),
    )
