# SPDX-License-Identifier: Apache-2.0
"""After a power cut: finish what was being written, and write down that it happened.

A recording that was never finished keeps every whole chunk that reached the disk; what was in memory, less than
a second, is lost. The file is never written to again: it stays without its end and the row says so.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from testimony_app.audio.format import SoundFormat
from testimony_app.crypto.errors import PayloadTampered
from testimony_app.model.ids import Code, RecordingId, TestimonyId
from testimony_app.model.recording import Gap, Recording, RecordingState, Segment
from testimony_app.vault.blobs import SegmentSlot
from testimony_app.vault.errors import BlobDamaged

if TYPE_CHECKING:
    from testimony_app.vault.vault import Vault

LOST_AT_MOST = 1.0
IMPORTED = "imported"


class Recovered(msgspec.Struct, frozen=True):
    """A recording that a crash cut: whose it is, what was kept, and the most that can be missing."""

    testimony: TestimonyId
    code: Code
    recording: RecordingId
    seconds: float
    lost_at_most: float


def recover(vault: Vault) -> tuple[Recovered, ...]:
    """Finish every recording that a crash left, mark it as interrupted, and return what was kept.

    Of a file that was being taken in nothing stays: it is still where it came from, and is taken in anew.
    """
    unfinished = vault.recordings.unfinished()
    for recording in unfinished:
        if recording.kind == IMPORTED:
            vault.recordings.discard(recording.id)
    return tuple(_recover(vault, recording) for recording in unfinished if recording.kind != IMPORTED)


def _recover(vault: Vault, recording: Recording) -> Recovered:
    sound = SoundFormat(rate=recording.sample_rate, channels=recording.channels, bits=recording.bits)
    written = _written(vault.recordings.slots(recording.id))
    segments = tuple(
        Segment(index=slot.index, blob=slot.blob, frames=max(0, size) // sound.frame_bytes, encoding="pcm")
        for slot, size in written
    )
    unopened = {slot.blob: (0, "") for slot, size in written if size < 0}
    frames = sum(segment.frames for segment in segments)
    seconds = sound.seconds(frames)
    testimony = vault.recordings.testimony_of(recording.id)
    gaps = (*recording.gaps, Gap(at_seconds=seconds, seconds=0.0, reason="interrupted"))
    with vault.transaction():
        vault.recordings.finish(
            recording.id,
            frames=frames,
            segments=segments,
            gaps=gaps,
            state=RecordingState.INTERRUPTED,
            sizes=unopened,
        )
        vault.testimonies.set_remark(testimony, "interrupted")
        facts = {"recording": recording.id, "seconds": seconds, "lost_at_most": LOST_AT_MOST}
        vault.custody.append("interrupted", testimony, **facts)
    code = vault.testimonies.row(testimony).code
    return Recovered(TestimonyId(testimony), code, recording.id, seconds, LOST_AT_MOST)


def _written(slots: tuple[SegmentSlot, ...]) -> list[tuple[SegmentSlot, int]]:
    """Return the slots that hold anything, each with how many bytes of it are authentic."""
    found = []
    for slot in slots:
        try:
            with slot.reader(allow_unterminated=True) as reader:
                size = reader.size()
        except BlobDamaged:
            size = 0  # the file was never made, or has not even its nonce
        except PayloadTampered:
            size = -1  # not a power cut's doing: kept as it is for whoever can look into it
        finally:
            slot.wipe()
        if size:
            found.append((slot, size))
    return found
