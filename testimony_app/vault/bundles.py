# SPDX-License-Identifier: Apache-2.0
"""The SQL for bundles: those this vault sealed, and those an archive took in.

`out` bundles form a chain: each has the next sequence number of this device and names the digest of the one
before. `in` bundles keep what the sender claimed, so that two with one number, or a log that got shorter, show.
"""

from __future__ import annotations

from typing import Any

import msgspec

from testimony_app.clock import Clock, stamp
from testimony_app.model.bundle import BundleFile
from testimony_app.model.custody import LogHead
from testimony_app.model.ids import BundleId, TestimonyId
from testimony_app.vault.columns import digest
from testimony_app.vault.custody import Custody
from testimony_app.vault.database import Database
from testimony_app.vault.errors import NotFound

OUT, IN = "out", "in"
TESTIMONY, CONSENT = "testimony", "consent"
"""What a bundle carries: a testimony or a volume of it, or acts of consent alone."""
_FILE = "name, byte_count, sha256, tagmanifest_sha512, id, bundle_group, volume, volumes, seq, prev"
_COLUMNS = f"{_FILE}, direction, testimony, sender, log_seq, log_hash, kept_content, added_at, carried_at"


class KnownBundle(msgspec.Struct, frozen=True):
    """A bundle's volume as the vault remembers it."""

    file: BundleFile
    direction: str
    testimony: TestimonyId
    sender: str
    log_head: LogHead
    kept_content: bool
    added_at: str
    carried_at: str
    carries: str = TESTIMONY


