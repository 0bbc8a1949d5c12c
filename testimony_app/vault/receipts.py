# SPDX-License-Identifier: Apache-2.0
"""The SQL for receipts: those an archive wrote, and those a collector checked.

The signed bytes are kept exactly as they are. Each archive's receipts to one sender form a chain of numbers.
"""

from __future__ import annotations

import hashlib
from typing import Any

import msgspec

from testimony_app.clock import Clock, stamp
from testimony_app.vault.columns import digest
from testimony_app.vault.custody import Custody
from testimony_app.vault.database import Database

_COLUMNS = "id, bundle, testimony, direction, partner, seq, status, body, added_at"


class KnownReceipt(msgspec.Struct, frozen=True):
    """A receipt as the vault remembers it; `id` is the SHA-256 of its signed bytes."""

    id: str
    bundle: str
    testimony: str
    direction: str
    partner: str
    seq: int
    status: str
    body: bytes
    added_at: str


class Receipts:
    """The receipts of one vault."""

    def __init__(self, database: Database, custody: Custody, clock: Clock) -> None:
        """Work on this database."""
        self._database = database
        self._custody = custody
        self._clock = clock

    def add(  # noqa: PLR0913 - each is a fact of its own, given by name
        self, *, bundle: str, testimony: str, direction: str, partner: str, seq: int, status: str, body: bytes
    ) -> KnownReceipt:
        """Keep a receipt, `out` written here or `in` checked here, with its line in the custody log."""
        receipt = hashlib.sha256(body).hexdigest()
        values = (receipt, bundle, testimony, direction, partner, seq, status, body, stamp(self._clock.now()))
        with self._database.transaction():
            self._database.execute(f"INSERT INTO receipt ({_COLUMNS}) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)", values)  # noqa: S608
            event = "receipt_written" if direction == "out" else "receipt_checked"
            facts = {"bundle": bundle, "partner": partner, "seq": seq, "status": status}
            self._custody.append(event, testimony, **facts, row=f"receipt/{receipt}", value=digest(*values))
        return KnownReceipt(*values)

    def is_known(self, body: bytes) -> bool:
        """Tell whether these very bytes were kept before."""
        receipt = hashlib.sha256(body).hexdigest()
        return self._database.row("SELECT 1 FROM receipt WHERE id = ?", (receipt,)) is not None

    def for_bundle(self, bundle: str) -> tuple[KnownReceipt, ...]:
        """Return what was receipted for a bundle."""
        return self._where("bundle = ?", (bundle,))

    def for_testimony(self, testimony: str) -> tuple[KnownReceipt, ...]:
        """Return what was receipted for a testimony."""
        return self._where("testimony = ?", (testimony,))

    def of_partner(self, partner: str, *, direction: str) -> tuple[KnownReceipt, ...]:
        """Return the whole chain of receipts to or from a partner, in its order."""
        return self._where("partner = ? AND direction = ?", (partner, direction))

    def last(self, partner: str, *, direction: str) -> KnownReceipt | None:
        """Return the newest receipt to or from a partner, or None."""
        found = self._where("partner = ? AND direction = ?", (partner, direction))
        return found[-1] if found else None

    def _where(self, clause: str, values: tuple[Any, ...]) -> tuple[KnownReceipt, ...]:
        sql = f"SELECT {_COLUMNS} FROM receipt WHERE {clause} ORDER BY seq, added_at, id"  # noqa: S608  (our own clauses)
        return tuple(_known(row) for row in self._database.rows(sql, values))


def _known(row: tuple[Any, ...]) -> KnownReceipt:
    receipt, bundle, testimony, direction, partner, seq, status, body, added_at = row
    return KnownReceipt(receipt, bundle, testimony, direction, partner, seq, status, bytes(body), added_at)
