# SPDX-License-Identifier: Apache-2.0
"""Somebody else's recording: kept untouched, with a listening copy."""

from __future__ import annotations

import hashlib

import numpy as np
import pytest
import soundfile

from testimony_app.audio import synthetic
from testimony_app.audio.errors import NotReadableSound
from testimony_app.intake.importing import import_sound
from tests.intake.listening import heard
from tests.sound import correlation


def test_a_wav_comes_in_sample_for_sample_and_stays_untouched(vault, draft, clock, tmp_path):
    """The original is kept byte for byte, and the take made of it is equal and names it."""
    voice = synthetic.voice(3, 44_100) & np.int32(-65_536)
    file = tmp_path / "IMG_0042.wav"
    soundfile.write(file, np.repeat(voice, 2, axis=1), 44_100, subtype="PCM_16")

    recording = import_sound(vault, clock, draft.id, file)

    testimony = vault.testimonies.get(draft.id)
    (attachment,) = testimony.attachments
    with vault.blobs.open(attachment.blob) as original:
        kept = original.read(original.size())
    assert hashlib.sha256(kept).digest() == hashlib.sha256(file.read_bytes()).digest()
    assert (attachment.role, attachment.media_type) == ("original", "audio/wav")
    assert (recording.kind, recording.original, recording.channels, recording.bits) == ("imported", attachment.id, 2, 16)
    assert np.array_equal(heard(vault, recording), np.repeat(voice, 2, axis=1))
    assert testimony.recordings == (recording,)


def test_an_mp3_from_a_telephone(vault, draft, clock, tmp_path):
    """Compressed sound gets a listening copy that sounds the same."""
    voice = synthetic.voice(5)
    soundfile.write(tmp_path / "note.mp3", voice / 2**31, 48_000)

    recording = import_sound(vault, clock, draft.id, tmp_path / "note.mp3")

    assert correlation(voice, heard(vault, recording))[0] > 0.95


def test_something_else_is_refused_and_changes_nothing(vault, draft, clock, tmp_path):
    """A file that is no sound is refused before anything is written."""
    (tmp_path / "song.mp3").write_bytes(b"\x00" * 5000)

    with pytest.raises(NotReadableSound):
        import_sound(vault, clock, draft.id, tmp_path / "song.mp3")

    testimony = vault.testimonies.get(draft.id)
    assert (testimony.attachments, testimony.recordings) == ((), ())
