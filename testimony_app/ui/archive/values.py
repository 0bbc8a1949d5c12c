# SPDX-License-Identifier: Apache-2.0
"""What the archive's pages get shown: plain frozen values."""

from __future__ import annotations

import msgspec

from testimony_app.model.custody import CustodyEntry
from testimony_app.model.listing import Hit, Row
from testimony_app.model.testimony import State, Testimony


class Result(msgspec.Struct, frozen=True):
    """One testimony in the list, with the place that fits a search best."""

    row: Row
    snippet: str = ""
    """Matches stand between U+0002 and U+0003."""
    seconds: float | None = None


class Results(msgspec.Struct, frozen=True):
    """A page of results, how many there are in all, and how long the search took."""

    results: tuple[Result, ...]
    total: int
    more: bool = False
    milliseconds: float | None = None


class Filters(msgspec.Struct, frozen=True):
    """What the list is narrowed to."""

    state: State | None = None
    language: str = ""


class Counts(msgspec.Struct, frozen=True):
    """How many testimonies there are of each state and in each language."""

    states: dict[State, int] = {}
    languages: dict[str, int] = {}


class Cares(msgspec.Struct, frozen=True):
    """What somebody at the archive should look after."""

    needs_recovery: bool = False
    held_apart: int = 0


class Why(msgspec.Struct, frozen=True):
    """One thing that keeps a testimony at its level."""

    word: str
    about: str = ""
    answer: str = ""
    review_year: int | None = None


class Allowed(msgspec.Struct, frozen=True):
    """How far a testimony may go now, from 0 (closed) to 5 (heard outside), and why not farther."""

    level: int
    reasons: tuple[Why, ...] = ()
    review_year: int | None = None
    is_review_due: bool = False


class Opened(msgspec.Struct, frozen=True):
    """One whole testimony, for the detail pane."""

    testimony: Testimony
    row: Row
    custody: tuple[CustodyEntry, ...] = ()
    consent_titles: dict[str, str] = {}
    allowed: Allowed | None = None


def of_hit(hit: Hit) -> Result:
    """Return a search's hit as a result."""
    return Result(row=hit.row, snippet=hit.snippet, seconds=hit.seconds)
