# SPDX-License-Identifier: Apache-2.0
"""What becomes of each block of sound: measured, sealed, counted; and what becomes of sound that is missing.

This is the recorder without its thread: every method is called by whoever holds it, in the order in which
things happened, with the time at which they did. Nothing here waits for a microphone or touches a database.
"""

from __future__ import annotations

from collections.abc import Iterable

import msgspec

from testimony_app.audio.continuity import Continuity
from testimony_app.audio.format import SoundFormat, from_flight
from testimony_app.audio.levels import Advice, Level, Meter, louder
from testimony_app.audio.ports import Block
from testimony_app.audio.waveform import PeakBuilder, Peaks
from testimony_app.errors import GovahError
from testimony_app.intake.chain import SegmentChain
from testimony_app.intake.converting import Conversions
from testimony_app.intake.room import seconds_of_room
from testimony_app.intake.segments import Reserve, Written
from testimony_app.model.ids import BlobId
from testimony_app.model.recording import Gap, Segment
from testimony_app.vault.blobs import SegmentSlot
from testimony_app.vault.errors import DiskFull

DEVICE_LOST = "device-lost"
DEVICE_CHANGED = "device-changed"
OVERFLOW = "overflow"
SAMPLES_MISSING = "samples-missing"
DISK_FULL = "disk-full"
DISK_TROUBLE = "disk-trouble"
ERASED = "erased"
_LOST_AFTER_SECONDS = 2.0


class Captured(msgspec.Struct, frozen=True):
    """A recording as it lies on the disk, for the database to be told."""

    sound: SoundFormat
    frames: int
    gaps: tuple[Gap, ...]
    segments: tuple[Segment, ...]
    peaks: Peaks
    sizes: dict[BlobId, tuple[int, str]]
    """For each finished blob the length of its content and the SHA-512 of its ciphertext."""
    clipped: int = 0
    refusal: GovahError | None = None
    """Why it ended before it was asked to; what is here is safe."""

    @property
    def seconds(self) -> float:
        """Return the length of what is there."""
        return self.frames / self.sound.rate


