# SPDX-License-Identifier: Apache-2.0
"""A second recorder runs along, and its card comes beside our recording."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
import soundfile

from testimony_app.audio import synthetic
from testimony_app.audio.errors import NotReadableSound
from testimony_app.audio.format import SoundFormat
from testimony_app.intake.backup_recorder import SYNC_MARK, BackupRecorder
from testimony_app.intake.taking import RecordingSession
from testimony_app.vault.errors import NotFound


@pytest.fixture
def backup(vault, clock):
    """Return the backup recorder of the vault."""
    return BackupRecorder(vault, clock)


@pytest.fixture
def ours(vault, draft, microphone, clock):
    """Return our own recording of the same voice."""
    session = RecordingSession(vault, microphone, clock, segment_seconds=2.0)
    return session.record_blocks(draft.id, synthetic.blocks(3, SoundFormat()), SoundFormat())


def the_card(tmp_path):
    soundfile.write(tmp_path / "ZOOM0001.wav", synthetic.voice(3), 48_000, subtype="PCM_24")
    return tmp_path / "ZOOM0001.wav"


def test_its_card_comes_in_beside_ours_with_both_digests(vault, draft, backup, ours, tmp_path):
    """Serial, clap and both digests stand in the log; the file of the card is kept untouched."""
    card = the_card(tmp_path)

    backup.runs_along(draft.id, "H1n 004711")
    note = backup.mark(draft.id, ours.id, 2.04)
    copy = backup.bring(draft.id, card, ours.id)

    logged = {entry.event: entry.facts for entry in vault.custody.entries(draft.id)}
    assert logged["backup_recorder"]["serial"] == "H1n 004711"
    assert logged["backup_imported"]["copy_sha256"] == hashlib.sha256(card.read_bytes()).hexdigest()
    assert logged["backup_imported"]["ours_sha256"].split() == [segment.sha256 for segment in ours.segments]
    assert (logged["backup_imported"]["ours"], logged["backup_imported"]["copy"]) == (ours.id, copy.id)
    assert (note.kind, note.at_seconds, note.recording) == (SYNC_MARK, 2.0, ours.id)
    assert backup.serial_of(draft.id) == "H1n 004711"
    assert vault.testimonies.get(draft.id).recordings == (ours, copy)


def test_the_clap_is_marked_in_both(vault, draft, backup, ours, tmp_path):
    """The other recorder was switched on four seconds earlier: our seconds are found there, and the clap marked."""
    early = np.concatenate([np.zeros((4 * 48_000, 1), np.int32), synthetic.voice(3)])
    soundfile.write(tmp_path / "card.wav", early, 48_000, subtype="PCM_24")
    backup.mark(draft.id, ours.id, 1.5)

    copy = backup.bring(draft.id, tmp_path / "card.wav", ours.id)

    marks = {note.recording: note.at_seconds for note in vault.testimonies.get(draft.id).notes}
    (imported,) = (entry for entry in vault.custody.entries(draft.id) if entry.event == "backup_imported")
    assert marks == {ours.id: 1.5, copy.id: 5.5}
    assert float(imported.facts["offset_seconds"]) == pytest.approx(4.0, abs=0.01)


def test_a_card_of_another_day_is_kept_without_a_mark(vault, draft, backup, ours, tmp_path):
    """Where our seconds are not heard, nothing is claimed; the card is kept with its digest all the same."""
    soundfile.write(tmp_path / "card.wav", synthetic.voice(6, 48_000, 99), 48_000, subtype="PCM_24")

    copy = backup.bring(draft.id, tmp_path / "card.wav", ours.id)

    (imported,) = (entry for entry in vault.custody.entries(draft.id) if entry.event == "backup_imported")
    assert "offset_seconds" not in imported.facts
    assert vault.testimonies.get(draft.id).notes == ()
    assert imported.facts["copy"] == copy.id


def test_a_card_without_sound_or_a_recording_that_is_not_ours_changes_nothing(vault, draft, backup, ours, tmp_path):
    """What can't be laid beside anything is refused before it is taken in."""
    (tmp_path / "empty.wav").write_bytes(b"")

    with pytest.raises(NotReadableSound):
        backup.bring(draft.id, tmp_path / "empty.wav", ours.id)
    with pytest.raises(NotFound):
        backup.bring(draft.id, the_card(tmp_path), "0" * 32)

    assert vault.testimonies.get(draft.id).attachments == ()
    assert vault.testimonies.get(draft.id).recordings == (ours,)
