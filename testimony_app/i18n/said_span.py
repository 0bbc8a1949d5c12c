# SPDX-License-Identifier: Apache-2.0
"""The parts of one said date, collected from its words, and the span of days that they mean together."""

from __future__ import annotations

from datetime import date, timedelta
from typing import NamedTuple

import msgspec

from testimony_app.i18n import calendars
from testimony_app.i18n.calendars import GREGORIAN, IMPERIAL, KURDISH, LUNAR, SOLAR, Span
from testimony_app.i18n.date_words import Token


class NotUnderstood(Exception):
    """The words make no date that could be placed; not an error of the program, nor of the speaker."""


class Said(msgspec.Struct, frozen=True):
    """What was said of one date; zero or empty where nothing was."""

    day: int = 0
    month: int = 0
    month_calendar: str = ""
    season: int = 0
    year: int = 0
    year_digits: int = 4
    other_year: int = 0
    """The second year of a pair such as winter 66/67."""
    calendar: str = ""
    part: str = ""
    third: int = 0
    """First, second or third ten days of a month."""
    is_decade: bool = False
    is_doubtful: bool = False
    """Said in figures that may be read day first or month first."""


class Meaning(NamedTuple):
    """A span of days, the calendar it was said in, and how firm it is."""

    span: Span
    calendar: str
    is_soft: bool = False
    is_unsure: bool = False
    choices: tuple[Span, ...] = ()


class _Year(NamedTuple):
    year: int
    calendar: str
    is_unsure: bool = False


def collect(marked: list[Token]) -> Said:
    """Return the parts that the words name; raises NotUnderstood for a word that is none of them."""
    said = Said()
    for at, token in enumerate(marked):
        said = _with(said, token, marked[:at], marked[at + 1 :])
    return said