class Capture:
    """One recording in the making."""

    def __init__(
        self,
        sound: SoundFormat,
        disk: Reserve,
        *,
        segment_seconds: float = 600.0,
        silence_seconds: float = 1.0,
        counts_time: bool = True,
    ) -> None:
        """Record in this format; `counts_time` is off when blocks come faster or slower than time."""
        self.sound = sound
        self.gaps: list[Gap] = []
        self.trouble = ""
        self.is_paused = False
        self.meter = Meter(sound, silence_seconds=silence_seconds)
        self._level: Level | None = None
        self._peaks = PeakBuilder()
        self._disk = disk
        self._chain = SegmentChain(sound, disk, sound.frames(segment_seconds))
        self._conversions = Conversions(sound, disk, self._chain.written)
        self._continuity = Continuity(sound.rate) if counts_time else None
        self._given: list[SegmentSlot] = []
        self._expected_frame = 0
        self._last_heard: float | None = None

    def add_slots(self, segments: Iterable[SegmentSlot], flac: Iterable[SegmentSlot]) -> None:
        """Take more slots, for segments and for the FLAC that each becomes."""
        segments, flac = tuple(segments), tuple(flac)
        self._given += (*segments, *flac)
        self._chain.add_slots(segments)
        self._conversions.add_slots(flac)

    @property
    def slots_left(self) -> int:
        """How many more segments can be begun."""
        return self._chain.slots_left

    @property
    def seconds(self) -> float:
        """How much was heard and taken."""
        return self._chain.frames / self.sound.rate

    @property
    def safe_seconds(self) -> float:
        """How much survives a power cut now."""
        return self._chain.safe_frames / self.sound.rate

    @property
    def is_ended(self) -> bool:
        """Whether the disk takes nothing any more."""
        return self._chain.refusal is not None

    @property
    def is_filling(self) -> bool:
        """Whether we write into the room that was kept back: what waits fits in, then it must end."""
        return self._disk.is_full

    @property
    def conversions(self) -> Conversions:
        """What is left to do for closed segments."""
        return self._conversions

    @property
    def advice(self) -> Advice:
        """What to tell the interviewer."""
        return Advice.GONE if self.trouble else self.meter.advice()

    def take_level(self) -> Level:
        """Return the loudest level since this was last asked."""
        level, self._level = self._level or Level(), None
        return level

    def heard(self, block: Block, at: float) -> None:
        """Take a block that arrived at a time."""
        samples = from_flight(block.data, self.sound)
        if self.is_ended or not len(samples):
            return
        self._note_missing(block, len(samples), at)
        self._last_heard = at
        level = self.meter.add(samples)
        self._level = level if self._level is None else louder(self._level, level)
        self._peaks.add(samples)
        self._chain.keep(samples)

    def paused(self) -> None:
        """Hear nothing until resumed; a pause is not a gap."""
        self.is_paused = True

    def resumed(self, at: float) -> None:
        """Go on; the time between does not count."""
        self.is_paused = False
        self._last_heard = at
        if self._continuity is not None:
            self._continuity.restart()

    def restarted(self) -> None:
        """Take note that blocks now come from another stream, which counts from nought."""
        self._expected_frame = 0
        self.trouble = self.trouble or DEVICE_CHANGED

    @property
    def room_seconds(self) -> float:
        """How much longer the disk has room."""
        return seconds_of_room(self._disk.free_bytes(), self.sound)

    def erase_last(self, seconds: float) -> float:
        """Destroy the last so many seconds, mark the place, and return how many they were."""
        before = self._chain.frames
        erased = self._chain.erase_from(max(0, before - self.sound.frames(seconds)))
        self._conversions.forget(erased.gone, erased.kept)
        self._peaks.cut(self._chain.frames)
        taken = (before - self._chain.frames) / self.sound.rate
        self.gaps = [gap for gap in self.gaps if gap.at_seconds < self.seconds]
        self._gap(taken, ERASED)
        return taken

    def filled(self) -> None:
        """End because the disk is full: everything heard up to here is kept."""
        self._chain.fill()

    def troubled(self, word: str, at: float) -> None:
        """Take note that the microphone is gone; the gap is told when sound comes again, or at the end."""
        self.trouble = word
        if self._last_heard is None:
            self._last_heard = at

    def idle(self, now: float) -> None:
        """Take note that nothing has come; after two seconds of nothing the microphone counts as gone."""
        if self.is_paused or self.is_ended or self.trouble or self._continuity is None:
            return
        if self._last_heard is None:
            self._last_heard = now
        if now - self._last_heard > _LOST_AFTER_SECONDS:
            self.troubled(DEVICE_LOST, now)

    def close(self, now: float) -> None:
        """Close what is open: after this nothing is heard any more."""
        refusal = self._chain.refusal
        if self.trouble and self._last_heard is not None:
            self._gap(max(0.0, now - self._last_heard), DEVICE_LOST)
            self.trouble = ""
        if refusal is not None and self._last_heard is not None:
            reason = DISK_FULL if isinstance(refusal, DiskFull) else DISK_TROUBLE
            self._gap(max(0.0, now - self._last_heard), reason)
        self._chain.close()
        self._conversions.is_last_chance = True
        self._disk.give_back()

    def captured(self) -> Captured:
        """Return the recording, each segment as FLAC where one was found equal, and forget the keys."""
        segments = tuple(self._segment(index, written) for index, written in enumerate(self._chain.written))
        finished = [written.finished for written in self._chain.written]
        finished += [converted.finished for converted in self._conversions.done.values()]
        kept = {segment.blob for segment in segments}
        for slot in self._given:
            slot.wipe()
        return Captured(
            sound=self.sound,
            frames=sum(segment.frames for segment in segments),
            gaps=tuple(self.gaps),
            segments=segments,
            peaks=self._peaks.peaks(),
            sizes={one.blob: (one.byte_count, one.sha512) for one in finished if one is not None and one.blob in kept},
            clipped=self.meter.clipped,
            refusal=self._chain.refusal,
        )

    def _note_missing(self, block: Block, frames: int, at: float) -> None:
        if self.trouble:
            begun = at - frames / self.sound.rate
            since = self._last_heard if self._last_heard is not None else begun
            self._gap(max(0.0, begun - since), self.trouble)
            self.trouble = ""
            if self._continuity is not None:
                self._continuity.restart()
        elif block.first_frame > self._expected_frame:
            self._gap((block.first_frame - self._expected_frame) / self.sound.rate, OVERFLOW)
        self._expected_frame = block.first_frame + frames
        if self._continuity is not None:
            missing = self._continuity.note(at, self._expected_frame)
            if missing:
                self._gap(missing, SAMPLES_MISSING)

    def _gap(self, seconds: float, reason: str) -> None:
        at_seconds = self.seconds
        last = self.gaps[-1] if self.gaps else None
        if last is not None and last.reason == reason and last.at_seconds == at_seconds:
            self.gaps[-1] = Gap(at_seconds, last.seconds + seconds, reason)
        elif seconds > 0.0:
            self.gaps.append(Gap(at_seconds, seconds, reason))

    def _segment(self, index: int, written: Written) -> Segment:
        converted = self._conversions.done.get(written.slot.blob)
        if converted is None:
            return Segment(index=index, blob=written.slot.blob, frames=written.frames, encoding="pcm")
        return Segment(
            index=index, blob=converted.blob, frames=converted.frames, encoding="flac", sha256=converted.sha256
        )
