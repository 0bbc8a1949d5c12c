# SPDX-License-Identifier: Apache-2.0
"""The reading side: pages of rows, one record, what a search finds, the people who are named."""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Iterable

import msgspec

from testimony_app.archive import access, folding, indexing, names, query
from testimony_app.archive.query import Query, Term
from testimony_app.archive.snippet import holds, snippet
from testimony_app.model.ids import Code, TestimonyId
from testimony_app.model.listing import Hit, Hits, Page, Row
from testimony_app.model.testimony import State, Testimony
from testimony_app.vault.search_index import LETTERS, WORDS, IndexHit
from testimony_app.vault.vault import Vault

PAGE = 100
_CANDIDATES = 150
_MOST_PARTS = 2_000
_MOST_ROWS = 1_000_000


class PersonFound(msgspec.Struct, frozen=True):
    """A name that testimonies give, how it is written in each, and how near it is to what was sought."""

    name: str
    names: tuple[str, ...]
    testimonies: tuple[Code, ...]
    score: float


class People(msgspec.Struct, frozen=True):
    """The names that a search for a person found, nearest first, and how long it took."""

    people: tuple[PersonFound, ...]
    milliseconds: float


class Facets(msgspec.Struct, frozen=True):
    """How many testimonies there are of each kind that a list can be narrowed to."""

    states: dict[State, int]
    languages: dict[str, int]
    """By ISO 639-3 code, the most frequent first."""


