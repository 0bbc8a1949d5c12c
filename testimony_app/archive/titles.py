# SPDX-License-Identifier: Apache-2.0
"""Titles that come and go with the writer: Seyed, Haj, Mir; a comparison of names leaves them out."""

from __future__ import annotations

import tomllib
from functools import cache

from testimony_app import resources
from testimony_app.archive import folding

_SHORTEST_NAME = 3


def is_title(word: str) -> bool:
    """Tell whether a folded word is a title."""
    return word in _titles()


def without_title(word: str) -> str:
    """Return a folded word without a title that was written together with it: Seyedjavad is Javad."""
    for title in _list("joined"):
        if word.startswith(title) and len(word) >= len(title) + _SHORTEST_NAME:
            return word.removeprefix(title)
    return word


@cache
def _titles() -> frozenset[str]:
    return frozenset(_list("titles"))


@cache
def _list(name: str) -> tuple[str, ...]:
    listed = tomllib.loads(resources.text("vocabularies/titles.toml"))[name]
    return tuple(word for title in listed for word in folding.words(title))