class Bundles:
    """The bundles of one vault."""

    def __init__(self, database: Database, custody: Custody, clock: Clock) -> None:
        """Work on this database."""
        self._database = database
        self._custody = custody
        self._clock = clock

    def next_seq(self) -> int:
        """Return the number of the next bundle that this device seals; numbers are never used twice."""
        return int(self._database.value("SELECT coalesce(max(seq), 0) + 1 FROM bundle WHERE direction = 'out'"))

    def prev(self) -> str | None:
        """Return the tagmanifest digest of the bundle sealed last, or None before the first."""
        sql = "SELECT tagmanifest_sha512 FROM bundle WHERE direction = 'out' ORDER BY seq DESC, volume DESC LIMIT 1"
        found = self._database.value(sql)
        return None if found is None else str(found)

    def add(  # noqa: PLR0913 - each is a fact of its own, given by name
        self,
        testimony: str,
        file: BundleFile,
        *,
        direction: str = OUT,
        sender: str = "",
        log_head: LogHead | None = None,
        kept_content: bool = False,
        carries: str = TESTIMONY,
    ) -> None:
        """Write down a volume that was sealed here, or taken in from a sender, with its line in the custody log."""
        head = log_head or LogHead(seq=0, hash="")
        values = (
            file.name, file.byte_count, file.sha256, file.tagmanifest_sha512, file.bundle, file.group, file.index,
            file.count, file.seq, file.prev or "", direction, testimony, sender, head.seq, head.hash,
            int(kept_content), stamp(self._clock.now()), "", carries,
        )  # fmt: skip
        marks = ", ".join("?" * len(values))
        with self._database.transaction():
            self._database.execute(f"INSERT INTO bundle ({_COLUMNS}, carries) VALUES ({marks})", values)  # noqa: S608
            self._log("bundle_sealed" if direction == OUT else "bundle_received", direction, file.bundle, file.index)

    def for_testimony(self, testimony: str, *, direction: str = OUT) -> tuple[KnownBundle, ...]:
        """Return a testimony's bundles, volume by volume, without those that carry consent alone."""
        return self._where("testimony = ? AND direction = ? AND carries = ?", (testimony, direction, TESTIMONY))

    def of_consent(self, testimony: str, *, direction: str = OUT) -> tuple[KnownBundle, ...]:
        """Return the bundles that carry acts of consent about a testimony, given after it was sealed."""
        return self._where("testimony = ? AND direction = ? AND carries = ?", (testimony, direction, CONSENT))

    def waiting(self) -> tuple[KnownBundle, ...]:
        """Return the sealed volumes that no stick has carried away yet."""
        return self._where("direction = 'out' AND carried_at = ''", ())

    def sealed(self) -> tuple[KnownBundle, ...]:
        """Return every volume that was sealed here."""
        return self._where("direction = 'out'", ())

    def received(self, sender: str) -> tuple[KnownBundle, ...]:
        """Return every volume that was taken in from a sender, in the order of its numbers."""
        return self._where("direction = 'in' AND sender = ?", (sender,))

    def marks(self) -> tuple[tuple[str, str, int, str, LogHead], ...]:
        """Return of every volume that was taken in what a new one is compared with, and nothing else of it.

        Sender, identifier, number, signed digest, and where its sender's log stood. An archive asks at each file.
        """
        sql = (
            "SELECT sender, id, seq, tagmanifest_sha512, log_seq, log_hash FROM bundle WHERE direction = 'in'"
            " ORDER BY sender, seq, volume"
        )
        return tuple((*row[:4], LogHead(seq=row[4], hash=row[5])) for row in self._database.rows(sql))

    def of_group(self, group: str, *, direction: str = IN) -> tuple[KnownBundle, ...]:
        """Return the volumes of a group that are known."""
        return self._where("bundle_group = ? AND direction = ?", (group, direction))

    def find(self, bundle: str, *, direction: str) -> tuple[KnownBundle, ...]:
        """Return a bundle's volume by its identifier, or nothing."""
        return self._where("id = ? AND direction = ?", (bundle, direction))

    def by_tagmanifest(self, tagmanifest_sha512: str, *, direction: str = OUT) -> KnownBundle:
        """Return the volume whose signed digest this is. Raises NotFound."""
        found = self._where("tagmanifest_sha512 = ? AND direction = ?", (tagmanifest_sha512, direction))
        if not found:
            raise NotFound(what="bundle")
        return found[0]

    def mark_carried(self, bundle: str, index: int) -> None:
        """Write down that a volume was copied out and the copy read back and compared. Raises NotFound."""
        with self._database.transaction():
            sql = "UPDATE bundle SET carried_at = ? WHERE direction = 'out' AND id = ? AND volume = ?"
            if not self._database.execute(sql, (stamp(self._clock.now()), bundle, index)):
                raise NotFound(what="bundle")
            self._log("exported", OUT, bundle, index)

    def mark_waiting(self, bundle: str, index: int) -> None:
        """Write down that a volume is to be carried again: the archive says that its copy was damaged."""
        with self._database.transaction():
            sql = "UPDATE bundle SET carried_at = '' WHERE direction = 'out' AND id = ? AND volume = ?"
            if not self._database.execute(sql, (bundle, index)):
                raise NotFound(what="bundle")
            self._log("came_damaged", OUT, bundle, index)

    def mark_forgotten(self, testimony: str) -> None:
        """Write down that a testimony's readable copy, kept until the receipt, is gone."""
        with self._database.transaction():
            for known in self.for_testimony(testimony):
                sql = "UPDATE bundle SET kept_content = 0 WHERE direction = 'out' AND id = ? AND volume = ?"
                self._database.execute(sql, (known.file.bundle, known.file.index))
                self._log("copy_forgotten", OUT, known.file.bundle, known.file.index)

    def _where(self, clause: str, values: tuple[Any, ...]) -> tuple[KnownBundle, ...]:
        sql = f"SELECT {_COLUMNS}, carries FROM bundle WHERE {clause} ORDER BY seq, volume"  # noqa: S608  (our own clauses)
        return tuple(_known(row) for row in self._database.rows(sql, values))

    def _log(self, event: str, direction: str, bundle: str, index: int) -> None:
        sql = f"SELECT {_COLUMNS} FROM bundle WHERE direction = ? AND id = ? AND volume = ?"  # noqa: S608
        row = self._database.row(sql, (direction, bundle, index)) or ()
        facts = {"bundle": bundle, "volume": index, "sha256": row[2], "tagmanifest_sha512": row[3]}
        key = f"bundle/{direction}/{bundle}/{index}"
        self._custody.append(event, row[11], **facts, row=key, value=digest(*row))


def _known(row: tuple[Any, ...]) -> KnownBundle:
    file = BundleFile(
        name=row[0],
        byte_count=row[1],
        sha256=row[2],
        tagmanifest_sha512=row[3],
        bundle=BundleId(row[4]),
        group=row[5],
        index=row[6],
        count=row[7],
        seq=row[8],
        prev=row[9] or None,
    )
    return KnownBundle(
        file=file,
        direction=row[10],
        testimony=TestimonyId(row[11]),
        sender=row[12],
        log_head=LogHead(seq=row[13], hash=row[14]),
        kept_content=bool(row[15]),
        added_at=row[16],
        carried_at=row[17],
        carries=row[18],
    )
