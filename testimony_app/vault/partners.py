# SPDX-License-Identifier: Apache-2.0
"""The SQL for the people we send to and receive from: cards that somebody here has compared and pinned.

A revoked partner stays listed, so that what they signed before can still be told from a stranger's.
"""

from __future__ import annotations

from typing import Any

from testimony_app.clock import Clock, stamp
from testimony_app.model.ids import Fingerprint
from testimony_app.model.partner import Card, Partner
from testimony_app.vault.columns import digest, text, value
from testimony_app.vault.custody import Custody
from testimony_app.vault.database import Database
from testimony_app.vault.errors import NotFound

_COLUMNS = "fingerprint, body, card, trusted_at, revoked_at"


class Partners:
    """The pinned cards of one vault."""

    def __init__(self, database: Database, custody: Custody, clock: Clock) -> None:
        """Work on this database."""
        self._database = database
        self._custody = custody
        self._clock = clock

    def pin(self, card: Card, fingerprint: str, card_bytes: bytes) -> Partner:
        """Trust a card from now on, exactly these bytes, and return the partner; pinning again renews the trust."""
        with self._database.transaction():
            sql = f"INSERT OR REPLACE INTO partner ({_COLUMNS}) VALUES (?, ?, ?, ?, '')"  # noqa: S608
            self._database.execute(sql, (fingerprint, text(card), card_bytes, stamp(self._clock.now())))
            self._log(fingerprint, "partner_trusted")
        return self.by_fingerprint(fingerprint)

    def revoke(self, fingerprint: str) -> None:
        """Stop trusting a card. Raises NotFound."""
        with self._database.transaction():
            sql = "UPDATE partner SET revoked_at = ? WHERE fingerprint = ?"
            if not self._database.execute(sql, (stamp(self._clock.now()), fingerprint)):
                raise NotFound(what="partner")
            self._log(fingerprint, "partner_revoked")

    def all(self) -> tuple[Partner, ...]:
        """Return every partner, the revoked ones too, by when they came to be trusted."""
        rows = self._database.rows(f"SELECT {_COLUMNS} FROM partner ORDER BY trusted_at, fingerprint")  # noqa: S608
        return tuple(_partner(row) for row in rows)

    def trusted(self) -> tuple[Partner, ...]:
        """Return the partners that are trusted now."""
        return tuple(partner for partner in self.all() if not partner.revoked_at)

    def by_fingerprint(self, fingerprint: str) -> Partner:
        """Return one partner. Raises NotFound."""
        row = self._database.row(f"SELECT {_COLUMNS} FROM partner WHERE fingerprint = ?", (fingerprint,))  # noqa: S608
        if row is None:
            raise NotFound(what="partner")
        return _partner(row)

    def card_bytes(self, fingerprint: str) -> bytes:
        """Return the pinned card exactly as it came. Raises NotFound."""
        found = self._database.value("SELECT card FROM partner WHERE fingerprint = ?", (fingerprint,))
        if found is None:
            raise NotFound(what="partner")
        return bytes(found)

    def _log(self, fingerprint: str, event: str) -> None:
        row = self._database.row(f"SELECT {_COLUMNS} FROM partner WHERE fingerprint = ?", (fingerprint,))  # noqa: S608
        self._custody.append(event, fingerprint=fingerprint, row=f"partner/{fingerprint}", value=digest(*(row or ())))


def _partner(row: tuple[Any, ...]) -> Partner:
    return Partner(
        fingerprint=Fingerprint(row[0]),
        card=value(row[1], Card),
        trusted_at=row[3],
        revoked_at=row[4],
    )
