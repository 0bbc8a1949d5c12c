# SPDX-License-Identifier: Apache-2.0
"""The SQL for the custody chain: it only grows, and each entry's hash covers the one before.

    hash = SHA-512( previous hash, 64 bytes, zeros before the first | canonical JSON of the entry )

An entry about something that a page put back could undo (a consent, a seal, an export, a receipt, a partner,
a deletion) also says `row` and `value`: which row of a table it stands for and what that row holds from now on;
`without` lists rows that are gone. `rollback.py` compares the tables with that at every open.
"""

from __future__ import annotations

import hashlib
import unicodedata
from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from testimony_app.clock import Clock, stamp
from testimony_app.crypto import canonical
from testimony_app.model.custody import CustodyEntry, LogHead
from testimony_app.vault.database import Database
from testimony_app.vault.errors import LogBroken

START = bytes(64)
_LOOKED_BACK = 1000


class Body(msgspec.Struct, frozen=True):
    """What is hashed of an entry."""

    at: str
    event: str
    facts: dict[str, Any]
    seq: int
    testimony: str


class Custody:
    """The log of one vault."""

    def __init__(self, database: Database, clock: Clock, keep_head: Callable[[], None]) -> None:
        """Write to this database; `keep_head` runs after each commit that made the log longer."""
        self._database = database
        self._clock = clock
        self._keep_head = keep_head

    def append(self, event: str, testimony: str = "", **facts: Any) -> CustodyEntry:
        """Add an entry in the transaction that is under way, or in one of its own, and return it."""
        with self._database.transaction():
            last = self._last()
            seq, previous = last or (0, START)
            body = Body(
                at=stamp(self._clock.now()),
                event=event,
                facts={name: _plain(fact) for name, fact in facts.items()},
                seq=seq + 1,
                testimony=testimony,
            )
            text = canonical.dumps(msgspec.to_builtins(body))
            digest = hashlib.sha512(previous + text).digest()
            sql = "INSERT INTO custody (seq, testimony, body, hash) VALUES (?, ?, ?, ?)"
            self._database.execute(sql, (body.seq, testimony, text.decode(), digest))
            self._database.after_commit(self._keep_head)
        return _entry(body, previous, digest)

    def entries(self, testimony: str | None = None) -> tuple[CustodyEntry, ...]:
        """Return all entries in their order, or those of one testimony."""
        return self._where("1", ()) if testimony is None else self._where("mine.testimony = ?", (testimony,))

    def of_event(self, event: str) -> tuple[CustodyEntry, ...]:
        """Return the entries about no testimony that tell of one kind of event, in their order."""
        return self._where("mine.testimony = '' AND instr(mine.body, ?)", (f'"event":"{event}"',))

    def head(self) -> LogHead:
        """Return where the log stands; sequence number 0 before the first entry."""
        last = self._last()
        seq, digest = last or (0, START)
        return LogHead(seq=seq, hash=digest.hex())

    def last_moment(self) -> str:
        """Return the latest time among the newest entries, which has certainly passed; nothing before the first.

        Not the newest entry's own: a clock that was set back has written that one.
        """
        sql = (
            "SELECT strftime('%Y-%m-%dT%H:%M:%SZ', max(julianday(json_extract(body, '$.at'))))"
            " FROM (SELECT body FROM custody ORDER BY seq DESC LIMIT ?)"
        )
        return str(self._database.value(sql, (_LOOKED_BACK,)) or "")

    def knows(self, event: str) -> bool:
        """Tell whether this ever happened here."""
        sql = "SELECT 1 FROM custody WHERE instr(body, ?) LIMIT 1"
        return self._database.row(sql, (f'"event":"{event}"',)) is not None

    def hash_at(self, seq: int) -> bytes | None:
        """Return the hash of one entry, or None when the log is not that long."""
        if seq == 0:
            return START
        found = self._database.value("SELECT hash FROM custody WHERE seq = ?", (seq,))
        return None if found is None else bytes(found)

    def index_is_whole(self) -> bool:
        """Tell whether the index by testimony knows as many entries as there are; entries are never dropped."""
        sql = "SELECT count(*) = (SELECT coalesce(max(seq), 0) FROM custody) FROM custody INDEXED BY custody_of"
        return bool(self._database.value(sql))

    def verify(self) -> LogHead:
        """Recompute every hash and return the head that was proved. Raises LogBroken."""
        head = LogHead(seq=0, hash=START.hex())
        for body, digest in self.verified():
            head = LogHead(seq=body.seq, hash=digest.hex())
        return head

    def verified(self) -> Iterator[tuple[Body, bytes]]:
        """Yield every entry with its hash, each proved to follow the one before. Raises LogBroken."""
        previous, expected = START, 1
        decoder = msgspec.json.Decoder(Body)
        for seq, testimony, text, digest in self._database.each(
            "SELECT seq, testimony, body, hash FROM custody ORDER BY seq"
        ):
            if seq != expected or hashlib.sha512(previous + text.encode()).digest() != digest:
                raise LogBroken(seq=expected)
            body = decoder.decode(text)
            if body.seq != seq or body.testimony != testimony:
                raise LogBroken(seq=expected)
            yield body, digest
            previous, expected = digest, expected + 1

    def _where(self, clause: str, values: tuple[Any, ...]) -> tuple[CustodyEntry, ...]:
        sql = (
            "SELECT mine.body, mine.hash, before.hash FROM custody AS mine"  # noqa: S608  (our own clauses)
            f" LEFT JOIN custody AS before ON before.seq = mine.seq - 1 WHERE {clause} ORDER BY mine.seq"
        )
        return tuple(
            _entry(msgspec.json.decode(body, type=Body), previous or START, digest)
            for body, digest, previous in self._database.rows(sql, values)
        )

    def _last(self) -> tuple[int, bytes] | None:
        row = self._database.row("SELECT seq, hash FROM custody ORDER BY seq DESC LIMIT 1")
        return None if row is None else (int(row[0]), bytes(row[1]))


def _plain(fact: Any) -> Any:
    """Return a fact as the canonical form allows it: a float becomes a decimal text, seconds with milliseconds."""
    if isinstance(fact, float):
        return f"{fact:.3f}"
    if isinstance(fact, str):
        return unicodedata.normalize("NFC", fact)
    if isinstance(fact, (list, tuple)):
        return [_plain(part) for part in fact]
    return fact


def _entry(body: Body, previous: bytes, digest: bytes) -> CustodyEntry:
    return CustodyEntry(
        seq=body.seq,
        event=body.event,
        at=body.at,
        testimony=body.testimony,
        facts=body.facts,
        prev_hash=previous.hex(),
        hash=digest.hex(),
    )
