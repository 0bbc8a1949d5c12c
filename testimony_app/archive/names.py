# SPDX-License-Identifier: Apache-2.0
"""Names compared as they sound, in either script, whatever their order, spelling and spaces.

A name becomes a row of sounds (sounds that Persian speaks alike are one; vowels count little, since one script
leaves most of them out), and two rows are compared by what it costs to turn one into the other. The result is a
suggestion with a score, never a decision: that two names sound alike does not make them one person.
"""

from __future__ import annotations

import re
from collections.abc import Hashable, Iterable, Sequence
from functools import lru_cache
from typing import Generic, NamedTuple, TypeVar

from testimony_app.archive import folding
from testimony_app.archive.sounds import sounded
from testimony_app.archive.titles import is_title, without_title
from testimony_app.i18n.letters import ZERO_WIDTH_NON_JOINER

Place = TypeVar("Place", bound=Hashable)

SAME = 0.86
"""At and above this score two names count as the same name; error rates are in docs/decisions."""

_ALIAS = re.compile(r"[(\[]([^)\]]*)[)\]]")
_TURNED = 0.02
_CONSONANT = 1.0
_LIGHT = {"a": 0.15, "e": 0.15, "o": 0.15, "E": 0.2, "A": 0.4, "U": 0.5, "I": 0.85, "h": 0.5, "v": 0.7, "y": 0.5}
_NEAR = {
    "Aa": 0.0,
    "Ae": 0.3,
    "Ao": 0.3,
    "AE": 0.2,
    "Uo": 0.05,
    "Uv": 0.1,
    "Ua": 0.5,
    "Ue": 0.5,
    "Ie": 0.25,
    "Ia": 0.4,
    "IE": 0.3,
    "Iy": 0.0,
    "Ee": 0.0,
    "Ea": 0.1,
    "ae": 0.2,
    "ao": 0.25,
    "eo": 0.25,
    "ye": 0.3,
    "jz": 0.4,
    "qk": 0.4,
    "qg": 0.4,
    "xh": 0.4,
    "xk": 0.5,
    "dt": 0.5,
    "bp": 0.6,
    "sz": 0.5,
    "sw": 0.5,
    "cw": 0.6,
    "cj": 0.6,
    "mn": 0.6,
    "gk": 0.6,
    "gj": 0.6,
    "fv": 0.5,
    "vb": 0.6,
}
_CHANGE = {(pair[at], pair[1 - at]): cost for pair, cost in _NEAR.items() for at in (0, 1)}


class Match(NamedTuple, Generic[Place]):
    """A name that was found, how it is spelled, where, and how near it is, from 0 to 1."""

    name: str
    spellings: tuple[str, ...]
    where: tuple[Place, ...]
    score: float


def similarity(one: str, other: str) -> float:
    """Return how alike two names sound, from 0 to 1; an alias in brackets is a name of its own."""
    return max((_alike(a, b) for a in _readings(one) for b in _readings(other)), default=0.0)


def is_same(one: str, other: str) -> bool:
    """Tell whether two names count as the same name; people are for people to tell apart."""
    return similarity(one, other) >= SAME


def nearest(sought: str, candidates: Iterable[tuple[str, Place]], limit: int) -> list[Match[Place]]:
    """Return the candidates nearest to a name, spellings of one name together, nearest first."""
    places: dict[str, list[Place]] = {}
    for name, place in candidates:
        places.setdefault(name, []).append(place)
    scored = sorted(((similarity(sought, name), name) for name in places), key=lambda pair: (-pair[0], pair[1]))
    groups: list[list[tuple[float, str]]] = []
    for score, name in scored[:limit]:
        home = next((group for group in groups if _belongs(group[0], (score, name))), None)
        if home is None:
            groups.append([(score, name)])
        else:
            home.append((score, name))
    return [
        Match(
            name=group[0][1],
            spellings=tuple(name for _, name in group),
            where=tuple(dict.fromkeys(place for _, name in group for place in places[name])),
            score=group[0][0],
        )
        for group in groups
    ]


def _belongs(head: tuple[float, str], other: tuple[float, str]) -> bool:
    # Two names that are very unlike the one sought in degree cannot be spellings of one name.
    return head[0] - other[0] < 1 - SAME and is_same(head[1], other[1])


@lru_cache(maxsize=4096)
def _readings(name: str) -> tuple[tuple[str, ...], ...]:
    """Return a name and its aliases as words that sound: with its titles, and without them."""
    aliases = _ALIAS.findall(name)
    found: list[tuple[str, ...]] = []
    for text in (_ALIAS.sub(" ", name), *aliases):
        words = folding.spoken(text.replace(ZERO_WIDTH_NON_JOINER, " "))
        bare = [without_title(word) for word in words if not is_title(word)]
        for kept in (bare, words):
            row = tuple(sound for sound in (sounded(word) for word in kept) if sound)
            if row and row not in found:
                found.append(row)
    return tuple(found)


def _alike(one: Sequence[str], other: Sequence[str]) -> float:
    straight = _joined_alike("".join(one), "".join(other))
    if straight >= SAME or len(one) < 2 or len(other) < 2:
        return straight
    # Family name first, or last: both are written.
    turned = _joined_alike("".join([one[-1], *one[:-1]]), "".join(other))
    return max(straight, turned - _TURNED)


@lru_cache(maxsize=65536)
def _joined_alike(one: str, other: str) -> float:
    whole = (_weight(one) + _weight(other)) / 2
    return max(0.0, 1.0 - _cost(one, other) / whole) if whole else 0.0


def _weight(sounds: str) -> float:
    return sum(_LIGHT.get(sound, _CONSONANT) for sound in sounds)


def _cost(one: str, other: str) -> float:
    light, change = _LIGHT, _CHANGE
    drops = [light.get(sound, _CONSONANT) for sound in other]
    row = [0.0]
    for drop in drops:
        row.append(row[-1] + drop)
    for a in one:
        gone = light.get(a, _CONSONANT)
        diagonal = row[0]
        row[0] += gone
        left = row[0]
        for at, b in enumerate(other):
            above = row[at + 1]
            best = diagonal if a == b else diagonal + change.get((a, b), 1.0)
            left = min(best, above + gone, left + drops[at])
            diagonal = above
            row[at + 1] = left
    return row[-1]
