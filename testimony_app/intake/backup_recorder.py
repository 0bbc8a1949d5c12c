# SPDX-License-Identifier: Apache-2.0
"""A second recorder that runs along: its serial number, the mark to lay both by, and later the sound of its card.

A clap, heard by both, is marked at the start. When the card is brought, its sound is taken in untouched beside
our recording, and the digests of both go into the log, so that neither can be exchanged later.
"""

from __future__ import annotations

from pathlib import Path

from testimony_app.clock import Clock, stamp
from testimony_app.intake.importing import import_sound
from testimony_app.model.ids import RecordingId, TestimonyId, new_id
from testimony_app.model.recording import Recording
from testimony_app.model.testimony import Note
from testimony_app.vault.vault import Vault

SYNC_MARK = "sync_mark"


class BackupRecorder:
    """The backup recorder of one vault's interviews; everything here belongs to the vault's thread."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        """Work on an open vault."""
        self._vault = vault
        self._clock = clock

    def runs_along(self, testimony: TestimonyId, serial: str) -> None:
        """Write down which recorder runs along."""
        self._vault.custody.append("backup_recorder", testimony, serial=serial)

    def mark(self, testimony: TestimonyId, recording: RecordingId, at_seconds: float) -> Note:
        """Return the mark of a clap that both recorders heard."""
        note = Note(
            id=new_id(),
            kind=SYNC_MARK,
            text="",
            at_seconds=round(at_seconds, 1),
            recording=recording,
            at=stamp(self._clock.now()),
        )
        self._vault.testimonies.add_note(testimony, note)
        return note

    def bring(self, testimony: TestimonyId, card: Path, beside: RecordingId) -> Recording:
        """Take a file of its card in beside one of our recordings, and return the listening copy.

        Raises NotADraft, NotReadableSound, NotFound; then nothing was changed.
        """
        ours = self._vault.recordings.get(beside)
        copy = import_sound(self._vault, self._clock, testimony, card, title=card.name)
        attachments = self._vault.testimonies.get(testimony).attachments
        original = next(one for one in attachments if one.id == copy.original)
        self._vault.custody.append(
            "backup_imported",
            testimony,
            ours=ours.id,
            ours_sha256=" ".join(segment.sha256 for segment in ours.segments),
            copy=copy.id,
            copy_sha256=original.sha256,
        )
        return copy
