# SPDX-License-Identifier: Apache-2.0
"""What is known of one recording from the moment it begins until it is finished or discarded."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

from testimony_app.audio.format import SoundFormat
from testimony_app.audio.ports import MicrophoneStream
from testimony_app.errors import Fact
from testimony_app.intake.capture import Captured
from testimony_app.intake.recorder import Progress, Recorder
from testimony_app.model.ids import TestimonyId
from testimony_app.model.recording import Recording
from testimony_app.vault.blobs import SegmentSlot

Slots: TypeAlias = tuple[tuple[SegmentSlot, ...], tuple[SegmentSlot, ...]]
"""Places for the samples, and for the FLAC that each becomes."""


@dataclass
class TakeUnderWay:
    """What a session holds from `begin` to `finish`."""

    recording: Recording
    testimony: TestimonyId
    sound: SoundFormat
    slots: Slots
    recorder: Recorder
    device: str = ""
    on_progress: Callable[[Progress], None] | None = None
    stream: MicrophoneStream | None = None
    is_started: bool = False
    captured: Captured | None = None
    progress: Progress | None = None
    events: list[tuple[str, dict[str, Fact]]] = field(default_factory=list)

    def told(self, progress: Progress) -> None:
        """Keep how it stands, and pass it on."""
        self.progress = progress
        if self.on_progress is not None:
            self.on_progress(progress)

    def troubled(self, word: str) -> None:
        """Pass a microphone's trouble on to the recorder, and remember it for the log."""
        self.recorder.trouble(word)
        self.note("device_lost", reason=word)

    def note(self, event: str, **facts: Fact) -> None:
        """Remember an event until the database is at hand."""
        at = self.progress.seconds if self.progress is not None else 0.0
        self.events.append((event, {"at_seconds": f"{at:.1f}", **facts}))

    def start(self, *, silence_seconds: float = 1.0, counts_time: bool = True) -> None:
        """Start the recorder."""
        self.recorder.start(self.sound, *self.slots, silence_seconds=silence_seconds, counts_time=counts_time)
        self.is_started = True
