# SPDX-License-Identifier: Apache-2.0
"""The recordings of one testimony in a drop box: begun, promised places, finished, listened to, taken back.

It answers to the recorder as a vault does. Keys of what is finished stay in memory until the testimony is sealed or
erased; the sealed recordings stay on the disk as long, so that a crash at any moment leaves them to the archive.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import msgspec

from testimony_app.audio import waveform
from testimony_app.audio.encode import flac_reader
from testimony_app.audio.pcm import Joined, StoredPcm
from testimony_app.audio.ports import PcmReader
from testimony_app.clock import stamp
from testimony_app.crypto.chunks import FILE_KEY
from testimony_app.crypto.secret import Secret
from testimony_app.dropbox.errors import NoDeposit
from testimony_app.dropbox.prologue import Sender, prologue, sound_of
from testimony_app.dropbox.slots import LiveSlot
from testimony_app.exchange import landing, live
from testimony_app.intake.converting import Conversion, Converted
from testimony_app.intake.segments import Written
from testimony_app.model.ids import BlobId, RecordingId, new_id
from testimony_app.model.recording import Gap, Recording, RecordingState, Segment
from testimony_app.model.testimony import Testimony
from testimony_app.vault.blobs import BlobReader, SegmentSlot
from testimony_app.vault.disk import Disk

_NO_SIZES: Mapping[BlobId, tuple[int, str]] = {}
_PEAKS = 1000
_HEAD_BYTES = 16 * 1024


@dataclass
class _Take:
    """One recording and its places; each key is kept here, since the recorder wipes what it was handed."""

    recording: Recording
    places: dict[BlobId, tuple[SegmentSlot, Secret]] = field(default_factory=dict)
    peaks: bytes = b""

    def reader(self, blob: BlobId, *, allow_unterminated: bool = False) -> BlobReader:
        slot, key = self.places[blob]
        return slot.again(key).reader(allow_unterminated=allow_unterminated)


class NoLog:
    """A drop box keeps no log: what it must tell stands in the testimony."""

    def append(self, event: str, testimony: str = "", **facts: Any) -> None:
        """Forget it."""


class Takes:
    """All recordings of the testimony that is under way."""

    def __init__(self, sender: Sender, testimony: Testimony, out: Path, making: Path) -> None:
        """Record for this testimony into these folders."""
        self.custody = NoLog()
        self._sender = sender
        self._testimony = testimony
        self._out, self._making = out, making
        self._takes: dict[str, _Take] = {}
        self._begun = 0
        self._doomed: list[Path] = []

    @property
    def recordings(self) -> Takes:
        """Itself: what the recorder asks of a vault."""
        return self

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Do nothing: each file is whole by itself."""
        yield

    def all(self) -> tuple[Recording, ...]:
        """Return the recordings, finished or not, in their order."""
        return tuple(take.recording for take in self._takes.values())

    def files(self) -> frozenset[str]:
        """Return the names of the sealed recordings whose keys are still here."""
        return frozenset(slot.path.name for take in self._takes.values() for slot, _key in take.places.values())

    def begin(  # noqa: PLR0913 - the shape of the vault's
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
        """Return a recording that starts now, as the next take."""
        if testimony != self._testimony.id:
            raise NoDeposit
        self._begun += 1
        recording = Recording(
            id=RecordingId(new_id()),
            take=self._begun,
            kind=kind,
            state=RecordingState.RECORDING,
            started_at=stamp(self._sender.clock.now()),
            sample_rate=rate,
            bits=bits,
            channels=channels,
            frames=0,
            device=device,
            original=original,
        )
        self._takes[recording.id] = _Take(recording)
        return recording

    def new_segments(self, recording: str, count: int, encoding: str = "pcm") -> tuple[SegmentSlot, ...]:
        """Promise so many further places to a recording."""
        take = self._take(recording)
        first = sum(slot.encoding == encoding for slot, _key in take.places.values())
        return tuple(self._promise(take, first + number, encoding) for number in range(count))

    def finish(
        self,
        recording: str,
        *,
        frames: int,
        segments: Sequence[Segment],
        gaps: Sequence[Gap] = (),
        peaks: bytes = b"",
        sizes: Mapping[BlobId, tuple[int, str]] = _NO_SIZES,
    ) -> Recording:
        """Make these segments the recording and return it; its sealed recordings stay until the testimony is sealed."""
        take = self._take(recording)
        take.peaks = peaks
        take.recording = msgspec.structs.replace(
            take.recording,
            frames=frames,
            segments=tuple(segments),
            gaps=tuple(gaps),
            state=RecordingState.COMPLETE,
        )
        kept = {segment.blob for segment in segments}
        for blob, (slot, key) in list(take.places.items()):
            if blob not in kept and not slot.path.exists():
                key.wipe()
                del take.places[blob]
        return take.recording

    def discard(self, recording: str) -> None:
        """Destroy a take that the witness takes back: keys first, then files."""
        take = self._take(recording)
        for slot, key in take.places.values():
            key.wipe()
            self._doomed.append(slot.path)
        del self._takes[recording]
        self._destroy()

    def discard_all(self) -> None:
        """Destroy everything, or, once the testimony is sealed, what it was made of; may be called again."""
        for take in self._takes.values():
            for slot, key in take.places.values():
                key.wipe()
                self._doomed.append(slot.path)
        self._takes.clear()
        self._destroy()

    def _destroy(self) -> None:
        while self._doomed:
            destroy(self._doomed[-1], self._sender.disk)
            self._doomed.pop()
        self._sender.disk.sync_folder(self._out)

    def forget(self) -> None:
        """Wipe every key; what is on the disk is the archive's from now on."""
        for take in self._takes.values():
            for _slot, key in take.places.values():
                key.wipe()
        self._takes.clear()

    def settle(self) -> tuple[Recording, ...]:
        """Return the recordings with every segment as verified FLAC, where the disk lets it be made."""
        for take in self._takes.values():
            for segment in take.recording.segments:
                if segment.encoding == "pcm":
                    self._convert(take, segment)
        return self.all()

    def size(self, blob: BlobId) -> int:
        """Return how many bytes a finished segment has."""
        reader = self.reader(blob)
        try:
            return reader.size()
        finally:
            reader.close()

    def reader(self, blob: BlobId) -> BlobReader:
        """Return what reads a finished segment."""
        take = next((take for take in self._takes.values() if blob in take.places), None)
        if take is None:
            raise NoDeposit
        return take.reader(blob)

    # For listening back, while the keys are here.

    def open(self, recording: Recording) -> PcmReader:
        """Return the sound of a recording, from any place; close it after use."""
        take = self._take(recording.id)
        readers: list[PcmReader] = []
        for segment in take.recording.segments:
            if segment.encoding == "flac":
                readers.append(flac_reader(take.reader(segment.blob)))
            else:
                readers.append(StoredPcm(take.reader(segment.blob, allow_unterminated=True), sound_of(take.recording)))
        return readers[0] if len(readers) == 1 else Joined(readers)

    def peaks(self, recording: Recording) -> tuple[float, ...]:
        """Return the shape of a recording, each peak 0 to 1."""
        return tuple(waveform.from_bytes(self._take(recording.id).peaks).shown(_PEAKS))

    def _take(self, recording: str) -> _Take:
        try:
            return self._takes[recording]
        except KeyError:
            raise NoDeposit from None

    def _promise(self, take: _Take, index: int, encoding: str) -> SegmentSlot:
        key = Secret.random(FILE_KEY)
        if encoding == "pcm":
            path = self._out / self._new_name(take)
            opening = partial(prologue, self._sender, self._testimony, take.recording, index)
            slot: SegmentSlot = LiveSlot(index, path, key.copy(), opening, disk=self._sender.disk)
        else:
            slot = SegmentSlot(
                index, self._making / secrets.token_hex(16), key.copy(), encoding, disk=self._sender.disk
            )
        take.places[slot.blob] = (slot, key)
        return slot

    def _new_name(self, take: _Take) -> str:
        while (name := landing.new_name(self._out, live.SUFFIX)) in take.places:
            pass
        return name

    def _convert(self, take: _Take, segment: Segment) -> None:
        source, key = take.places[segment.blob]
        target = self.new_segments(take.recording.id, 1, "flac")[0]
        with key.copy() as copy:
            # With a marked end or without: read as far as it is authentic, and digested afresh.
            written = Written(source.again(copy), segment.frames, None, None)
            converted = Conversion(written, target, sound_of(take.recording), self._sender.disk).run()
        target.wipe()
        if converted is not None:
            segments = tuple(_flac(converted, one) if one is segment else one for one in take.recording.segments)
            take.recording = msgspec.structs.replace(take.recording, segments=segments)


def destroy(path: Path, disk: Disk) -> None:
    """Overwrite the head of a file, without which nobody opens it, and remove it; one that is gone is fine."""
    if path.exists():
        descriptor = disk.open_known(path)
        try:
            disk.write_all(descriptor, bytes(min(_HEAD_BYTES, path.stat().st_size)))
            disk.sync(descriptor)
        finally:
            disk.close(descriptor)
        disk.unlink(path)


def _flac(converted: Converted, before: Segment) -> Segment:
    return Segment(
        index=before.index,
        blob=converted.blob,
        frames=converted.frames,
        encoding="flac",
        sha256=converted.sha256,
    )
