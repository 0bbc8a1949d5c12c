# SPDX-License-Identifier: Apache-2.0
"""A recording: its format, its length, its gaps, its digest."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from testimony_app.model.ids import BlobId, RecordingId


class RecordingState(StrEnum):
    """How far a recording has come."""

    RECORDING = "recording"
    INTERRUPTED = "interrupted"
    COMPLETE = "complete"


class Gap(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Sound that is missing: where it would stand, how long, and why (a word from a closed list)."""

    at_seconds: float
    seconds: float
    reason: str


class Segment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """At most ten minutes of a recording in one blob, without a lost sample to the next."""

    index: int
    blob: BlobId
    frames: int
    encoding: str
    """`pcm` while it is a stream of sealed chunks, `flac` once that was verified."""
    sha256: str = ""
    """Digest of the plain bytes of the blob, once it is complete."""


class Recording(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One take: segments in order, with the format that the microphone really gave."""

    id: RecordingId
    take: int
    kind: str
    """`testimony`, `consent_statement`, `room_tone`, `slate` or `imported`."""
    state: RecordingState
    started_at: str
    sample_rate: int
    bits: int
    channels: int
    frames: int
    device: str = ""
    segments: tuple[Segment, ...] = ()
    gaps: tuple[Gap, ...] = ()
    original: str = ""
    """The attachment that holds the untouched original, when the sound came from elsewhere."""

    @property
    def seconds(self) -> float:
        """Return the length of what is there, gaps not counted."""
        return self.frames / self.sample_rate if self.sample_rate else 0.0