def completed(said: Said, other: Said) -> Said:
    """Return one side of a pair with what only the other side named: between Mordad and Shahrivar 1367."""
    lent = said
    if not said.month and other.month and said.day and not said.year:
        lent = replace_in(lent, month=other.month, month_calendar=other.month_calendar)
    if not said.month and not said.season and not said.day and said.year and other.month and other.year and other.day:
        # "2 to 5 Mordad 67": the bare number is a day.
        lent = replace_in(lent, day=said.year, year=0, month=other.month, month_calendar=other.month_calendar)
    if not lent.year and other.year:
        lent = replace_in(lent, year=other.year, year_digits=other.year_digits)
    if lent.year and lent.year_digits == 2 and other.year_digits == 4 and other.year:
        lent = replace_in(lent, year=other.year // 100 * 100 + lent.year, year_digits=4)
    if other.is_decade and not lent.is_decade and not lent.month and not lent.season:
        lent = replace_in(lent, is_decade=True)
    return replace_in(lent, calendar=lent.calendar or other.calendar)


def resolve(said: Said, *, in_arabic_script: bool) -> Meaning:
    """Return the days that the parts mean together; raises NotUnderstood when they leave it open."""
    if not said.year:
        raise NotUnderstood
    full = full_year(said, in_arabic_script=in_arabic_script)
    unsure = full.is_unsure or said.is_doubtful
    if said.is_decade:
        return _decade(said, full, unsure)
    if said.season:
        return _season(said, full, unsure)
    if said.month:
        return _month(said, full, unsure)
    if said.day:
        raise NotUnderstood
    return _whole_year(said, full, unsure)


def full_year(said: Said, *, in_arabic_script: bool) -> _Year:
    """Return the year with its century and calendar; raises NotUnderstood when both stay open."""
    named = said.calendar or (said.month_calendar if said.year_digits == 2 else "")
    if said.year_digits != 2:
        return _Year(said.year, said.calendar or _calendar_of(said.year, said.month_calendar))
    short = said.year
    if named == GREGORIAN:
        return _Year(short + (1900 if short > 30 else 2000), GREGORIAN, not said.calendar)
    if named == LUNAR:
        return _Year(short + (1400 if short < 50 else 1300), LUNAR)
    if in_arabic_script or named in {SOLAR, KURDISH}:
        if 11 <= short < 20:
            raise NotUnderstood
        return _Year(short + (1300 if short >= 20 else 1400), SOLAR)
    return _latin_short(short)


def replace_in(said: Said, **changes: int | str | bool) -> Said:
    """Return the parts with some of them changed."""
    return msgspec.structs.replace(said, **changes)


def _latin_short(short: int) -> _Year:
    """A year of two digits in Latin letters: 67 is mostly 1367, 88 mostly 1988; neither is sure."""
    if 50 <= short < 80:
        return _Year(1300 + short, SOLAR, is_unsure=True)
    if short >= 80:
        return _Year(1900 + short, GREGORIAN, is_unsure=True)
    if short <= 30:
        return _Year(2000 + short, GREGORIAN, is_unsure=True)
    raise NotUnderstood


def _calendar_of(year: int, month_calendar: str) -> str:
    if 2535 <= year <= 2540:
        return IMPERIAL
    if 2600 <= year <= 2800:
        return KURDISH
    if 1700 <= year <= 2100:
        return GREGORIAN
    if 1210 <= year <= 1500:
        return LUNAR if month_calendar == LUNAR and year > 1395 else SOLAR
    raise NotUnderstood


def _with(said: Said, token: Token, before: list[Token], after: list[Token]) -> Said:
    if token.kind in {"number", "first"}:
        return _with_number(said, token, before, after)
    if token.kind == "numeric":
        return _with_figures(said, token.value)
    if token.kind in {"year", "and"}:
        return said
    change = _named(token)
    # A part said twice is two dates, or none.
    again = [name for name in change if getattr(said, name) and name not in {"calendar", "is_decade", "year_digits"}]
    if not change or again:
        raise NotUnderstood
    return replace_in(said, **change)


def _named(token: Token) -> dict[str, int | str | bool]:
    if token.kind == "month":
        return {"month": token.number, "month_calendar": token.value}
    if token.kind == "season":
        return {"season": token.number}
    if token.kind in {"part", "calendar"}:
        return {token.kind: token.value}
    if token.kind == "decade":
        return {"is_decade": True}
    if token.kind == "decade_number":
        return {"is_decade": True, "year": token.number, "year_digits": token.digits}
    if token.kind == "feast":
        month, day = token.value.split("-")
        return {"month": int(month), "month_calendar": SOLAR, "day": int(day)}
    return {}


def _with_number(said: Said, token: Token, before: list[Token], after: list[Token]) -> Said:
    next_kind = after[0].kind if after else ""
    if said.is_decade and not said.year and token.number <= 3 and next_kind == "month":
        return replace_in(said, is_decade=False, third=token.number)
    if token.kind == "first" and next_kind in {"season", "year", "number"}:
        return replace_in(said, part="start")
    is_year = token.number > 31 or token.digits >= 3 or (bool(before) and before[-1].kind in {"year", "decade"})
    has_month = said.month or any(other.kind == "month" for other in after)
    if not is_year and has_month and not said.day:
        return replace_in(said, day=token.number)
    if token.digits == 1 and not said.day:
        return replace_in(said, day=token.number)
    if said.year or token.digits not in {2, 4}:
        raise NotUnderstood
    return replace_in(said, year=token.number, year_digits=token.digits)


def _with_figures(said: Said, figures: str) -> Said:
    parts = figures.replace(".", "/").replace("-", "/").split("/")
    numbers = [int(part) for part in parts]
    if len(numbers) == 2:
        return _with_two_figures(said, parts, numbers)
    is_year_first = len(parts[0]) >= 3 or numbers[0] > 31
    year, month, day = numbers if is_year_first else reversed(numbers)
    digits = len(parts[0] if is_year_first else parts[2])
    swapped = month > 12 >= day
    if swapped:
        month, day = day, month
    return replace_in(
        said,
        year=year,
        year_digits=2 if digits <= 2 else 4,
        month=month,
        month_calendar="",
        day=day,
        is_doubtful=not is_year_first and not swapped and day <= 12 and day != month and year > 1700,
    )


def _with_two_figures(said: Said, parts: list[str], numbers: list[int]) -> Said:
    if numbers[0] > 31 and numbers[1] > 12:
        return replace_in(said, year=numbers[0], year_digits=len(parts[0]), other_year=numbers[1])
    year_at = 0 if len(parts[0]) >= 3 or numbers[0] > 12 else 1
    digits = len(parts[year_at])
    return replace_in(said, year=numbers[year_at], year_digits=2 if digits <= 2 else 4, month=numbers[1 - year_at])


def _plain(calendar: str) -> str:
    return SOLAR if calendar in {IMPERIAL, KURDISH} else calendar


def _counted(full: _Year) -> int:
    return calendars.solar_year(full.calendar, full.year)


def _months_in(month: int, calendar: str, full: _Year) -> list[Span]:
    """Return the spans that a month of one calendar has in a year of another, or of the same."""
    if _plain(full.calendar) == calendar:
        return [calendars.month_span(calendar, _counted(full), month)]
    whole = calendars.year_span(_plain(full.calendar), _counted(full))
    middle = whole.first + (whole.last - whole.first) / 2
    near = _year_of(calendar, middle)
    spans = [calendars.month_span(calendar, near + step, month) for step in (-1, 0, 1)]
    return [span for span in spans if span.overlaps(whole)]


def _year_of(calendar: str, day: date) -> int:
    if calendar == SOLAR:
        return calendars.to_solar(day).year
    if calendar == GREGORIAN:
        return day.year
    return int((day.year + day.timetuple().tm_yday / 365 - 621.57) * 1.030684)


def _month(said: Said, full: _Year, unsure: bool) -> Meaning:
    calendar = said.month_calendar or _plain(full.calendar)
    spans = _months_in(said.month, _plain(calendar), full)
    if not spans:
        raise NotUnderstood
    soft = calendar == LUNAR or bool(said.part) or bool(said.third)
    if said.day:
        if said.part:
            raise NotUnderstood
        days = [span.first + timedelta(days=said.day - 1) for span in spans]
        kept = [Span(day, day) for day, span in zip(days, spans, strict=True) if day <= span.last]
        if not kept:
            raise NotUnderstood
        return Meaning(calendars.hull(kept), full.calendar, soft, unsure or len(kept) > 1)
    span = _part_of_month(calendars.hull(spans), said.part)
    if said.third:
        span = _third_of_month(span, said.third)
    return Meaning(span, full.calendar, soft, unsure or len(spans) > 1)


def _season(said: Said, full: _Year, unsure: bool) -> Meaning:
    """A season is a quarter of the solar year; a Gregorian year may hold parts of two winters."""
    if full.calendar == LUNAR or said.day or said.month:
        raise NotUnderstood
    found = _seasons(said, full)
    spans = [_part(months, said.part) for months in found]
    return Meaning(calendars.hull(spans), full.calendar, is_soft=True, is_unsure=unsure or len(spans) > 1)


def _seasons(said: Said, full: _Year) -> list[list[Span]]:
    years = [_counted(full)] if _plain(full.calendar) == SOLAR else [full.year - 622, full.year - 621]
    numbers = range(3 * said.season - 2, 3 * said.season + 1)
    found = [[calendars.month_span(SOLAR, year, number) for number in numbers] for year in years]
    if len(years) == 1:
        return found
    if said.other_year:
        # Winter 1987/88 begins in the first of the two.
        return [months for months in found if months[0].first.year == full.year]
    whole = calendars.year_span(GREGORIAN, full.year)
    return [months for months in found if calendars.hull(months).overlaps(whole)]


def _whole_year(said: Said, full: _Year, unsure: bool) -> Meaning:
    calendar, year = _plain(full.calendar), _counted(full)
    months = [calendars.month_span(calendar, year, number) for number in range(1, 13)]
    span = _part(months, said.part)
    if said.other_year:
        if said.part:
            raise NotUnderstood
        second = said.other_year if said.other_year > 99 else year // 100 * 100 + said.other_year
        span = calendars.hull([span, calendars.year_span(calendar, second)])
    return Meaning(span, full.calendar, bool(said.part) or calendar == LUNAR, unsure)


def _decade(said: Said, full: _Year, unsure: bool) -> Meaning:
    if said.month or said.season or full.year % 10:
        raise NotUnderstood
    first, last = {"early": (0, 3), "start": (0, 3), "mid": (4, 6), "late": (7, 9), "end": (7, 9)}.get(
        said.part, (0, 9)
    )
    if said.part in {"first_half", "second_half"}:
        first, last = (0, 4) if said.part == "first_half" else (5, 9)
    spans = [calendars.year_span(_plain(full.calendar), _counted(full) + step) for step in (first, last)]
    return Meaning(calendars.hull(spans), full.calendar, bool(said.part), unsure)


def _part(units: list[Span], part: str) -> Span:
    """Return a part of a year or season: early, mid and late are thirds, a year's start and end its quarters."""
    count = len(units)
    third, quarter, half = count // 3, 3 if count == 12 else count // 3, count // 2
    shares = {
        "": (0, count),
        "early": (0, third),
        "mid": (third, 2 * third),
        "late": (2 * third, count),
        "start": (0, quarter),
        "end": (count - quarter, count),
        "first_half": (0, half),
        "second_half": (half, count),
    }
    if count != 12 and part in {"first_half", "second_half"}:
        return _half(calendars.hull(units), part)
    first, end = shares[part]
    return calendars.hull(units[first:end])


def _part_of_month(span: Span, part: str) -> Span:
    if not part:
        return span
    if part in {"first_half", "second_half"}:
        return _half(span, part)
    return _third_of_month(span, {"early": 1, "start": 1, "mid": 2, "late": 3, "end": 3}[part])


def _half(span: Span, part: str) -> Span:
    last_of_first = span.first + ((span.last - span.first + timedelta(days=1)) // 2) - timedelta(days=1)
    if part == "first_half":
        return Span(span.first, last_of_first)
    return Span(last_of_first + timedelta(days=1), span.last)


def _third_of_month(span: Span, third: int) -> Span:
    first = span.first + timedelta(days=10 * (third - 1))
    return Span(first, span.last if third == 3 else first + timedelta(days=9))
