# SPDX-License-Identifier: Apache-2.0
"""What an archive may give as the voice of its questions, and what is kept of it."""

from __future__ import annotations

import numpy as np
import pytest
import soundfile

from testimony_app.audio import synthetic
from testimony_app.intake.errors import BadVoices, GuideOlder
from testimony_app.intake.voices import Voices

ARCHIVE = "a" * 64


def spoken(folder, *, seed=1, seconds=0.5, rate=16_000, names=("place.wav", "today.flac")):
    """Write one sound file for each name, and return the samples of the first."""
    folder.mkdir(exist_ok=True)
    for number, name in enumerate(names):
        soundfile.write(folder / name, synthetic.voice(seconds, rate, seed + number), rate, subtype="PCM_16")
    return synthetic.voice(seconds, rate, seed).ravel()


def heard(reader):
    """Return every sample of a reader, and close it."""
    samples = reader.read(reader.frames)
    reader.close()
    return samples.ravel()


def blobs(vault):
    """Return the names of every encrypted file."""
    return {file.name for file in vault.blobs.files()}


def test_each_question_is_kept_to_the_sample_and_a_newer_set_replaces_it(vault, tmp_path):
    """What was recorded comes out of encrypted blobs; of an older set nothing is left, and it doesn't come back."""
    first, second = spoken(tmp_path / "one"), spoken(tmp_path / "two", seed=7, names=("place.wav",))
    voices = Voices(vault)
    old = voices.recorded(tmp_path / "one", "fa")
    new = voices.recorded(tmp_path / "two", "fa")

    voices.take(*old, ARCHIVE)
    before, opens = blobs(vault), voices.opens("fa")
    kept = heard(opens["place"]())
    voices.take(*new, ARCHIVE)
    with pytest.raises(GuideOlder):
        voices.take(*old, ARCHIVE)

    assert set(opens) == {"place", "today"}
    assert np.array_equal(kept >> 16, first >> 16)
    assert set(voices.opens("fa")) == {"place"}
    assert np.array_equal(heard(voices.opens("fa")["place"]()) >> 16, second >> 16)
    assert not before & blobs(vault)
    assert not voices.opens("en")


@pytest.mark.parametrize(
    ("names", "rate", "language", "why"),
    [
        (("place.wav", "place.flac"), 16_000, "fa", "names"),
        (("opening.wav",), 16_000, "fa", "names"),
        ((), 16_000, "fa", "names"),
        (("place.wav",), 8_000, "fa", "rate"),
        (("place.wav",), 16_000, "xx", "language"),
    ],
)
def test_recordings_that_belong_to_no_question_are_refused(vault, tmp_path, names, rate, language, why):
    """A file of another name, two for one question, none, a telephone's sound, an unknown language."""
    spoken(tmp_path / "folder", names=names, rate=rate)

    with pytest.raises(BadVoices) as refused:
        Voices(vault).recorded(tmp_path / "folder", language)

    assert refused.value.facts["why"] == why


def test_a_signed_page_that_does_not_fit_its_sound_is_refused(vault, tmp_path):
    """Signed by a trusted archive and yet not of the form: nothing is kept."""
    spoken(tmp_path / "folder")
    body, sound = Voices(vault).recorded(tmp_path / "folder", "fa")

    for untrusted, samples in ((b"{}", sound), (body, sound[:-2]), (body.replace(b'"today"', b'"place"'), sound)):
        with pytest.raises(BadVoices):
            Voices(vault).take(untrusted, samples, ARCHIVE)

    assert not Voices(vault).opens("fa")
    assert blobs(vault) == set()
