# SPDX-License-Identifier: Apache-2.0
"""Recordings, begun, finished, cut by a crash, taken back."""

from __future__ import annotations

import os

import msgspec
import pytest

from testimony_app.crypto.stream import CHUNK, SEALED_CHUNK
from testimony_app.model.ids import new_id
from testimony_app.model.recording import Gap, RecordingState, Segment
from testimony_app.vault.errors import NotFound
from testimony_app.vault.recovery import recover
from tests.builders import a_testimony, write_recording


@pytest.fixture
def testimony(vault):
    """Return a draft in the vault."""
    return vault.testimonies.add(a_testimony())


def begin(vault, testimony):
    """Begin a recording at 48 kHz, 24 bit, mono."""
    return vault.recordings.begin(testimony.id, rate=48_000, channels=1, bits=24, device="a microphone")


def test_a_recording_is_written_down_before_its_first_byte(vault, testimony):
    """The row and the keys stand, the files do not."""
    recording = begin(vault, testimony)
    slots = vault.recordings.new_segments(recording.id, 3)

    assert vault.recordings.unfinished() == (recording,)
    assert [slot.index for slot in slots] == [0, 1, 2]
    assert all(slot.path.parent.is_dir() and not slot.path.exists() for slot in slots)
    assert [slot.index for slot in vault.recordings.new_segments(recording.id, 2)] == [3, 4]
    assert [slot.index for slot in vault.recordings.new_segments(recording.id, 2, "flac")] == [0, 1]


def test_a_finished_recording_keeps_its_segments_and_drops_the_rest(vault, testimony):
    """Slots that were not used lose key and file."""
    recording = begin(vault, testimony)
    first, second, _third = vault.recordings.new_segments(recording.id, 3)
    content = os.urandom(300_000)
    for slot in (first, second):
        with slot.writer() as writer:
            writer.write(content)
            finished = writer.finish()
    segment = Segment(index=0, blob=first.blob, frames=100_000, encoding="pcm")
    gaps = (Gap(at_seconds=1.0, seconds=0.5, reason="device_lost"),)

    done = vault.recordings.finish(recording.id, frames=100_000, segments=[segment], gaps=gaps, peaks=b"peaks")

    assert done == msgspec.structs.replace(
        recording, state=RecordingState.COMPLETE, frames=100_000, segments=(segment,), gaps=gaps
    )
    assert vault.testimonies.get(testimony.id).recordings == (done,)
    assert vault.testimonies.row(testimony.id).seconds == pytest.approx(100_000 / 48_000)
    assert [path.name for path in vault.blobs.files()] == [first.blob]
    assert vault.recordings.peaks(recording.id) == b"peaks"
    assert finished.blob == second.blob
    with vault.blobs.open(first.blob) as reader:
        assert reader.read() == content


def test_takes_are_numbered(vault, testimony):
    """Each recording of a testimony is the next take."""
    takes = [write_recording(vault, testimony.id, bytes(3000)).take for _ in range(3)]

    assert takes == [1, 2, 3]


def test_only_what_was_told_counts_as_length(vault, testimony):
    """Room tone does not make a testimony longer."""
    write_recording(vault, testimony.id, bytes(144_000))
    write_recording(vault, testimony.id, bytes(144_000), seconds_of_kind="room_tone")

    assert vault.testimonies.row(testimony.id).seconds == 1.0


def test_a_flac_takes_the_place_of_the_samples(vault, testimony):
    """The samples' key and file go when their FLAC is in."""
    recording = write_recording(vault, testimony.id, bytes(144_000))
    before = recording.segments[0].blob
    with vault.blobs.create() as writer:
        writer.write(b"fLaC...")
        finished = writer.finish()

    after = vault.recordings.replace_with_flac(recording.id, 0, finished, sha256="ab" * 32)

    assert after.segments == (Segment(index=0, blob=finished.blob, frames=48_000, encoding="flac", sha256="ab" * 32),)
    assert (after.frames, after.state) == (48_000, RecordingState.COMPLETE)
    assert not vault.blobs.path(before).exists()


