# SPDX-License-Identifier: Apache-2.0
"""When a testimony may be used: at once, from a year on, after a death, after an event.

    now                    date:2040          after_my_death
    after_death_of:Name    after_event:words

Nothing but a date ever comes true by itself. So every other condition has a year in which people look again.
"""

from __future__ import annotations

import re
from datetime import date

from testimony_app.model.consent import AFTER_DEATH_OF, AFTER_EVENT, AFTER_MY_DEATH, NOW, ON_DATE

_YEAR = re.compile(r"[12][0-9]{3}")
_LONGEST = 200


def is_release(text: str, review_year: int | None) -> bool:
    """Tell whether this is a condition, with the year that it needs; nothing said is one, too."""
    if text in {"", NOW}:
        return True
    if text.startswith(ON_DATE):
        return _YEAR.fullmatch(text.removeprefix(ON_DATE)) is not None
    return _is_open(text) and review_year is not None


def is_over(text: str, today: date) -> bool:
    """Tell whether a condition no longer holds anything back by itself."""
    if text in {"", NOW}:
        return True
    return text.startswith(ON_DATE) and int(text.removeprefix(ON_DATE)) <= today.year


def kind(text: str) -> str:
    """Return which condition it is: `now`, `date`, `my_death`, `death_of` or `event`."""
    if text == AFTER_MY_DEATH:
        return "my_death"
    for start, word in ((ON_DATE, "date"), (AFTER_DEATH_OF, "death_of"), (AFTER_EVENT, "event")):
        if text.startswith(start):
            return word
    return NOW


def told(text: str) -> str:
    """Return what a condition names: the year, whose death, which event; empty otherwise."""
    return text.partition(":")[2]


def _is_open(text: str) -> bool:
    if text == AFTER_MY_DEATH:
        return True
    named = told(text)
    return text.startswith((AFTER_DEATH_OF, AFTER_EVENT)) and 0 < len(named) <= _LONGEST and named == named.strip()
