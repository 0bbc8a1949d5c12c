# SPDX-License-Identifier: Apache-2.0
"""Taking one recording: the vault, the microphone and the recorder, joined for command line and desktop alike.

Who may call what: `begin`, `top_up`, `finish` and `discard` touch the database and belong to its thread;
`start`, `pause`, `resume`, `change_device` and `stop` do not, and may be called from any other. The order is

    begin → start → (pause → resume)* → stop → finish        or, to take it back, → stop → discard

Between `begin` and `finish` the vault knows that something is being recorded and where it would be, so that a
crash at any moment leaves a recording that is found, marked as interrupted, and kept.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress

from testimony_app.audio.errors import FormatRefused, MicrophoneLost
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.ports import Block, Device, Microphone, MicrophoneStream
from testimony_app.clock import Clock
from testimony_app.intake.capture import Captured
from testimony_app.intake.keeper import Keeper
from testimony_app.intake.recorder import Progress, Recorder, RecorderState
from testimony_app.intake.take_under_way import Slots, TakeUnderWay
from testimony_app.machine import Awake, Unheld
from testimony_app.model.ids import TestimonyId
from testimony_app.model.recording import Recording
from testimony_app.vault.disk import DISK, Disk

WANTED = SoundFormat(rate=48_000, channels=1, bits=24)
SLOTS = 12
"""Segments promised at a time: two hours."""
_LOW_SLOTS = 6
_LOOK_EVERY_SECONDS = 0.03
_ENDED = frozenset({RecorderState.DEVICE_LOST, RecorderState.DISK_FULL, RecorderState.STOPPED})


class RecordingSteps:
    """One recording at a time; after `finish` or `discard` the next may begin."""

    def __init__(
        self,
        vault: Keeper,
        microphone: Microphone,
        clock: Clock,
        *,
        disk: Disk = DISK,
        segment_seconds: float = 600.0,
        awake: Awake | None = None,
    ) -> None:
        """Record into this vault, or drop box, from this microphone; `awake` keeps the computer from sleeping."""
        self._vault = vault
        self._microphone = microphone
        self._clock = clock
        self._disk = disk
        self._segment_seconds = segment_seconds
        self._awake: Awake = awake if awake is not None else Unheld()
        self._take: TakeUnderWay | None = None

    @property
    def is_active(self) -> bool:
        """Whether a recording has begun and is neither finished nor discarded."""
        return self._take is not None

    @property
    def recording(self) -> Recording | None:
        """The recording under way, as it was begun."""
        return self._take.recording if self._take is not None else None

    @property
    def progress(self) -> Progress | None:
        """How it stood a moment ago."""
        return self._take.progress if self._take is not None else None

    @property
    def wants_slots(self) -> bool:
        """Whether `top_up` is due: ask now and then, say once a minute."""
        return self._take is not None and self._take.is_started and self._take.recorder.slots_left < _LOW_SLOTS

    # On the vault's thread.

    def begin(
        self,
        testimony: TestimonyId,
        *,
        kind: str = "testimony",
        device: str = "",
        wanted: SoundFormat = WANTED,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> Recording:
        """Write down that a recording starts, in the format the microphone will give, and return it.

        `on_progress` is called on the writer thread. Raises NoMicrophone, FormatRefused.
        """
        sound = self._microphone.probe(device, wanted)
        known = self._device_named(device)
        take = self._begin(testimony, sound, kind=kind, device=known.name if known is not None else device)
        take.device, take.on_progress = device, on_progress
        return take.recording

    def top_up(self) -> None:
        """Promise the recorder two more hours."""
        if self._take is not None and self._take.is_started:
            self._take.recorder.add_slots(*self._new_slots(self._take.recording))

    def finish(self) -> Recording:
        """Make what `stop` returned the recording, in one transaction, and return it.

        Its pauses and changes of microphone go into the custody log with it. A recording without a single
        sample is discarded instead, and returned as it was begun.
        """
        take = self._taken()
        captured = take.captured
        if captured is None:
            raise RuntimeError("nothing was stopped")
        with self._vault.transaction():
            for event, facts in take.events:
                self._vault.custody.append(event, take.testimony, recording=take.recording.id, **facts)
            finished = self._kept(take.recording, captured)
        self._take = None
        return finished

    def discard(self) -> None:
        """Destroy the recording under way: the witness takes it back, or it could not start."""
        if self._take is None:
            return
        self.stop(converts=False)
        self._vault.recordings.discard(self._take.recording.id)
        self._take = None

    # On any other thread.

    def start(self) -> None:
        """Open the microphone and record.

        Raises NoMicrophone, MicrophoneForbidden, MicrophoneBusy, FormatRefused; then call `discard`.
        """
        take = self._taken()
        if self._awake.hold():
            take.note("kept_awake")
        device = self._device_named(take.device)
        take.start(silence_seconds=3.0 if device is not None and device.is_bluetooth else 1.0)
        take.stream = self._opened(take, take.device)

    def pause(self) -> None:
        """Keep what was heard to the last sample, then hear nothing."""
        take = self._taken()
        if take.stream is not None:
            take.stream.pause()
            take.recorder.pause()
            take.note("paused")

    def resume(self) -> None:
        """Hear again."""
        take = self._taken()
        if take.stream is not None:
            take.recorder.resume()
            take.stream.resume()
            take.note("resumed")

    def change_device(self, device: str) -> None:
        """Go on with another microphone, because somebody chose it; the break is marked.

        Raises FormatRefused, with nothing changed, when it can't give the format of this recording; NoMicrophone
        or MicrophoneBusy when it doesn't start: then nothing is heard until another is chosen.
        """
        take = self._taken()
        if self._microphone.probe(device, take.sound) != take.sound:
            raise FormatRefused
        if take.stream is not None:
            take.stream.stop()
        take.recorder.new_stream()
        take.stream = self._opened(take, device)
        take.note("device_changed")

    def erase_last(self, seconds: float) -> float:
        """Destroy the last so many seconds of the recording under way; return how many they were.

        They are gone from the disk when this returns, their keys when the recording is finished.
        """
        take = self._taken()
        erased = take.recorder.erase_last(seconds)
        take.note("minutes_erased", seconds=f"{erased:.1f}")
        return erased

    def acknowledge_clipping(self) -> None:
        """Count clippings from nought again: the interviewer has seen the number."""
        self._taken().recorder.acknowledge_clipping()

    def stop(self, *, converts: bool = True) -> Captured | None:
        """Hear to the last sample, write it, make the FLAC, compare it, and return what lies on the disk.

        Without `converts` no FLAC is made: for what is to be discarded.
        """
        take = self._take
        if take is None:
            return None
        try:
            if take.stream is not None:
                take.stream.stop()
                take.stream = None
            if take.is_started and take.captured is None:
                take.captured = take.recorder.stop(converts=converts)
        finally:
            self._awake.release()
        return take.captured

    def _begin(
        self, testimony: TestimonyId, sound: SoundFormat, *, kind: str, device: str = "", original: str = ""
    ) -> TakeUnderWay:
        if self._take is not None:
            raise RuntimeError("a recording is under way")
        with self._vault.transaction():
            recording = self._vault.recordings.begin(
                testimony,
                rate=sound.rate,
                channels=sound.channels,
                bits=sound.bits,
                kind=kind,
                device=device,
                original=original,
            )
            slots = self._new_slots(recording)
        recorder = Recorder(self._clock, disk=self._disk, segment_seconds=self._segment_seconds)
        take = TakeUnderWay(recording, testimony, sound, slots, recorder)
        recorder.on_progress = take.told
        self._take = take
        return take

    def _taken(self) -> TakeUnderWay:
        if self._take is None:
            raise RuntimeError("no recording is under way")
        return self._take

    def _opened(self, take: TakeUnderWay, device: str) -> MicrophoneStream:
        stream = self._microphone.open(device, take.sound, take.recorder.feed, take.troubled)
        if stream.format != take.sound:
            stream.stop()
            raise FormatRefused
        return stream

    def _kept(self, recording: Recording, captured: Captured) -> Recording:
        if not captured.frames:
            self._vault.recordings.discard(recording.id)
            return recording
        return self._vault.recordings.finish(
            recording.id,
            frames=captured.frames,
            gaps=captured.gaps,
            segments=captured.segments,
            peaks=captured.peaks.to_bytes(),
            sizes=captured.sizes,
        )

    def _device_named(self, wanted: str) -> Device | None:
        devices = self._microphone.devices()
        return next((one for one in devices if wanted in {one.id, one.name} or (not wanted and one.is_default)), None)

    def _new_slots(self, recording: Recording) -> Slots:
        recordings = self._vault.recordings
        return recordings.new_segments(recording.id, SLOTS), recordings.new_segments(recording.id, SLOTS, "flac")


class RecordingSession(RecordingSteps):
    """The steps, and the whole of it for callers that have only one thread."""

    def record_for(
        self,
        testimony: TestimonyId,
        seconds: float,
        *,
        device: str = "",
        progress: Callable[[float], None] | None = None,
    ) -> Recording:
        """Record for so many seconds and return the recording; Ctrl-C ends it early and keeps it.

        Raises MicrophoneLost or DiskFull after having kept what there is.
        """
        self.begin(testimony, device=device)
        try:
            self.start()
        except BaseException:
            self.discard()
            raise
        with suppress(KeyboardInterrupt):
            self._wait(seconds, progress)
        was_lost = self._taken().recorder.state is RecorderState.DEVICE_LOST
        recording = self._finished()
        if was_lost:
            raise MicrophoneLost(seconds=round(recording.seconds, 1))
        return recording

    def record_blocks(
        self,
        testimony: TestimonyId,
        blocks: Iterable[Block],
        sound: SoundFormat,
        *,
        kind: str = "testimony",
        original: str = "",
    ) -> Recording:
        """Record blocks from a caller who can wait, by the same recorder, as fast as the disk allows.

        Raises DiskFull after having kept what there is.
        """
        self.begin_blocks(testimony, sound, kind=kind, original=original)
        waiting = iter(blocks)
        try:
            while not self.take_blocks(waiting):
                self.top_up()
        except BaseException:
            self.discard()
            raise
        return self._finished()

    def begin_blocks(
        self, testimony: TestimonyId, sound: SoundFormat, *, kind: str = "testimony", original: str = ""
    ) -> Recording:
        """Write down that a recording of blocks starts, and return it (vault thread)."""
        return self._begin(testimony, sound, kind=kind, original=original).recording

    def take_blocks(self, blocks: Iterator[Block]) -> bool:
        """Record blocks from a caller who can wait (any thread); False when `top_up` is due before the next.

        True when there are no more, or when the disk takes no more.
        """
        take = self._taken()
        if not take.is_started:
            take.start(counts_time=False)
        for block in blocks:
            take.recorder.feed_patiently(block)
            if take.recorder.state is RecorderState.DISK_FULL:
                return True
            if self.wants_slots:
                return False
        return True

    def _wait(self, seconds: float, progress: Callable[[float], None] | None) -> None:
        take = self._taken()
        while take.recorder.state not in _ENDED:
            done = take.progress.seconds if take.progress is not None else 0.0
            if progress is not None:
                progress(min(done, seconds))
            if done >= seconds:
                return
            time.sleep(_LOOK_EVERY_SECONDS)
            self._microphone.attend()
            if self.wants_slots:
                self.top_up()

    def _finished(self) -> Recording:
        captured = self.stop()
        recording = self.finish()
        if captured is not None and captured.refusal is not None:
            raise captured.refusal
        return recording
