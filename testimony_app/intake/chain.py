# SPDX-License-Identifier: Apache-2.0
"""Segments one after the other: the samples of a recording on their way to the disk.

The next segment begins with the sample after the last one. When the disk refuses a file, what is not safe yet
goes into the next: one bad place on a disk need not cost a word.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from contextlib import suppress

import msgspec
import numpy as np

from testimony_app.audio.encode import PIECE
from testimony_app.audio.format import Samples, SoundFormat
from testimony_app.audio.pcm import StoredPcm
from testimony_app.crypto.stream import CHUNK
from testimony_app.errors import GovahError
from testimony_app.intake.segments import Reserve, SegmentFile, Written
from testimony_app.vault.blobs import SegmentSlot
from testimony_app.vault.errors import DiskFull, DiskTrouble

_PATIENCE = 3
"""How many files a disk may refuse before we believe that it takes nothing any more."""


class Erased(msgspec.Struct, frozen=True):
    """What an erasing took away: the segments that are gone, and how many of the first are untouched."""

    gone: tuple[Written, ...]
    kept: int


class SegmentChain:
    """Takes samples and keeps them; ends when the disk does."""

    def __init__(self, sound: SoundFormat, disk: Reserve, segment_frames: int) -> None:
        """Write segments of so many frames."""
        self.frames = 0
        self.refusal: GovahError | None = None
        self.written: list[Written] = []
        self._sound = sound
        self._disk = disk
        self._segment_frames = segment_frames
        self._slots: deque[SegmentSlot] = deque()
        self._open: SegmentFile | None = None
        self._closed_frames = 0
        self._refused = 0

    def add_slots(self, slots: Iterable[SegmentSlot]) -> None:
        """Take more places for segments."""
        self._slots.extend(slots)

    @property
    def slots_left(self) -> int:
        """How many more segments can be begun."""
        return len(self._slots)

    @property
    def safe_frames(self) -> int:
        """How many frames survive a power cut now."""
        return self._closed_frames + (self._open.safe_frames if self._open is not None else 0)

    def keep(self, samples: Samples) -> None:
        """Take samples; what they fill is on the disk afterwards, or `refusal` says why not."""
        while len(samples) and self.refusal is None:
            try:
                file = self._file()
                # Without a slot left the open segment simply goes on: longer than planned is better than lost.
                room = self._segment_frames - file.frames if self._slots else len(samples)
                piece, samples = samples[:room], samples[room:]
                self.frames += len(piece)
                file.write(piece)
            except (DiskFull, DiskTrouble) as error:
                samples = np.concatenate([self._break_off(error), samples])
            else:
                if self._slots and file.frames >= self._segment_frames:
                    samples = np.concatenate([self._close(), samples])

    def close(self) -> None:
        """Mark the end of the open segment; if the disk refuses even that, try once more elsewhere."""
        self.keep(self._close())
        self._close()

    def fill(self) -> None:
        """End because the disk is full: everything taken up to here is kept."""
        self.refusal = self.refusal or DiskFull(seconds=int(self.frames / self._sound.rate))
        self._close()

    def erase_from(self, frame: int) -> Erased:
        """Destroy every sample from a frame on; what came before it is kept, and recording may go on.

        The segment in which the frame lies is written anew up to there, under another key, before it goes.
        """
        self.keep(self._close())
        gone: list[Written] = []
        at = self.frames
        while self.written and at > frame:
            gone.append(self.written.pop())
            at -= gone[-1].frames
        kept = len(self.written)
        if at < frame:
            self.written.append(self._shortened(gone, frame - at))
        for written in gone:
            # A file that can't be removed loses its key when the recording is finished.
            with suppress(DiskTrouble):
                self._disk.unlink(written.slot.path)
        self.frames = self._closed_frames = sum(written.frames for written in self.written)
        return Erased(tuple(gone), kept)

    def _shortened(self, gone: list[Written], frames: int) -> Written:
        """Return the first frames of the segment that went last, in a file of their own."""
        old = gone[-1]
        try:
            return self._copied(old, frames)
        except (DiskFull, DiskTrouble, IndexError):
            # No room, or no slot: then the old file is cut short, to whole chunks, and stays.
            gone.pop()
            chunks = frames * self._sound.frame_bytes // CHUNK
            old.slot.cut_after(chunks)
            return Written(old.slot, chunks * CHUNK // self._sound.frame_bytes, None, None)

    def _copied(self, old: Written, frames: int) -> Written:
        source = StoredPcm(
            old.slot.reader(allow_unterminated=old.finished is None), self._sound, at_most=min(frames, old.frames)
        )
        try:
            file = SegmentFile(self._slots.popleft(), self._sound, self._disk)
            while len(samples := source.read(PIECE)):
                file.write(samples)
            return file.close()
        finally:
            source.close()

    def _file(self) -> SegmentFile:
        if self._open is None:
            self._open = SegmentFile(self._slots.popleft(), self._sound, self._disk)
        return self._open

    def _close(self) -> Samples:
        if self._open is not None:
            try:
                written = self._open.close()
            except (DiskFull, DiskTrouble) as error:
                return self._break_off(error)
            self._open = None
            self._note(written)
        return self._nothing()

    def _break_off(self, error: DiskFull | DiskTrouble) -> Samples:
        unsafe = self._nothing()
        if self._open is not None:
            unsafe = self._open.unsafe()
            written, self._open = self._open.abandon(), None
            self.frames -= len(unsafe)
            self._note(written)
        self._refused += 1
        if isinstance(error, DiskFull) or self._refused > _PATIENCE or not self._slots:
            self.refusal = self.refusal or error
        return unsafe

    def _note(self, written: Written) -> None:
        self._closed_frames += written.frames
        if written.frames:
            self.written.append(written)

    def _nothing(self) -> Samples:
        return np.zeros((0, self._sound.channels), np.int32)
