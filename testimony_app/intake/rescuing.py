# SPDX-License-Identifier: Apache-2.0
"""What a crash left as sealed chunks becomes FLAC like any other recording.

`prepare` and `finish` touch the database and belong to its thread; `convert` does not. The recording stays
marked as interrupted.
"""

from __future__ import annotations

import msgspec

from testimony_app.audio.format import SoundFormat
from testimony_app.intake.converting import Conversion, Converted
from testimony_app.intake.segments import Written
from testimony_app.model.ids import BlobId
from testimony_app.model.recording import Recording, Segment
from testimony_app.vault.blobs import SegmentSlot
from testimony_app.vault.vault import Vault


class Rescue(msgspec.Struct, frozen=True):
    """One recording whose segments are still sealed chunks."""

    recording: Recording
    sources: dict[int, SegmentSlot]
    targets: dict[int, SegmentSlot]

    @property
    def sound(self) -> SoundFormat:
        """How it is sampled."""
        return SoundFormat(self.recording.sample_rate, self.recording.channels, self.recording.bits)


def prepare(vault: Vault, recording: Recording) -> Rescue:
    """Return what `convert` needs, with a place reserved for each FLAC."""
    chunked = [segment.index for segment in recording.segments if segment.encoding == "pcm"]
    slots = vault.recordings.new_segments(recording.id, len(chunked), "flac") if chunked else ()
    return Rescue(
        recording=recording,
        sources={index: vault.recordings.slot_for(recording.id, index) for index in chunked},
        targets=dict(zip(chunked, slots, strict=True)),
    )


def convert(rescue: Rescue) -> dict[int, Converted]:
    """Return a verified FLAC for each segment; one that could not be made stays as it is."""
    found: dict[int, Converted] = {}
    frames = {segment.index: segment.frames for segment in rescue.recording.segments}
    try:
        for index, source in rescue.sources.items():
            # With a marked end or without: read as far as it is authentic, and digested afresh.
            written = Written(source, frames[index], None, None)
            converted = Conversion(written, rescue.targets[index], rescue.sound).run()
            if converted is not None:
                found[index] = converted
    finally:
        for slot in (*rescue.sources.values(), *rescue.targets.values()):
            slot.wipe()
    return found


def finish(vault: Vault, rescue: Rescue, converted: dict[int, Converted]) -> Recording:
    """Make the FLACs the recording, in one transaction, and return it."""
    recording = rescue.recording
    segments = tuple(_segment(segment, converted.get(segment.index)) for segment in recording.segments)
    sizes: dict[BlobId, tuple[int, str]] = {
        one.blob: (one.finished.byte_count, one.finished.sha512) for one in converted.values()
    }
    return vault.recordings.finish(
        recording.id,
        frames=sum(segment.frames for segment in segments),
        segments=segments,
        gaps=recording.gaps,
        peaks=vault.recordings.peaks(recording.id),
        state=recording.state,
        sizes=sizes,
    )


def rescue_all(vault: Vault, recordings: tuple[Recording, ...]) -> tuple[Recording, ...]:
    """Do all three for each of them, for a caller with one thread; return them as they are now."""
    done = []
    for recording in recordings:
        rescue = prepare(vault, recording)
        done.append(finish(vault, rescue, convert(rescue)) if rescue.sources else recording)
    return tuple(done)


def _segment(before: Segment, converted: Converted | None) -> Segment:
    if converted is None:
        return before
    return Segment(
        index=before.index,
        blob=converted.blob,
        frames=converted.frames,
        encoding="flac",
        sha256=converted.sha256,
    )
