# SPDX-License-Identifier: Apache-2.0
"""Somebody else's recording, kept untouched, with a listening copy of it made by our own recorder.

The file is parsed in a confined process (audio/decoding.py) that may write nothing; its samples come over a pipe
and go into sealed blobs like a microphone's. A file that breaks off is kept as far as it goes, and the log says so.
"""

from __future__ import annotations

import mimetypes
from collections.abc import Callable, Iterator
from pathlib import Path

from testimony_app.audio.decoding import DecodedSound
from testimony_app.audio.errors import NoMicrophone
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.ports import Block, Device, MicrophoneStream
from testimony_app.clock import Clock
from testimony_app.intake.errors import NotADraft
from testimony_app.intake.taking import RecordingSession
from testimony_app.model.ids import TestimonyId
from testimony_app.model.recording import Recording
from testimony_app.model.testimony import State
from testimony_app.vault.vault import Vault

_UNKNOWN = "audio/unknown"
_OTHER_ENDINGS = frozenset({".amr", ".3gp", ".3gpp", ".3g2", ".wma", ".opus", ".oga", ".m4a", ".m4b", ".caf", ".w64",
    ".rf64", ".bwf", ".flac", ".aac", ".mka", ".mkv", ".webm", ".awb"})  # fmt: skip
"""Sound that not every computer's own list of file kinds knows."""


def import_sound(vault: Vault, clock: Clock, testimony: TestimonyId, path: Path, *, title: str = "") -> Recording:
    """Keep a sound file untouched as an attachment, make a listening copy of it as a take, and return the take.

    Raises NotADraft; NotReadableSound, with nothing changed, when we can't read it: attach it as a document then.
    """
    found = vault.testimonies.row(testimony)
    if found.state is not State.DRAFT:
        raise NotADraft(code=found.code)
    media_type = _look(path)
    with path.open("rb") as file:
        original = vault.testimonies.attach(testimony, file, media_type=media_type, title=title, role="original")
    # A second process: the first would have stood still for as long as a large file takes to be sealed.
    with DecodedSound(path) as sound:
        session = RecordingSession(vault, NoMicrophoneNeeded(), clock)
        recording = session.record_blocks(
            testimony, _blocks(sound), sound.format, kind="imported", original=original.id
        )
        if not sound.is_whole:
            vault.custody.append(
                "import_incomplete", testimony, recording=recording.id, seconds=f"{recording.seconds:.1f}"
            )
    return recording


def looks_like_sound(path: Path) -> bool:
    """Tell whether a file's name is one of a sound or a film; what it really is shows when it is read."""
    kind = mimetypes.guess_type(path.name)[0] or ""
    return kind.startswith(("audio/", "video/")) or path.suffix.lower() in _OTHER_ENDINGS


def _look(path: Path) -> str:
    """Return what kind of sound a file holds, having decoded no more than its beginning."""
    with DecodedSound(path) as sound:
        if sound.media_type != _UNKNOWN:
            return sound.media_type
    return mimetypes.guess_type(path.name)[0] or "application/octet-stream"


def _blocks(sound: DecodedSound) -> Iterator[Block]:
    while (block := sound.read()) is not None:
        yield block


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
