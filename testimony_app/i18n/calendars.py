# SPDX-License-Identifier: Apache-2.0
"""Solar Hijri, lunar Hijri and Gregorian years and months as spans of days.

Solar years follow the leap years that the astronomical calendar of Iran gives (33-year cycles with the break
of 1210), right for every day from 1210 to 1633. Lunar months follow the tabular calendar: two days off at most
from the moon as it was seen, so whoever uses them says "about".
"""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

SOLAR, GREGORIAN, LUNAR = "solar_hijri", "gregorian", "lunar_hijri"
IMPERIAL, KURDISH = "imperial_1976_78", "kurdish"

FIRST_SOLAR_YEAR, LAST_SOLAR_YEAR = 1210, 1633
_NEW_YEAR_1210 = date(1831, 3, 21).toordinal()
_IMPERIAL_AHEAD = 1180
_KURDISH_AHEAD = 1321
_LUNAR_EPOCH = 227_015  # the ordinal of 1 Muharram 1 in the tabular calendar, counted from the Gregorian year 1


class Span(NamedTuple):
    """Days from first to last, both of them in it."""

    first: date
    last: date

    def overlaps(self, other: Span) -> bool:
        """Tell whether the two have a day in common."""
        return self.first <= other.last and other.first <= self.last


class SolarDay(NamedTuple):
    """A day of the Solar Hijri calendar."""

    year: int
    month: int
    day: int


def hull(spans: list[Span]) -> Span:
    """Return the shortest span that covers all of them."""
    return Span(min(span.first for span in spans), max(span.last for span in spans))


def year_span(calendar: str, year: int) -> Span:
    """Return the days of a year; raises ValueError for one outside what the calendar covers."""
    return Span(month_span(calendar, year, 1).first, month_span(calendar, year, 12).last)


def month_span(calendar: str, year: int, month: int) -> Span:
    """Return the days of a month; raises ValueError for one that is not there."""
    if not 1 <= month <= 12:
        raise ValueError("a year has twelve months")
    if calendar == GREGORIAN:
        following = date(year + month // 12, month % 12 + 1, 1)
        return Span(date(year, month, 1), following - timedelta(days=1))
    if calendar == LUNAR:
        return Span(_lunar_month(year, month), _lunar_month(year, month + 1) - timedelta(days=1))
    return Span(_solar_month(year, month), _solar_month(year, month + 1) - timedelta(days=1))


def day_in(calendar: str, year: int, month: int, day: int) -> date:
    """Return one day; raises ValueError when the month is shorter than that."""
    span = month_span(calendar, year, month)
    found = span.first + timedelta(days=day - 1)
    if not span.first <= found <= span.last:
        raise ValueError("the month has fewer days")
    return found


def to_solar(day: date) -> SolarDay:
    """Return the Solar Hijri day that a Gregorian day is."""
    year = day.year - 621
    if day.toordinal() < _new_year(year):
        year -= 1
    elapsed = day.toordinal() - _new_year(year)
    if elapsed < 186:
        return SolarDay(year, elapsed // 31 + 1, elapsed % 31 + 1)
    return SolarDay(year, (elapsed - 186) // 30 + 7, (elapsed - 186) % 30 + 1)


def solar_year(calendar: str, year: int) -> int:
    """Return the Solar Hijri year that an imperial or Kurdish year is."""
    ahead = {IMPERIAL: _IMPERIAL_AHEAD, KURDISH: _KURDISH_AHEAD if year > 2000 else 0}
    return year - ahead.get(calendar, 0)


def _new_year(year: int) -> int:
    if not FIRST_SOLAR_YEAR <= year <= LAST_SOLAR_YEAR + 1:
        raise ValueError("a year outside what this calendar covers")
    since = year - FIRST_SOLAR_YEAR
    leap_days = since // 33 * 8 + (since % 33 + 3) // 4
    return _NEW_YEAR_1210 + 365 * since + leap_days


def _solar_month(year: int, month: int) -> date:
    if month > 12:
        return date.fromordinal(_new_year(year + 1))
    # Six months of 31 days, then five of 30; the last takes what is left.
    before = 31 * (month - 1) if month <= 7 else 186 + 30 * (month - 7)
    return date.fromordinal(_new_year(year) + before)


def _lunar_month(year: int, month: int) -> date:
    if month > 12:
        year, month = year + 1, 1
    # Thirty years have eleven leap days; odd months have 30 days, even ones 29.
    days = (year - 1) * 354 + (11 * year + 3) // 30 + 29 * (month - 1) + month // 2
    return date.fromordinal(_LUNAR_EPOCH + days)
