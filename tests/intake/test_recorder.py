# SPDX-License-Identifier: Apache-2.0
"""Blocks of sound become a blob, safe on disk every second, without the microphone ever waiting."""

from __future__ import annotations

import time

import numpy as np
import pytest

from testimony_app.audio import synthetic
from testimony_app.audio.format import SoundFormat, to_flight
from testimony_app.audio.levels import Advice
from testimony_app.audio.ports import Block
from testimony_app.clock import SystemClock
from testimony_app.intake.recorder import Recorder, RecorderState
from testimony_app.intake.taking import RecordingSession
from testimony_app.vault.disk import Disk
from tests.audio.test_format import FORMATS, random_samples
from tests.intake.listening import heard, until


class SlowDisk(Disk):
    """A disk that stalls whenever it is asked to be sure."""

    def __init__(self, seconds):
        self.seconds = seconds
        self.syncs = 0

    def sync(self, descriptor):
        """Stall, then be sure."""
        time.sleep(self.seconds)
        self.syncs += 1
        super().sync(descriptor)


class CountingDisk(Disk):
    """A disk that remembers how much it was given between two times it was asked to be sure."""

    def __init__(self):
        self.unsynced = 0
        self.most_unsynced = 0

    def write_some(self, descriptor, data):
        """Take some, and remember how much."""
        taken = super().write_some(descriptor, data)
        self.unsynced += taken
        self.most_unsynced = max(self.most_unsynced, self.unsynced)
        return taken

    def sync(self, descriptor):
        """Be sure of all of it."""
        super().sync(descriptor)
        self.unsynced = 0


def blocks_of(samples, sound, step=4800):
    return [Block(to_flight(samples[at : at + step], sound), at) for at in range(0, len(samples), step)]


def slots(vault, draft, sound, count=6):
    recording = vault.recordings.begin(draft.id, rate=sound.rate, channels=sound.channels, bits=sound.bits)
    return (
        recording,
        vault.recordings.new_segments(recording.id, count),
        vault.recordings.new_segments(recording.id, count, "flac"),
    )


@pytest.mark.parametrize("sound", FORMATS)
def test_every_sample_is_kept_in_every_format(vault, draft, clock, microphone, sound):
    """Noise, the hardest thing to compress, comes back sample for sample from the verified FLAC."""
    samples = random_samples(sound, sound.rate * 3)

    recording = RecordingSession(vault, microphone, clock).record_blocks(draft.id, blocks_of(samples, sound), sound)

    assert np.array_equal(heard(vault, recording), samples)
    assert [segment.encoding for segment in recording.segments] == ["flac"]
    assert recording.gaps == ()


def test_segments_follow_each_other_without_a_lost_sample(vault, draft, clock, microphone):
    """A recording longer than a segment goes on in the next, to the sample, and no length is too long."""
    sound = SoundFormat()
    samples = random_samples(sound, round(80.5 * sound.rate))
    session = RecordingSession(vault, microphone, clock, segment_seconds=3.0)

    recording = session.record_blocks(draft.id, blocks_of(samples, sound), sound)

    assert len(recording.segments) == 27
    assert [segment.frames for segment in recording.segments[:-1]] == [3 * 48_000] * 26
    assert np.array_equal(heard(vault, recording), samples)


def test_without_a_slot_the_segment_goes_on(vault, draft, clock):
    """If nobody hands in more slots in time, a segment grows longer than planned and nothing is lost."""
    sound = SoundFormat()
    _recording, segments, flac = slots(vault, draft, sound, count=2)
    recorder = Recorder(clock, segment_seconds=1.0)
    recorder.start(sound, segments, flac, counts_time=False)

    for block in synthetic.blocks(5, sound):
        recorder.feed_patiently(block)
    captured = recorder.stop()

    assert [segment.frames for segment in captured.segments] == [48_000, 192_000]
    assert captured.gaps == ()


