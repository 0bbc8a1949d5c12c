# SPDX-License-Identifier: Apache-2.0
"""A closed segment becomes FLAC: in small slices, from sealed chunks to a sealed file, and compared.

Nothing readable touches the disk: the samples are opened chunk by chunk, encoded, and sealed again. Then the
FLAC is decoded from its sealed file and compared with the chunks, sample for sample. Only a FLAC that was
found equal is handed on; if anything goes wrong the chunks stay, and they are a complete recording.

A slice takes some milliseconds, so that the recorder can do one whenever no sound is waiting.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import msgspec
import numpy as np

from testimony_app.audio.encode import PIECE, Digest, FlacPcm, FlacWriter
from testimony_app.audio.errors import SoundDiffers
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.pcm import StoredPcm
from testimony_app.errors import GovahError
from testimony_app.intake.segments import Written
from testimony_app.model.ids import BlobId
from testimony_app.vault.blobs import BlobWriter, FinishedBlob, SegmentSlot
from testimony_app.vault.disk import DISK, Disk


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
        self._slices = self._all()

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

    def run(self) -> Converted | None:
        """Do all slices and return the FLAC, or nothing if it failed."""
        while self.step():
            pass
        return self.done

    def _all(self) -> Iterator[None]:
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
