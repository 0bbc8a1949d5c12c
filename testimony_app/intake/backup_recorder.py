# SPDX-License-Identifier: Apache-2.0
"""A second recorder that runs along: its serial number, the mark to lay both by, and later the sound of its card.

A clap, heard by both, is marked at the start. When the card is brought, its sound is taken in untouched beside
our recording; where the same seconds are heard in it is looked for, and marked there too; and the digests of both go
into the log, so that neither can be exchanged later.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from testimony_app.audio import alignment
from testimony_app.audio.alignment import Envelope, Found
from testimony_app.audio.format import SoundFormat, from_flight
from testimony_app.audio.ports import Block, PcmReader
from testimony_app.clock import Clock, stamp
from testimony_app.errors import GovahError
from testimony_app.intake.importing import Progress, SoundImport, in_one_go, must_be_draft
from testimony_app.model.ids import RecordingId, TestimonyId, new_id
from testimony_app.model.recording import Recording
from testimony_app.model.testimony import Note
from testimony_app.vault import sound
from testimony_app.vault.vault import Vault

SYNC_MARK = "sync_mark"
_PIECE_SECONDS = 20.0
"""So much of ours is looked for: around the clap, or from the start where nobody marked one."""
_SEARCHED_SECONDS = 1800.0
"""The second recorder is switched on before ours, not half an hour before."""


class BackupRecorder:
    """The backup recorder of one vault's interviews; everything here belongs to the vault's thread."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        """Work on an open vault."""
        self._vault = vault
        self._clock = clock

    def runs_along(self, testimony: TestimonyId, serial: str) -> None:
        """Write down which recorder runs along; the same one again is not news."""
        must_be_draft(self._vault, testimony)
        if serial and serial != self.serial_of(testimony):
            self._vault.custody.append("backup_recorder", testimony, serial=serial)

    def serial_of(self, testimony: TestimonyId) -> str:
        """Return which recorder runs along, if somebody said so."""
        told = (one for one in self._vault.custody.entries(testimony) if one.event == "backup_recorder")
        return max(((one.seq, str(one.facts["serial"])) for one in told), default=(0, ""))[1]

    def mark(self, testimony: TestimonyId, recording: RecordingId, at_seconds: float) -> Note:
        """Return the mark of a clap that both recorders heard."""
        return _marked(self._vault, self._clock, testimony, recording, at_seconds)

    def bring(
        self, testimony: TestimonyId, card: Path, beside: RecordingId, progress: Progress | None = None
    ) -> Recording:
        """Take a file of its card in beside one of our recordings, and return the listening copy.

        Raises NotADraft, NotReadableSound, NotFound; then nothing was changed.
        """
        return in_one_go(self.under_way(testimony, card, beside), progress)

    def under_way(self, testimony: TestimonyId, card: Path, beside: RecordingId) -> CardImport:
        """Return an import of a file of its card that is taken step by step, each on the thread where it belongs."""
        return CardImport(self._vault, self._clock, testimony, card, beside)


class CardImport(SoundImport):
    """One file of the second recorder's card on its way in, laid beside a recording of ours."""

    def __init__(self, vault: Vault, clock: Clock, testimony: TestimonyId, card: Path, beside: RecordingId) -> None:
        """Import this file of the card; nothing has been done yet."""
        super().__init__(vault, clock, testimony, card, title=card.name)
        self._clock = clock
        self._ours = vault.recordings.get(beside)
        self._mark: float | None = None
        self._open_ours: Callable[[], PcmReader] | None = None
        self._heard: Envelope | None = None
        self._place: Found | None = None
        self._piece_at = 0.0

    def begin(self) -> None:
        """Write down that an import starts, and find what ours is opened with (vault thread). Raises NotFound."""
        self._open_ours = sound.prepare(self._vault, self._ours)
        super().begin()
        notes = self._vault.testimonies.get(self._testimony).notes
        ours = (note for note in notes if note.kind == SYNC_MARK and note.recording == self._ours.id)
        self._mark = next((note.at_seconds for note in ours), None)

    def hear(self, block: Block) -> None:
        """Take note of how loud it is, to lay it beside ours."""
        if self._heard is None:
            self._heard = Envelope(self._format, _SEARCHED_SECONDS)
        self._heard.add(from_flight(block.data, self._format))

    def read(self, progress: Progress | None = None, is_cancelled: Callable[[], bool] | None = None) -> bool:
        """Do as any import does, then look for our seconds in it (any thread)."""
        is_read = super().read(progress, is_cancelled)
        if is_read:
            self._place = self._looked_for()
        return is_read

    def finish(self) -> Recording:
        """Make it part of the testimony, with both digests in the log and the mark in both (vault thread)."""
        vault, ours = self._vault, self._ours
        with vault.transaction():
            copy = super().finish()
            facts = {
                "ours": ours.id,
                "ours_sha256": " ".join(segment.sha256 for segment in ours.segments),
                "copy": copy.id,
                "copy_sha256": self.original.sha256,
            }
            if self._place is not None:
                offset = self._place.at_seconds - self._piece_at
                facts |= {"offset_seconds": f"{offset:.3f}", "alike": f"{self._place.alike:.2f}"}
                at = offset + (self._mark if self._mark is not None else 0.0)
                _marked(vault, self._clock, self._testimony, copy.id, max(0.0, at))
            vault.custody.append("backup_imported", self._testimony, **facts)
        return copy

    def _looked_for(self) -> Found | None:
        if self._open_ours is None or self._heard is None:
            return None
        self._piece_at = max(0.0, (self._mark or 0.0) - _PIECE_SECONDS / 2)
        try:
            reader = self._open_ours()
        except GovahError:
            # Ours can't be read: that is told where it is listened to, and the card is kept all the same.
            return None
        try:
            return alignment.find(_loudness(reader, self._piece_at), self._heard.loudness())
        finally:
            reader.close()


def _loudness(reader: PcmReader, from_seconds: float) -> alignment.Loudness:
    form: SoundFormat = reader.format
    heard = Envelope(form, _PIECE_SECONDS)
    reader.seek(form.frames(from_seconds))
    while not heard.is_full and len(samples := reader.read(form.rate)):
        heard.add(samples)
    return heard.loudness()


def _marked(vault: Vault, clock: Clock, testimony: TestimonyId, recording: RecordingId, at_seconds: float) -> Note:
    note = Note(
        id=new_id(),
        kind=SYNC_MARK,
        text="",
        at_seconds=round(at_seconds, 1),
        recording=recording,
        at=stamp(clock.now()),
    )
    vault.testimonies.add_note(testimony, note)
    return note