def test_a_take_can_be_taken_back(vault, testimony):
    """Rows, keys and files of a take go; the log keeps that it was there."""
    recording = write_recording(vault, testimony.id, bytes(144_000))

    vault.recordings.discard(recording.id)

    assert vault.testimonies.get(testimony.id).recordings == ()
    assert vault.testimonies.row(testimony.id).seconds == 0
    assert list(vault.blobs.files()) == []
    assert vault.custody.entries(testimony.id)[-1].event == "recording_discarded"
    with pytest.raises(NotFound):
        vault.recordings.get(recording.id)


def test_later_volumes_extend_a_recording(vault, testimony):
    """Segments that come in another volume join the first ones."""
    recording = write_recording(vault, testimony.id, bytes(3000))
    with vault.blobs.create() as writer:
        writer.write(bytes(3000))
        finished = writer.finish()
    vault.blobs.keep(finished)

    vault.recordings.extend(recording.id, [Segment(index=1, blob=finished.blob, frames=1000, encoding="flac")])

    assert [segment.index for segment in vault.recordings.get(recording.id).segments] == [0, 1]


@pytest.mark.parametrize("torn", [0, 1, 15, 16, 17, 5000, CHUNK + 15])
def test_a_power_cut_keeps_every_whole_chunk(vault, testimony, reopen, torn):
    """What was sealed before the cut is kept, told, and plays; a torn tail and unused slots go."""
    recording = begin(vault, testimony)
    slots = vault.recordings.new_segments(recording.id, 3)
    vault.recordings.new_segments(recording.id, 1, "flac")[0].writer().abandon()
    content = os.urandom(5 * CHUNK)
    with slots[0].writer() as writer:
        writer.write(content)
        writer.finish()
    writer = slots[1].writer()
    writer.write(content)
    writer.sync()
    writer.abandon()
    with slots[1].path.open("ab") as file:
        file.write(os.urandom(torn))
    slots[2].writer().abandon()

    vault = reopen(vault)
    (recovered,) = recover(vault)

    frames = 5 * CHUNK // 3 + 4 * CHUNK // 3
    assert recovered.seconds == pytest.approx(frames / 48_000)
    assert recovered.lost_at_most == 1.0
    kept = vault.recordings.get(recording.id)
    assert (kept.state, kept.frames, len(kept.segments)) == (RecordingState.INTERRUPTED, frames, 2)
    assert kept.gaps[-1].reason == "interrupted"
    with vault.blobs.open(slots[1].blob) as reader:
        assert reader.read() == content[: 4 * CHUNK]
        assert reader.is_unterminated
    assert sorted(path.name for path in vault.blobs.files()) == sorted(slot.blob for slot in slots[:2])
    assert vault.testimonies.row(testimony.id).remark == "interrupted"
    assert [entry.event for entry in vault.custody.entries(testimony.id)][-1] == "interrupted"
    assert recover(vault) == ()
    assert reopen(vault).recordings.get(recording.id) == kept


def test_a_recording_cut_before_its_first_chunk_is_kept_as_empty(vault, testimony, reopen):
    """Nothing on the disk is said to be nothing."""
    recording = begin(vault, testimony)
    slot = vault.recordings.new_segments(recording.id, 1)[0]
    writer = slot.writer()
    writer.write(bytes(1000))
    writer.abandon()

    vault = reopen(vault)

    assert [recovered.seconds for recovered in recover(vault)] == [0.0]
    assert vault.recordings.get(recording.id).segments == ()


def test_an_altered_file_does_not_stop_recovery(vault, testimony, reopen):
    """A file that is not what was written is kept for experts, and the rest is recovered."""
    recording = begin(vault, testimony)
    slots = vault.recordings.new_segments(recording.id, 2)
    for slot in slots:
        writer = slot.writer()
        writer.write(bytes(4 * CHUNK))
        writer.sync()
        writer.abandon()
    slots[0].path.write_bytes(os.urandom(3 * SEALED_CHUNK))

    vault = reopen(vault)
    (recovered,) = recover(vault)

    assert recovered.seconds == pytest.approx(CHUNK / 48_000)
    assert slots[0].path.exists()


def test_an_unknown_recording_is_refused(vault):
    """Finishing, discarding or reading what isn't there is refused."""
    with pytest.raises(NotFound):
        vault.recordings.finish(new_id(), frames=0, segments=[])
    with pytest.raises(NotFound):
        vault.recordings.discard(new_id())
    with pytest.raises(NotFound):
        vault.recordings.slot_for(new_id(), 0)