def test_what_was_said_a_second_ago_is_on_the_disk(vault, draft, clock):
    """No more than one chunk of under half a second is ever waiting to be synced, and progress says what is safe."""
    told, disk, sound = [], CountingDisk(), SoundFormat()
    _recording, segments, flac = slots(vault, draft, sound)
    recorder = Recorder(clock, disk=disk, on_progress=told.append)
    recorder.start(sound, segments, flac, counts_time=False)

    for block in synthetic.blocks(10, sound):
        recorder.feed(block)
        until(lambda block=block: recorder._taken_bytes >= (block.first_frame + 4800) * 4)
        known = recorder._capture
        assert known.seconds - known.safe_seconds <= 0.1 + 65_536 / 144_000
    most = disk.most_unsynced
    recorder.stop()

    assert most <= 65_536 + 16 + 16
    assert all(progress.seconds_safe <= progress.seconds for progress in told)


def test_the_microphone_never_waits(vault, draft):
    """Handing in a block takes microseconds while the disk stalls for most of each second, and nothing is lost."""
    sound, disk = SoundFormat(), SlowDisk(0.36)
    _recording, segments, flac = slots(vault, draft, sound)
    recorder = Recorder(SystemClock(), disk=disk)
    recorder.start(sound, segments, flac)
    blocks, slowest = list(synthetic.blocks(4, sound)), 0.0

    for number, block in enumerate(blocks):
        begun = time.perf_counter()
        recorder.feed(block)
        slowest = max(slowest, time.perf_counter() - begun)
        if number % 10 == 9:
            time.sleep(0.05)
    captured = recorder.stop()

    assert slowest < 0.05
    assert captured.frames == 4 * 48_000
    assert captured.gaps == ()
    assert disk.syncs >= 8


def test_a_full_queue_becomes_a_gap(vault, draft, clock):
    """Sound for which there was no room is missing from a known place, with a known length, and never hidden."""
    sound, disk = SoundFormat(), SlowDisk(0.5)
    _recording, segments, flac = slots(vault, draft, sound)
    recorder = Recorder(clock, disk=disk, queue_seconds=1.0)
    recorder.start(sound, segments, flac, counts_time=False)
    blocks = list(synthetic.blocks(6, sound))

    for block in blocks[:-1]:
        recorder.feed(block)
    until(lambda: recorder._fed_bytes == recorder._taken_bytes)
    disk.seconds = 0.0
    recorder.feed(blocks[-1])
    captured = recorder.stop()

    assert [gap.reason for gap in captured.gaps] == ["overflow"]
    assert captured.frames + round(sum(gap.seconds for gap in captured.gaps) * 48_000) == 6 * 48_000
    assert captured.gaps[0].at_seconds == pytest.approx((captured.frames - 4800) / 48_000)


def test_segments_become_flac_while_recording_goes_on(vault, draft, clock):
    """Closed segments are converted when no sound waits, so that stopping leaves little to do."""
    sound = SoundFormat()
    _recording, segments, flac = slots(vault, draft, sound)
    recorder = Recorder(clock, segment_seconds=2.0)
    recorder.start(sound, segments, flac, counts_time=False)
    for block in synthetic.blocks(5, sound):
        recorder.feed_patiently(block)

    until(lambda: len(recorder._capture.conversions.done) == 2)

    assert recorder.state is RecorderState.RECORDING
    captured = recorder.stop()
    assert [segment.encoding for segment in captured.segments] == ["flac"] * 3


def test_progress_tells_level_and_advice(vault, draft, clock):
    """What the interviewer sees comes from the writer: level, advice, state, at least ten times a second."""
    told, sound = [], SoundFormat()
    _recording, segments, flac = slots(vault, draft, sound)
    recorder = Recorder(clock, on_progress=told.append)
    recorder.start(sound, segments, flac, counts_time=False)
    recorder.feed(Block(to_flight(synthetic.voice(6), sound), 0))

    recorder.stop()

    assert [told[-2].state, told[-1].state] == [RecorderState.SAVING, RecorderState.STOPPED]
    assert told[-1].advice is Advice.GOOD
    assert max(progress.level.peak_dbfs for progress in told) > -18
