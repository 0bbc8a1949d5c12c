# SPDX-License-Identifier: Apache-2.0
"""The SQL for the blobs of a recording: its segments, and the slots promised to it before sound flows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from testimony_app.model.ids import BlobId
from testimony_app.model.recording import Segment
from testimony_app.vault.blobs import Blobs, FinishedBlob, SegmentSlot
from testimony_app.vault.database import Database
from testimony_app.vault.errors import NotFound


class Segments:
    """The segments and slots of all recordings."""

    def __init__(self, database: Database, blobs: Blobs) -> None:
        """Work on this database and these blobs."""
        self._database = database
        self._blobs = blobs

    def promise(self, recording: str, count: int, encoding: str) -> tuple[SegmentSlot, ...]:
        """Promise so many further blobs and return what writes them; indices go on from before."""
        with self._database.transaction():
            sql = "SELECT coalesce(max(position) + 1, 0) FROM slot WHERE recording = ? AND encoding = ?"
            first = int(self._database.value(sql, (recording, encoding)))
            slots = tuple(self._blobs.reserve(first + number, encoding) for number in range(count))
            rows = [(recording, encoding, slot.index, slot.blob) for slot in slots]
            sql = "INSERT INTO slot (recording, encoding, position, blob) VALUES (?, ?, ?, ?)"
            self._database.execute_many(sql, rows)
        return slots

    def promised(self, recording: str) -> tuple[SegmentSlot, ...]:
        """Return the blobs that were promised for samples, in their order."""
        sql = "SELECT blob, position, encoding FROM slot WHERE recording = ? AND encoding = 'pcm' ORDER BY position"
        rows = self._database.rows(sql, (recording,))
        return tuple(self._blobs.slot(BlobId(row[0]), index=row[1], encoding=row[2]) for row in rows)

    def slot_for(self, recording: str, index: int) -> SegmentSlot:
        """Return what reads one segment from any thread. Raises NotFound."""
        sql = "SELECT blob, encoding FROM segment WHERE recording = ? AND position = ?"
        row = self._database.row(sql, (recording, index))
        if row is None:
            raise NotFound(what="segment")
        return self._blobs.slot(BlobId(row[0]), index=index, encoding=row[1])

    def of(self, recording: str) -> tuple[Segment, ...]:
        """Return a recording's segments in their order."""
        sql = "SELECT position, blob, frames, encoding, sha256 FROM segment WHERE recording = ? ORDER BY position"
        return tuple(
            Segment(index=row[0], blob=BlobId(row[1]), frames=row[2], encoding=row[3], sha256=row[4])
            for row in self._database.rows(sql, (recording,))
        )

    def held(self, recording: str) -> list[BlobId]:
        """Return every blob that a recording has or was promised."""
        sql = "SELECT blob FROM slot WHERE recording = ?1 UNION SELECT blob FROM segment WHERE recording = ?1"
        return [BlobId(row[0]) for row in self._database.rows(sql, (recording,))]

    def write(self, recording: str, segments: Iterable[Segment]) -> None:
        """Write segments down; their blobs must be in the vault."""
        sql = "INSERT INTO segment (recording, position, blob, frames, encoding, sha256) VALUES (?, ?, ?, ?, ?, ?)"
        rows = [(recording, part.index, part.blob, part.frames, part.encoding, part.sha256) for part in segments]
        self._database.execute_many(sql, rows)

    def replace(self, recording: str, segments: Sequence[Segment], sizes: Mapping[BlobId, tuple[int, str]]) -> None:
        """Make these segments all that a recording has: every other blob it held or was promised loses its key."""
        kept = {segment.blob for segment in segments}
        dropped = [blob for blob in self.held(recording) if blob not in kept]
        self._database.execute("DELETE FROM slot WHERE recording = ?", (recording,))
        self._database.execute("DELETE FROM segment WHERE recording = ?", (recording,))
        self.write(recording, segments)
        self._blobs.delete(dropped)
        for segment in segments:
            if segment.blob in sizes:
                byte_count, sha512 = sizes[segment.blob]
                self._blobs.keep(FinishedBlob(blob=segment.blob, byte_count=byte_count, sha512=sha512))
            else:
                self._blobs.settle(segment.blob)