class Catalogue:
    """The testimonies of one vault, as somebody who looks for them sees them."""

    def __init__(self, vault: Vault) -> None:
        """Read from an open vault, on the thread that opened it."""
        self._vault = vault

    def page(self, text: str = "", offset: int = 0, state: State | None = None, language: str = "") -> Page:
        """Return a page of rows: what a search finds, best first, or all of them, newest first."""
        if not text.strip() and not language:
            page = self._vault.testimonies.rows(offset, PAGE, state=state)
            return msgspec.structs.replace(page, rows=tuple(_without_words(row) for row in page.rows))
        rows = self._rows_found(text) if text.strip() else self._all_rows()
        kept = [row for row in rows if _is_wanted(row, state, language)]
        shown = tuple(kept[offset : offset + PAGE])
        return Page(rows=shown, total=len(kept), more=offset + len(shown) < len(kept))

    def facets(self) -> Facets:
        """Return how many testimonies there are in each state and in each language."""
        rows = self._all_rows()
        states = Counter(row.state for row in rows)
        languages = Counter(language for row in rows for language in row.languages)
        return Facets(states=dict(states), languages=dict(languages.most_common()))

    def record(self, testimony: TestimonyId) -> Testimony:
        """Return one whole testimony, if the archive's people may still read it. Raises NotFound, ConsentWithdrawn."""
        return access.check(self._vault, testimony)

    def closed_record(self, testimony: TestimonyId) -> Testimony:
        """Return what may be shown of a testimony that is closed: code, state, length, and the acts of consent."""
        whole = self._vault.testimonies.get(testimony)
        return Testimony(
            id=whole.id,
            code=whole.code,
            kind=whole.kind,
            state=whole.state,
            created=whole.created,
            languages=whole.languages,
            consent=whole.consent,
        )

    def search(
        self, text: str, offset: int = 0, limit: int = PAGE, *, state: State | None = None, language: str = ""
    ) -> Hits:
        """Return the testimonies that a search finds, best first, each with the place that fits best."""
        started = time.perf_counter()
        sought = query.parse(text)
        ids, best = self._found(sought)
        if state is not None or language:
            ids = [one for one in ids if _is_wanted(self._vault.testimonies.row(one), state, language)]
        hits = tuple(self._hit(testimony, best[testimony], sought) for testimony in ids[offset : offset + limit])
        return Hits(hits=hits, total=len(ids), milliseconds=(time.perf_counter() - started) * 1000)

    def people(self, text: str, limit: int = 50) -> People:
        """Return the names nearest to the one sought, in either script."""
        started = time.perf_counter()
        nearest = names.nearest(text, self._candidates(text), limit)
        found = tuple(
            PersonFound(
                name=match.name,
                names=match.spellings,
                testimonies=tuple(sorted({self._code(testimony) for testimony in match.where})),
                score=round(match.score, 4),
            )
            for match in nearest
        )
        return People(people=found, milliseconds=(time.perf_counter() - started) * 1000)

    def put_in_index(self, testimony: TestimonyId) -> None:
        """Let a testimony be found by what it says now; one that is closed is found by its code alone."""
        whole = self._vault.testimonies.get(testimony)
        self._vault.index.put(testimony, [] if access.is_closed(whole) else indexing.parts(whole))

    def _rows_found(self, text: str) -> list[Row]:
        return [self._vault.testimonies.row(testimony) for testimony in self._found(query.parse(text))[0]]

    def _all_rows(self) -> tuple[Row, ...]:
        return self._vault.testimonies.rows(0, _MOST_ROWS).rows

    def _found(self, sought: Query) -> tuple[list[TestimonyId], dict[TestimonyId, IndexHit | None]]:
        """Return what a search finds, best first, and the best part of each."""
        if sought.code is not None:
            return self._by_code(sought.code)
        if sought.is_empty:
            return [], {}
        kept = self._all_of(sought)
        best: dict[TestimonyId, IndexHit | None] = {}
        for hit in self._parts(sought.wanted) if kept else ():
            if hit.testimony in kept:
                best.setdefault(hit.testimony, hit)
        # A word that stands everywhere: the parts that fit best come first, the other testimonies after them.
        best.update(dict.fromkeys(sorted(kept - best.keys())))
        return list(best), best

    def _by_code(self, code: Code) -> tuple[list[TestimonyId], dict[TestimonyId, IndexHit | None]]:
        # Codes are drawn by each laptop: two testimonies may share one, and both are found.
        rows = self._vault.testimonies.rows(text=code).rows
        ids = [row.id for row in rows if row.code == code]
        return ids, dict.fromkeys(ids)

    def _all_of(self, sought: Query) -> set[TestimonyId]:
        sets = [self._having(term) for term in sought.wanted]
        kept = set.intersection(*sets)
        for term in sought.unwanted:
            kept -= self._having(term)
        return kept

    def _having(self, term: Term) -> set[TestimonyId]:
        index = self._vault.index
        if term.in_letters and term.reaches_inside:
            return set(index.testimonies_in_either(term.in_words, term.in_letters))
        found = index.testimonies(term.in_words, index=WORDS)
        if term.in_letters and not found:
            found = index.testimonies(term.in_letters, index=LETTERS)
        return set(found)

    def _parts(self, wanted: Iterable[Term]) -> Iterable[IndexHit]:
        terms = tuple(wanted)
        whole_words = " OR ".join(f"({term.in_words})" for term in terms)
        yield from self._vault.index.search(whole_words, index=WORDS, limit=_MOST_PARTS)
        inside = " OR ".join(term.in_letters for term in terms if term.in_letters)
        if inside:
            yield from self._vault.index.search(inside, index=LETTERS, limit=_MOST_PARTS)

    def _hit(self, testimony: TestimonyId, part: IndexHit | None, sought: Query) -> Hit:
        row = _without_words(self._vault.testimonies.row(testimony))
        if row.state is State.WITHDRAWN:
            return Hit(id=testimony, code=row.code, snippet="", seconds=None, row=row)
        raw, seconds = (part.raw, part.seconds) if part else self._first_that_fits(testimony, sought)
        return Hit(
            id=testimony,
            code=row.code,
            snippet=snippet(raw, sought.wanted) if raw else "",
            seconds=seconds,
            row=row,
        )

    def _first_that_fits(self, testimony: TestimonyId, sought: Query) -> tuple[str, float | None]:
        for _kind, seconds, raw in indexing.texts(self._vault.testimonies.get(testimony)):
            if holds(raw, sought.wanted):
                return raw, seconds
        return "", None

    def _candidates(self, text: str) -> list[tuple[str, TestimonyId]]:
        """Return the names that share a sound or the beginning of a word with the one sought."""
        keys = {marked[len(indexing.KEY_OF_LATIN) :] for marked in indexing.keys_of_name(text)}
        expressions = [f'"{word}"*' for word in folding.words(text)]
        expressions += [
            f'"{mark}{key}"' for mark in (indexing.KEY_OF_ARABIC, indexing.KEY_OF_LATIN) for key in sorted(keys)
        ]
        if not expressions:
            return []
        hits = self._vault.index.search(
            " OR ".join(expressions), index=WORDS, limit=_CANDIDATES, kinds=(indexing.PERSON,)
        )
        return [(hit.raw, hit.testimony) for hit in hits]

    def _code(self, testimony: TestimonyId) -> Code:
        return self._vault.testimonies.row(testimony).code


def _without_words(row: Row) -> Row:
    """Return a row without the witness's words, where they were taken back."""
    return msgspec.structs.replace(row, pseudonym="") if row.state is State.WITHDRAWN else row


def _is_wanted(row: Row, state: State | None, language: str) -> bool:
    return (state is None or row.state is state) and (not language or language in row.languages)
