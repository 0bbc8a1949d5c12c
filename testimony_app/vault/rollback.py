# SPDX-License-Identifier: Apache-2.0
"""Notices that an older state was put back.

Encryption stops forging, not replay: a page of yesterday's database is as authentic as today's, and can revive a
withdrawn consent. So the custody log, whose head also stands in the key file, says what each row that matters holds
by now (`custody.py`), and every open compares. Not noticed here: the whole folder, key file included, put back to
an earlier day. The archive notices that at the next bundle.
"""

from __future__ import annotations

from typing import Any

from testimony_app.vault.columns import digest
from testimony_app.vault.custody import Custody
from testimony_app.vault.database import Database
from testimony_app.vault.errors import RolledBack, VaultDamaged

COVERED = ("setting", "testimony", "consent", "bundle", "receipt", "partner")
_BUNDLE = (
    "name, byte_count, sha256, tagmanifest_sha512, id, bundle_group, volume, volumes, seq, prev, direction,"
    " testimony, sender, log_seq, log_hash, kept_content, added_at, carried_at"
)


def compare(database: Database, custody: Custody, known_head: tuple[int, str]) -> None:
    """Verify the whole log and compare what it says with the tables.

    Raises LogBroken, VaultDamaged, or RolledBack naming the kind of row that differs.
    """
    # An index put back alone would hide a row from one query and show it to another: table and indexes of
    # everything that is compared must agree first.
    for table in COVERED:
        if database.disagrees(table):
            # A page that doesn't authenticate is damage; pages that do, but don't fit each other, were put back.
            raise VaultDamaged(what="database") if database.damage() else RolledBack(what=table)
    seq, expected_hash = known_head
    expected: dict[str, str] = {}
    at_head = "" if seq else expected_hash
    for body, entry_hash in custody.verified():
        _fold(expected, body.facts)
        if body.seq == seq:
            at_head = entry_hash.hex()
    if at_head != expected_hash or not custody.index_is_whole():
        raise RolledBack(what="log")
    differing = differences(expected, actual(database))
    if differing:
        raise RolledBack(what=differing[0].split("/")[0], rows=len(differing))


def differences(expected: dict[str, str], found: dict[str, str]) -> list[str]:
    """Return which rows differ between the log and the tables."""
    if expected == found:
        return []
    return sorted(row for row in expected.keys() | found.keys() if expected.get(row) != found.get(row))


def expected(custody: Custody) -> dict[str, str]:
    """Return what the log says each row holds."""
    rows: dict[str, str] = {}
    for body, _hash in custody.verified():
        _fold(rows, body.facts)
    return rows


def actual(database: Database) -> dict[str, str]:
    """Return what each row that matters holds."""
    found = {f"state/{row[0]}": row[1] for row in database.each("SELECT id, state FROM testimony")}
    for testimony, identifier, body in database.each("SELECT testimony, id, body FROM consent"):
        found[f"consent/{identifier}"] = digest(testimony, identifier, body)
    for row in database.each(f"SELECT {_BUNDLE} FROM bundle"):  # noqa: S608  (our own column names)
        found[f"bundle/{row[10]}/{row[4]}/{row[6]}"] = digest(*row)
    receipt = "SELECT id, bundle, testimony, direction, partner, seq, status, body, added_at FROM receipt"
    for row in database.each(receipt):
        found[f"receipt/{row[0]}"] = digest(*row)
    for row in database.each("SELECT fingerprint, body, card, trusted_at, revoked_at FROM partner"):
        found[f"partner/{row[0]}"] = digest(*row)
    for row in database.each("SELECT name, value FROM setting"):
        found[f"setting/{row[0]}"] = digest(*row)
    return found


def accept(database: Database, custody: Custody) -> int:
    """Write into the log that the tables are taken as they stand, and return how many rows differed."""
    found = actual(database)
    differing = differences(expected(custody), found)
    with database.transaction():
        custody.append("rollback_noticed", rows=len(differing))
        for row in differing:
            if row in found:
                custody.append("accepted_as_found", row=row, value=found[row])
            else:
                custody.append("accepted_as_gone", without=[row])
    return len(differing)


def _fold(rows: dict[str, str], facts: dict[str, Any]) -> None:
    for gone in facts.get("without", ()):
        rows.pop(gone, None)
    if "row" in facts:
        rows[facts["row"]] = facts["value"]
