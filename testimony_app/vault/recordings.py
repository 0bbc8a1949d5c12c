# SPDX-License-Identifier: Apache-2.0
"""The SQL for recordings: begun before the first sample, finished in one transaction, found again after a crash.

A recording's blobs are promised to it as slots before sound flows, so that the thread that writes them needs no
database. `finish` says which blobs make up the recording; every other slot loses its key there and then.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from testimony_app.clock import Clock, stamp
from testimony_app.model.ids import BlobId, RecordingId, new_id
from testimony_app.model.recording import Gap, Recording, RecordingState, Segment
from testimony_app.vault.blobs import Blobs, FinishedBlob, SegmentSlot
from testimony_app.vault.columns import text, value
from testimony_app.vault.custody import Custody
from testimony_app.vault.database import Database
from testimony_app.vault.errors import NotFound
from testimony_app.vault.segments import Segments

_COLUMNS = "id, take, kind, state, started_at, sample_rate, bits, channels, frames, device, gaps, original"
_NO_SIZES: Mapping[BlobId, tuple[int, str]] = {}


class Recordings:
    """The recordings of all testimonies."""

    def __init__(self, database: Database, custody: Custody, blobs: Blobs, clock: Clock) -> None:
        """Work on this database and these blobs."""
        self._database = database
        self._custody = custody
        self._blobs = blobs
        self._segments = Segments(database, blobs)
        self._clock = clock

    def begin(  # noqa: PLR0913 - each is a fact of its own, given by name
        self,
        testimony: str,
        *,
        rate: int,
        channels: int,
        bits: int,
        kind: str = "testimony",
        device: str = "",
        original: str = "",
    ) -> Recording:
        """Write down that a recording starts now, as the next take, and return it."""
        with self._database.transaction():
            take = self._database.value(
                "SELECT coalesce(max(take), 0) + 1 FROM recording WHERE testimony = ?", (testimony,)
            )
            recording = Recording(
                id=RecordingId(new_id()),
                take=take,
                kind=kind,
                state=RecordingState.RECORDING,
                started_at=stamp(self._clock.now()),
                sample_rate=rate,
                bits=bits,
                channels=channels,
                frames=0,
                device=device,
                original=original,
            )
            self.add(testimony, recording)
            facts = {"recording": recording.id, "kind": kind, "rate": rate, "bits": bits, "channels": channels}
            self._custody.append("recording_started", testimony, **facts)
        return recording

    def add(self, testimony: str, recording: Recording) -> None:
        """Write a recording as it is; the blobs of its segments must be in the vault already."""
        with self._database.transaction():
            sql = f"INSERT INTO recording ({_COLUMNS}, testimony) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"  # noqa: S608
            values = (
                recording.id, recording.take, recording.kind, recording.state, recording.started_at,
                recording.sample_rate, recording.bits, recording.channels, recording.frames, recording.device,
                text(recording.gaps), recording.original, testimony,
            )  # fmt: skip
            self._database.execute(sql, values)
            self._segments.write(recording.id, recording.segments)
            self._count_seconds(recording.id)

    def extend(self, recording: str, segments: Sequence[Segment], *, grows: bool = False) -> None:
        """Write further segments of a recording whose first ones came earlier, in another volume.

        With `grows` nobody had said how long it would be, and it gets longer by them.
        """
        with self._database.transaction():
            self._segments.write(recording, segments)
            if grows:
                more = sum(segment.frames for segment in segments)
                self._database.execute("UPDATE recording SET frames = frames + ? WHERE id = ?", (more, recording))
            self._count_seconds(recording)

    def new_segments(self, recording: str, count: int, encoding: str = "pcm") -> tuple[SegmentSlot, ...]:
        """Promise so many further blobs to a recording and return what writes them; indices go on from before."""
        return self._segments.promise(recording, count, encoding)

    def finish(  # noqa: PLR0913 - each is a fact of its own, given by name
        self,
        recording: str,
        *,
        frames: int,
        segments: Sequence[Segment],
        gaps: Sequence[Gap] = (),
        peaks: bytes = b"",
        state: RecordingState = RecordingState.COMPLETE,
        sizes: Mapping[BlobId, tuple[int, str]] = _NO_SIZES,
    ) -> Recording:
        """Make these segments the recording, drop every other blob it held or was promised, and return it.

        `sizes` gives a blob's length of content and digest as its writer counted them; without, the file is read.
        """
        with self._database.transaction():
            sql = "UPDATE recording SET frames = ?, gaps = ?, state = ?, peaks = ? WHERE id = ?"
            if not self._database.execute(sql, (frames, text(tuple(gaps)), state, peaks, recording)):
                raise NotFound(what="recording")
            self._segments.replace(recording, segments, sizes)
            self._count_seconds(recording)
            whole = self.get(recording)
            facts = {"recording": recording, "frames": frames, "gaps": len(gaps), "state": str(state)}
            self._custody.append("recording_stopped", self.testimony_of(recording), **facts)
        return whole

    def replace_with_flac(self, recording: str, index: int, finished: FinishedBlob, *, sha256: str) -> Recording:
        """Put a verified FLAC in the place of one segment's samples, whose key goes."""
        before = self.get(recording)
        segments = [
            Segment(index=index, blob=finished.blob, frames=segment.frames, encoding="flac", sha256=sha256)
            if segment.index == index
            else segment
            for segment in before.segments
        ]
        sizes = {finished.blob: (finished.byte_count, finished.sha512)}
        return self.finish(
            recording,
            frames=before.frames,
            segments=segments,
            gaps=before.gaps,
            peaks=self.peaks(recording),
            state=before.state,
            sizes=sizes,
        )

    def discard(self, recording: str) -> None:
        """Destroy a take that the witness takes back: rows, keys, then files. Raises NotFound."""
        with self._database.transaction():
            testimony = self.testimony_of(recording)
            blobs = self._segments.held(recording)
            self._database.execute("DELETE FROM recording WHERE id = ?", (recording,))
            self._blobs.delete(blobs)
            self._count_seconds_of(testimony)
            self._custody.append("recording_discarded", testimony, recording=recording, blobs=len(blobs))

    def get(self, recording: str) -> Recording:
        """Return one recording. Raises NotFound."""
        row = self._database.row(f"SELECT {_COLUMNS} FROM recording WHERE id = ?", (recording,))  # noqa: S608
        if row is None:
            raise NotFound(what="recording")
        return self._whole(row)

    def of(self, testimony: str) -> tuple[Recording, ...]:
        """Return a testimony's recordings, take by take."""
        sql = f"SELECT {_COLUMNS} FROM recording WHERE testimony = ? ORDER BY take, started_at, id"  # noqa: S608
        return tuple(self._whole(row) for row in self._database.rows(sql, (testimony,)))

    def unfinished(self) -> tuple[Recording, ...]:
        """Return the recordings that were never finished: a crash left them, or they run right now."""
        sql = f"SELECT {_COLUMNS} FROM recording WHERE state = 'recording' ORDER BY started_at"  # noqa: S608
        return tuple(self._whole(row) for row in self._database.rows(sql))

    def slots(self, recording: str) -> tuple[SegmentSlot, ...]:
        """Return the blobs that an unfinished recording was promised for its samples, in their order."""
        return self._segments.promised(recording)

    def slot_for(self, recording: str, index: int) -> SegmentSlot:
        """Return what reads one segment from any thread. Raises NotFound."""
        return self._segments.slot_for(recording, index)

    def peaks(self, recording: str) -> bytes:
        """Return the kept peaks of the waveform, or nothing."""
        return bytes(self._database.value("SELECT peaks FROM recording WHERE id = ?", (recording,)) or b"")

    def set_peaks(self, recording: str, peaks: bytes) -> None:
        """Keep the peaks of the waveform."""
        self._database.execute("UPDATE recording SET peaks = ? WHERE id = ?", (peaks, recording))

    def testimony_of(self, recording: str) -> str:
        """Return which testimony a recording belongs to. Raises NotFound."""
        found = self._database.value("SELECT testimony FROM recording WHERE id = ?", (recording,))
        if found is None:
            raise NotFound(what="recording")
        return str(found)

    def _whole(self, row: tuple[Any, ...]) -> Recording:
        return Recording(
            id=RecordingId(row[0]),
            take=row[1],
            kind=row[2],
            state=RecordingState(row[3]),
            started_at=row[4],
            sample_rate=row[5],
            bits=row[6],
            channels=row[7],
            frames=row[8],
            device=row[9],
            segments=self._segments.of(row[0]),
            gaps=value(row[10], tuple[Gap, ...]),
            original=row[11],
        )

    def _count_seconds(self, recording: str) -> None:
        self._count_seconds_of(self.testimony_of(recording))

    def _count_seconds_of(self, testimony: str) -> None:
        sql = (
            "UPDATE testimony SET seconds = coalesce((SELECT sum(1.0 * frames / sample_rate) FROM recording"
            " WHERE testimony = ?1 AND sample_rate > 0 AND kind IN ('testimony', 'imported')), 0) WHERE id = ?1"
        )
        self._database.execute(sql, (testimony,))
