# SPDX-License-Identifier: Apache-2.0
"""Somebody else's recording, kept untouched, with a listening copy of it made by our own recorder."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from testimony_app.audio.convert import open_sound
from testimony_app.audio.errors import NoMicrophone
from testimony_app.audio.format import SoundFormat, to_flight
from testimony_app.audio.ports import Block, Device, MicrophoneStream, PcmReader
from testimony_app.clock import Clock
from testimony_app.intake.taking import RecordingSession
from testimony_app.model.ids import TestimonyId
from testimony_app.model.recording import Recording
from testimony_app.vault.vault import Vault

_BLOCK_SECONDS = 0.1


def import_sound(vault: Vault, clock: Clock, testimony: TestimonyId, path: Path, *, title: str = "") -> Recording:
    """Keep a sound file untouched as an attachment, make a listening copy of it as a take, and return the take.

    Raises NotReadableSound, with nothing changed, when we can't read it: attach it as a document then.
    """
    source = open_sound(path)
    try:
        with path.open("rb") as original:
            attachment = vault.testimonies.attach(
                testimony, original, media_type=source.media_type, title=title, role="original"
            )
        session = RecordingSession(vault, NoMicrophoneNeeded(), clock)
        return session.record_blocks(testimony, _blocks(source), source.format, kind="imported", original=attachment.id)
    finally:
        source.close()


def _blocks(reader: PcmReader) -> Iterator[Block]:
    first = 0
    while len(samples := reader.read(reader.format.frames(_BLOCK_SECONDS))):
        yield Block(to_flight(samples, reader.format), first)
        first += len(samples)


class NoMicrophoneNeeded:
    """What a session is given that never listens."""

    def devices(self) -> tuple[Device, ...]:
        """Return none."""
        return ()

    def attend(self) -> None:
        """Have no news."""

    def probe(self, device: str, wanted: SoundFormat) -> SoundFormat:
        """Refuse."""
        raise NoMicrophone

    def open(
        self,
        device: str,
        wanted: SoundFormat,
        on_block: Callable[[Block], None],
        on_trouble: Callable[[str], None],
    ) -> MicrophoneStream:
        """Refuse."""
        raise NoMicrophone
