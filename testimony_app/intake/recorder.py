# SPDX-License-Identifier: Apache-2.0
"""Blocks of sound become a blob, safe on disk every second, without the microphone ever waiting.

`feed` may be called from the microphone's own thread: it puts the block and the time into a queue and
returns. One writer thread, the only one this program makes for itself, takes them in order and hands them
to a `Capture`. The queue holds ten seconds; what would not fit is dropped, and the hole is written down as a
gap, never hidden. Whenever no sound waits, the thread turns a slice of a closed segment into FLAC.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from enum import StrEnum
from queue import Empty, SimpleQueue
from threading import Thread

import msgspec

from testimony_app.audio.format import SoundFormat
from testimony_app.audio.levels import Advice, Level
from testimony_app.audio.ports import Block
from testimony_app.clock import Clock
from testimony_app.intake.capture import Capture, Captured
from testimony_app.intake.segments import Reserve
from testimony_app.vault.blobs import SegmentSlot
from testimony_app.vault.disk import DISK, Disk

_TOLD_EVERY_SECONDS = 0.08
_IDLE_SECONDS = 0.25
_ROOM_ASKED_EVERY_SECONDS = 5.0
_ERASE_SECONDS = 120.0
"""Ten minutes of sound are written anew in one; a slow stick may need longer, but never this long."""


class RecorderState(StrEnum):
    """What a recorder is doing: the closed list."""

    WAITING = "waiting"
    RECORDING = "recording"
    PAUSED = "paused"
    DEVICE_LOST = "device-lost"
    DISK_FULL = "disk-full"
    SAVING = "saving"
    STOPPED = "stopped"


class Progress(msgspec.Struct, frozen=True):
    """How a recording stands; comes from the writer thread some ten times a second."""

    state: RecorderState
    seconds: float
    seconds_safe: float
    level: Level
    advice: Advice
    clipped: int = 0
    gap_count: int = 0
    gap_seconds: float = 0.0
    queued_seconds: float = 0.0
    room_seconds: float | None = None
    """How much longer the disk has room; none while nobody has looked yet."""


class _Heard(msgspec.Struct, frozen=True, gc=False):
    block: Block
    at: float


class _Said(msgspec.Struct, frozen=True):
    act: Callable[[Capture], None]


class Recorder:
    """Records one take from the first block to the verified FLAC."""

    def __init__(
        self,
        clock: Clock,
        *,
        on_progress: Callable[[Progress], None] | None = None,
        disk: Disk = DISK,
        segment_seconds: float = 600.0,
        queue_seconds: float = 10.0,
    ) -> None:
        """Get ready; `on_progress` is called on the writer thread and must not wait."""
        self._clock = clock
        self.on_progress = on_progress
        self._disk = disk
        self._segment_seconds = segment_seconds
        self._queue_seconds = queue_seconds
        self._queue: SimpleQueue[_Heard | _Said | None] = SimpleQueue()
        self._capture: Capture | None = None
        self._captured: Captured | None = None
        self._thread: Thread | None = None
        self._state = RecorderState.WAITING
        # Each counter is written by one thread only, so neither needs a lock.
        self._fed_bytes = 0
        self._taken_bytes = 0
        self._is_full = False
        self._has_slices = False
        self._converts = True
        self._told_at = 0.0
        self._room_seconds: float | None = None
        self._room_asked_at = 0.0

    def start(
        self,
        sound: SoundFormat,
        segments: Iterable[SegmentSlot],
        flac: Iterable[SegmentSlot] = (),
        *,
        silence_seconds: float = 1.0,
        counts_time: bool = True,
    ) -> None:
        """Start the writer thread; the first slot's folder must be there."""
        segments = tuple(segments)
        self._capture = Capture(
            sound,
            Reserve(segments[0].path.parent, self._disk),
            segment_seconds=self._segment_seconds,
            silence_seconds=silence_seconds,
            counts_time=counts_time,
        )
        self._capture.add_slots(segments, flac)
        self._queue_bytes = int(self._queue_seconds * sound.rate) * sound.flight_bytes
        self._state = RecorderState.RECORDING
        self._thread = Thread(target=self._write, args=(self._capture,), name="govah-writer", daemon=True)
        self._thread.start()

    @property
    def state(self) -> RecorderState:
        """What it is doing."""
        return self._state

    @property
    def slots_left(self) -> int:
        """How many more segments can be begun before `add_slots` is due."""
        return self._capture.slots_left if self._capture is not None else 0

    def feed(self, block: Block) -> None:
        """Take a block, on the microphone's thread, without ever waiting."""
        size = len(block.data)
        if self._is_full or self._fed_bytes - self._taken_bytes + size > self._queue_bytes:
            # Dropped: the next block's number is then further on than expected, and the writer marks a gap.
            return
        self._fed_bytes += size
        self._queue.put(_Heard(block, self._clock.monotonic()))

    def feed_patiently(self, block: Block) -> None:
        """Take a block from a source that can wait, when there is room for it and no segment waits to become FLAC."""
        while self._must_wait(len(block.data)):
            time.sleep(0.002)
        self.feed(block)

    def _must_wait(self, size: int) -> bool:
        if self._is_full or self._thread is None or not self._thread.is_alive():
            return False
        return self._has_slices or self._fed_bytes - self._taken_bytes + size > self._queue_bytes

    def trouble(self, word: str) -> None:
        """Take note that the microphone is gone or silent, on its thread."""
        at = self._clock.monotonic()
        self._say(lambda capture: capture.troubled(word, at))

    def new_stream(self) -> None:
        """Take note that the next blocks come from another stream."""
        self._say(lambda capture: capture.restarted())

    def add_slots(self, segments: Iterable[SegmentSlot], flac: Iterable[SegmentSlot]) -> None:
        """Hand in more slots while recording."""
        segments, flac = tuple(segments), tuple(flac)
        self._say(lambda capture: capture.add_slots(segments, flac))

    def acknowledge_clipping(self) -> None:
        """Count clippings from nought again."""
        self._say(lambda capture: capture.meter.acknowledge_clipping())

    def erase_last(self, seconds: float) -> float:
        """Destroy the last so many seconds of what was recorded; return how many they were, once they are gone."""
        if self._thread is None or not self._thread.is_alive():
            raise RuntimeError("nothing is being recorded")
        answer: SimpleQueue[float] = SimpleQueue()
        self._say(lambda capture: answer.put(capture.erase_last(seconds)))
        return answer.get(timeout=_ERASE_SECONDS)

    def pause(self) -> None:
        """Take note that from here on nothing is heard."""
        self._say(lambda capture: capture.paused())

    def resume(self) -> None:
        """Take note that sound goes on."""
        at = self._clock.monotonic()
        self._say(lambda capture: capture.resumed(at))

    def stop(self, *, converts: bool = True) -> Captured:
        """Write what waits, turn it into FLAC, compare, and return what lies on the disk.

        Without `converts` no FLAC is made: for what is to be discarded.
        """
        if self._thread is None:
            raise RuntimeError("not started")
        if self._captured is None:
            self._converts = converts
            self._queue.put(None)
        self._thread.join()
        if self._captured is None:
            raise RuntimeError("the writer ended early")
        return self._captured

    def _say(self, act: Callable[[Capture], None]) -> None:
        self._queue.put(_Said(act))

    def _write(self, capture: Capture) -> None:
        while True:
            try:
                message = self._queue.get(timeout=0.0 if self._has_slices else _IDLE_SECONDS)
            except Empty:
                capture.idle(self._clock.monotonic())
                self._has_slices = capture.conversions.step()
                self._tell(capture)
                continue
            if message is None:
                break
            if isinstance(message, _Heard):
                capture.heard(message.block, message.at)
                self._taken_bytes += len(message.block.data)
            else:
                message.act(capture)
            self._note_fullness(capture)
            self._tell(capture)
            self._has_slices = self._has_slices or capture.conversions.are_waiting
        self._finish(capture)

    def _note_fullness(self, capture: Capture) -> None:
        if not self._is_full and (capture.is_filling or capture.is_ended):
            # What waits in the queue still fits into the reserve; nothing more is let in.
            self._is_full = True
            self._say(lambda ending: ending.filled())

    def _finish(self, capture: Capture) -> None:
        capture.close(self._clock.monotonic())
        self._tell(capture, RecorderState.SAVING)
        while self._converts and capture.conversions.step():
            self._tell(capture, RecorderState.SAVING)
        self._captured = capture.captured()
        self._tell(capture, RecorderState.STOPPED)

    def _tell(self, capture: Capture, state: RecorderState | None = None) -> None:
        state = state or _state_of(capture)
        now = time.monotonic()
        is_news = state != self._state or now - self._told_at >= _TOLD_EVERY_SECONDS
        self._state = state
        if self.on_progress is None or not is_news:
            return
        self._told_at = now
        self._look_for_room(capture, now)
        bytes_per_second = capture.sound.rate * capture.sound.flight_bytes
        self.on_progress(
            Progress(
                state=state,
                seconds=capture.seconds,
                seconds_safe=capture.safe_seconds,
                level=capture.take_level(),
                advice=capture.advice,
                clipped=capture.meter.clipped,
                gap_count=len(capture.gaps),
                gap_seconds=sum(gap.seconds for gap in capture.gaps),
                queued_seconds=(self._fed_bytes - self._taken_bytes) / bytes_per_second,
                room_seconds=self._room_seconds,
            )
        )

    def _look_for_room(self, capture: Capture, now: float) -> None:
        if self._room_seconds is None or now - self._room_asked_at >= _ROOM_ASKED_EVERY_SECONDS:
            self._room_asked_at = now
            self._room_seconds = capture.room_seconds


def _state_of(capture: Capture) -> RecorderState:
    if capture.is_ended:
        return RecorderState.DISK_FULL
    if capture.trouble:
        return RecorderState.DEVICE_LOST
    return RecorderState.PAUSED if capture.is_paused else RecorderState.RECORDING
