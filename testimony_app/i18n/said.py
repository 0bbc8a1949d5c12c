# SPDX-License-Identifier: Apache-2.0
"""A date as somebody said it, and what days it can mean.

What was said is always kept; the days are derived from it and may be empty. Nothing is guessed: words that are
not understood, a day without a year, "between the two visits" give no days. Where two readings are common
(winter 1988, a year of two digits in Latin letters), the span covers them or the date is marked uncertain.
"""

from __future__ import annotations

from datetime import date, timedelta

import msgspec

from testimony_app.i18n import calendars, said_span
from testimony_app.i18n.date_words import Token, tokens
from testimony_app.i18n.letters import is_arabic_script
from testimony_app.i18n.said_span import Meaning, NotUnderstood, Said

_ONE_DAY = timedelta(days=1)
_BY_SIDE = {"before", "after", "until", "since"}


class SaidDate(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What was said, in which calendar, and the Gregorian days that it can mean; empty when unknown."""

    as_said: str
    calendar: str = ""
    earliest: str = ""
    latest: str = ""
    edtf: str = ""
    qualifier: str = ""
    """`exact`, `approximate`, `uncertain` or `both`; empty when no days could be derived."""

    @property
    def is_understood(self) -> bool:
        """Tell whether any day could be derived."""
        return bool(self.edtf)


def read_said(text: str) -> SaidDate:
    """Return what a said date can mean; never fails, what is not understood is only kept."""
    as_said = text.strip()
    marked = tokens(as_said)
    whole = _attempt([token for token in marked if token.kind != "clause"], as_said)
    return whole or _agreed(_clauses(marked), as_said) or SaidDate(as_said=as_said)


def from_boxes(year: int, month: int = 0, day: int = 0, *, calendar: str, is_about: bool = False) -> SaidDate:
    """Return the date that somebody filled into three boxes; zero is an empty box.

    Raises ValueError for a day that the calendar does not have.
    """
    digits = 2 if year < 100 else 4
    said = Said(day=day, month=month, month_calendar=calendar, year=year, year_digits=digits, calendar=calendar)
    parts = [f"{year:04d}", f"{month:02d}" if month else "", f"{day:02d}" if day else ""]
    as_said = "/".join(part for part in parts if part)
    try:
        span = said_span.resolve(said, in_arabic_script=True).span
    except (NotUnderstood, ValueError):
        raise ValueError("a day that is not in this calendar") from None
    return _made(as_said, Meaning(span, calendar), is_about=is_about, is_unsure=False, side="")


def _attempt(clause: list[Token], as_said: str) -> SaidDate | None:
    try:
        return _read(clause, as_said)
    except (NotUnderstood, ValueError):
        # Not a date, or a day that no calendar has: it stays as it was said.
        return None


def _clauses(marked: list[Token]) -> list[list[Token]]:
    parts: list[list[Token]] = [[]]
    for token in marked:
        if token.kind == "clause":
            parts.append([])
        else:
            parts[-1].append(token)
    return [part for part in parts if any(token.number or token.kind == "numeric" for token in part)]


def _agreed(clauses: list[list[Token]], as_said: str) -> SaidDate | None:
    """Return the first of several clauses that say the same: summer of 1367 (1988)."""
    read = [_attempt(clause, as_said) for clause in clauses]
    understood = [said for said in read if said is not None]
    if not understood or len(understood) < len(read):
        return None
    first = understood[0]
    for other in understood[1:]:
        if not (first.earliest <= (other.latest or "9") and other.earliest <= (first.latest or "9")):
            return None
    return first


def _read(clause: list[Token], as_said: str) -> SaidDate:
    script = is_arabic_script(as_said)
    kinds = {token.kind for token in clause}
    is_about = "about" in kinds
    is_unsure = "unsure" in kinds
    rest = [token for token in clause if token.kind not in {"about", "unsure"}]
    sides, rest = _sides(rest)
    if len(sides) > 1 or not rest:
        raise NotUnderstood
    meaning = _meaning(rest, script)
    return _made(
        as_said,
        meaning,
        is_about=is_about or meaning.is_soft,
        is_unsure=is_unsure or meaning.is_unsure,
        side=sides[0] if sides else "",
    )


def _sides(rest: list[Token]) -> tuple[list[str], list[Token]]:
    """Return which side of the date is meant, if only one is, and the words that name it."""
    if rest and rest[0].kind == "to":
        return ["until"], rest[1:]
    # "from 1360 until 1362": in the middle it joins two dates.
    joined = [Token("to", "") if token.kind == "until" and at else token for at, token in enumerate(rest)]
    kinds = [token.kind for token in joined]
    sides = [kind for kind in kinds if kind in _BY_SIDE]
    if kinds[:1] == ["from"] and not {"to", "dash"} & set(kinds):
        sides, joined = ["since"], joined[1:]
    return sides, [token for token in joined if token.kind not in _BY_SIDE]


def _meaning(rest: list[Token], script: bool) -> Meaning:
    kinds = [token.kind for token in rest]
    if kinds.count("dash") == 2:
        # 28-Mordad-1332
        rest = [token for token in rest if token.kind != "dash"]
        kinds = [token.kind for token in rest]
    if "or" in kinds:
        return _pair(rest, {"or"}, script, is_choice=True)
    if "between" in kinds:
        inner = [token for token in rest if token.kind != "between"]
        return _pair(inner, {"and", "to", "dash"}, script)
    if "to" in kinds or "dash" in kinds:
        inner = [token for token in rest if token.kind != "from"]
        return _pair(inner, {"to", "dash"}, script)
    return said_span.resolve(said_span.collect(rest), in_arabic_script=script)


def _pair(rest: list[Token], joints: set[str], script: bool, *, is_choice: bool = False) -> Meaning:
    places = [at for at, token in enumerate(rest) if token.kind in joints]
    if len(places) != 1:
        raise NotUnderstood
    left = said_span.collect(rest[: places[0]])
    right = said_span.collect(rest[places[0] + 1 :])
    left, right = said_span.completed(left, right), said_span.completed(right, left)
    first = said_span.resolve(left, in_arabic_script=script)
    second = said_span.resolve(right, in_arabic_script=script)
    if second.span.first < first.span.first and not is_choice:
        raise NotUnderstood
    return Meaning(
        calendars.hull([first.span, second.span]),
        first.calendar,
        is_soft=first.is_soft or second.is_soft,
        is_unsure=first.is_unsure or second.is_unsure,
        choices=(first.span, second.span) if is_choice else (),
    )


def _made(as_said: str, meaning: Meaning, *, is_about: bool, is_unsure: bool, side: str) -> SaidDate:
    mark = {(False, False): "", (True, False): "~", (False, True): "?", (True, True): "%"}[is_about, is_unsure]
    words = {"": "exact", "~": "approximate", "?": "uncertain", "%": "both"}
    span, first, last = meaning.span, meaning.span.first.isoformat(), meaning.span.last.isoformat()
    if side == "before":
        first, last = "", (span.first - _ONE_DAY).isoformat()
    elif side == "until":
        first = ""
    elif side == "after":
        first, last = (span.last + _ONE_DAY).isoformat(), ""
    elif side == "since":
        last = ""
    edtf = _edtf(meaning, mark) if not side else _open(first, last, mark)
    return SaidDate(as_said, meaning.calendar, first, last, edtf, words[mark])


def _open(first: str, last: str, mark: str) -> str:
    return f"{first + mark if first else '..'}/{last + mark if last else '..'}"


def _edtf(meaning: Meaning, mark: str) -> str:
    if meaning.choices:
        return "[" + ",".join(_set_member(choice) for choice in sorted(meaning.choices)) + "]"
    short = _short(meaning.span)
    if short:
        return short + mark
    return f"{meaning.span.first.isoformat()}{mark}/{meaning.span.last.isoformat()}{mark}"


def _set_member(span: calendars.Span) -> str:
    return _short(span) or f"{span.first.isoformat()}..{span.last.isoformat()}"


def _short(span: calendars.Span) -> str:
    first, last = span
    if first == last:
        return first.isoformat()
    if span == calendars.year_span(calendars.GREGORIAN, first.year):
        return f"{first.year:04d}"
    if span == calendars.month_span(calendars.GREGORIAN, first.year, first.month):
        return f"{first.year:04d}-{first.month:02d}"
    return ""


def span_of(said: SaidDate) -> tuple[date | None, date | None]:
    """Return the first and last possible day; None where it is open or unknown."""
    return (
        date.fromisoformat(said.earliest) if said.earliest else None,
        date.fromisoformat(said.latest) if said.latest else None,
    )
