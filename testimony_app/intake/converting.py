# SPDX-License-Identifier: Apache-2.0
"""A closed segment becomes FLAC: in small slices, from sealed chunks to a sealed file, and compared.

Nothing readable touches the disk: the samples are opened chunk by chunk, encoded, and sealed again. Then the
FLAC is decoded from its sealed file and compared with the chunks, sample for sample. Only a FLAC that was
found equal is handed on; if anything goes wrong the chunks stay, and they are a complete recording.

A slice takes some milliseconds, so that the recorder can do one whenever no sound is waiting.
"""

from __future__ import annotations

import hashlib
from collections import deque
from collections.abc import Generator, Iterable, Iterator
from contextlib import suppress

import msgspec
import numpy as np

from testimony_app.audio.encode import PIECE, Digest, FlacPcm, FlacWriter
from testimony_app.audio.errors import SoundDiffers
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.pcm import StoredPcm
from testimony_app.errors import GovahError
from testimony_app.intake.segments import Reserve, Written
from testimony_app.model.ids import BlobId
from testimony_app.vault.blobs import BlobWriter, FinishedBlob, SegmentSlot
from testimony_app.vault.disk import DISK, Disk
from testimony_app.vault.errors import DiskTrouble

_ROOM_FOR_RECORDING = 512 * 2**20
"""While recording, FLAC is made only if that leaves the recording this much: about an hour."""


class Converted(msgspec.Struct, frozen=True):
    """A FLAC that was found equal to what was recorded, and the digest of its bytes."""

    frames: int
    finished: FinishedBlob
    sha256: str

    @property
    def blob(self) -> BlobId:
        """Where it is."""
        return self.finished.blob


class _Hashed:
    """A blob being written, and the SHA-256 of what goes into it."""

    def __init__(self, writer: BlobWriter) -> None:
        self._writer = writer
        self.sha256 = hashlib.sha256()

    def write(self, data: bytes) -> None:
        self._writer.write(data)
        self.sha256.update(data)


class Conversion:
    """The way of one segment, slice by slice."""

    def __init__(self, written: Written, target: SegmentSlot, sound: SoundFormat, disk: Disk = DISK) -> None:
        """Convert into a slot that was reserved for it."""
        self.written = written
        self.done: Converted | None = None
        self.failure: GovahError | None = None
        self._target = target
        self._sound = sound
        self._disk = disk
        self._slices: Generator[None, None, None] = self._all()

    def step(self) -> bool:
        """Do one slice; return whether there are more. A failure is kept, not raised: the chunks stay."""
        try:
            next(self._slices)
        except StopIteration:
            return False
        except GovahError as error:
            self.failure = error
            return False
        return True

    def discard(self) -> None:
        """Remove what was made, finished or not: the samples it was made of were taken back."""
        self._slices.close()
        with suppress(DiskTrouble):
            self._disk.unlink(self._target.path)
        self.done = None

    def run(self) -> Converted | None:
        """Do all slices and return the FLAC, or nothing if it failed."""
        while self.step():
            pass
        return self.done

    def _all(self) -> Generator[None, None, None]:
        expected = self.written.digest
        if expected is None:
            expected = Digest(self._sound)
            yield from self._read(expected)
        writer = BlobWriter(self._target.path, self._target.file_key, disk=self._disk)
        try:
            hashed = _Hashed(writer)
            yield from self._encode(hashed, expected)
            finished = writer.finish()
            yield from self._compare(expected.frames)
        except BaseException:
            writer.discard()
            raise
        self.done = Converted(expected.frames, finished, hashed.sha256.hexdigest())

    def _source(self) -> StoredPcm:
        reader = self.written.slot.reader(allow_unterminated=self.written.finished is None)
        return StoredPcm(reader, self._sound, at_most=self.written.frames)

    def _read(self, expected: Digest) -> Iterator[None]:
        source = self._source()
        try:
            while len(samples := source.read(PIECE)):
                expected.add(samples)
                yield
        finally:
            source.close()

    def _encode(self, hashed: _Hashed, expected: Digest) -> Iterator[None]:
        source = self._source()
        flac = FlacWriter(hashed, self._sound, expected)
        try:
            while len(samples := source.read(PIECE)):
                flac.write(samples)
                yield
            flac.close()
        except BaseException:
            flac.abandon()
            raise
        finally:
            source.close()

    def _compare(self, frames: int) -> Iterator[None]:
        source = self._source()
        decoded = FlacPcm(self._target.reader())
        try:
            if (decoded.frames, decoded.format) != (frames, self._sound) or source.frames != frames:
                raise SoundDiffers(at_frame=min(decoded.frames, frames))
            at = 0
            while len(samples := source.read(PIECE)):
                if not np.array_equal(samples, decoded.read(PIECE)):
                    raise SoundDiffers(at_frame=at)
                at += len(samples)
                yield
        finally:
            source.close()
            decoded.close()


class Conversions:
    """All segments of a recording, one after the other, whenever there is time and room."""

    def __init__(self, sound: SoundFormat, disk: Reserve, segments: list[Written]) -> None:
        """Follow a list of closed segments that grows."""
        self.done: dict[BlobId, Converted] = {}
        """The FLACs, by the blob that each may replace."""
        self._made: dict[BlobId, Conversion] = {}
        self.is_last_chance = False
        """The recording has ended: room need no longer be kept for it."""
        self._sound = sound
        self._disk = disk
        self._segments = segments
        self._begun = 0
        self._targets: deque[SegmentSlot] = deque()
        self._current: Conversion | None = None

    def add_slots(self, slots: Iterable[SegmentSlot]) -> None:
        """Take more places for FLACs."""
        self._targets.extend(slots)

    @property
    def are_waiting(self) -> bool:
        """Whether a closed segment waits to become FLAC, and the disk has room for both."""
        if self._current is not None:
            return True
        return self._begun < len(self._segments) and bool(self._targets) and self._has_room()

    def step(self) -> bool:
        """Do a little; return whether something was done."""
        if self._current is None:
            if not self.are_waiting:
                return False
            # Not on the disk with the reserve: a copy for convenience may not use up what a voice needs.
            written = self._segments[self._begun]
            self._current = Conversion(written, self._targets.popleft(), self._sound, self._disk.inner)
            self._begun += 1
        if not self._current.step():
            if self._current.done is not None:
                self.done[self._current.written.slot.blob] = self._current.done
                self._made[self._current.written.slot.blob] = self._current
            self._current = None
        return True

    def forget(self, gone: Iterable[Written], kept: int) -> None:
        """Remove the FLACs of segments that were taken back; all after the first `kept` segments begin anew."""
        for written in gone:
            blob = written.slot.blob
            if self._current is not None and self._current.written.slot.blob == blob:
                self._current.discard()
                self._current = None
            self.done.pop(blob, None)
            if blob in self._made:
                self._made.pop(blob).discard()
        self._begun = min(self._begun, kept)

    def _has_room(self) -> bool:
        needed = self._segments[self._begun].frames * self._sound.frame_bytes
        return self._disk.free_bytes() > needed + (0 if self.is_last_chance else _ROOM_FOR_RECORDING)
