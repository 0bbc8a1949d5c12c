# SPDX-License-Identifier: Apache-2.0
"""A list of names that can be asked for the nearest to another name, without comparing it with each of them.

Pairs of neighbouring consonants lead to candidates, whatever the order of the words; only those are compared.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator

from testimony_app.archive import folding, names
from testimony_app.archive.sounds import keys

_COMPARED = 80
_FAINT = str.maketrans("", "", "iv")


class NameList:
    """Names in memory, each once, in the order in which they came."""

    def __init__(self, listed: Iterable[str]) -> None:
        """Prepare the names for being asked."""
        self._names = list(dict.fromkeys(name for name in listed if name.strip()))
        self._where: dict[str, list[int]] = defaultdict(list)
        sizes = []
        for place, name in enumerate(self._names):
            pairs = set(_pairs(name))
            sizes.append(pairs)
            for pair in pairs:
                self._where[pair].append(place)
        count = len(self._names)
        self._rarity = {pair: math.log(1 + count / len(places)) for pair, places in self._where.items()}
        self._length = [math.sqrt(sum(self._rarity[pair] for pair in pairs)) or 1.0 for pairs in sizes]

    def __len__(self) -> int:
        """Return how many names there are."""
        return len(self._names)

    def nearest(self, name: str, top: int = 10) -> list[tuple[str, float]]:
        """Return the names nearest to one, each with its score, nearest first."""
        scored = [(names.similarity(name, other), other) for other in self._candidates(name)]
        scored.sort(key=lambda pair: (-pair[0], pair[1]))
        return [(other, score) for score, other in scored[:top]]

    def _candidates(self, name: str) -> list[str]:
        shared: dict[int, float] = defaultdict(float)
        for pair in set(_pairs(name)):
            weight = self._rarity.get(pair, 0.0)
            for place in self._where.get(pair, ()):
                shared[place] += weight
        best = sorted(shared, key=lambda place: -shared[place] / self._length[place])
        return [self._names[place] for place in best[:_COMPARED]]


def _pairs(name: str) -> Iterator[str]:
    for word in folding.spoken(name):
        for key in keys(word) or (word,):
            framed = f"^{key.translate(_FAINT) or key}$"
            yield from (framed[at : at + 2] for at in range(len(framed) - 1))
