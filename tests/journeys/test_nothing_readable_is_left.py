# SPDX-License-Identifier: Apache-2.0
"""A phrase spoken as tones and typed as text is found in no file, at no moment of its way."""

from __future__ import annotations

import tempfile

import numpy as np
import pytest

from tests.journeys.canary import Search, of_sound, of_words
from tests.journeys.walking import begin_recording, export, go_to_review, heard_at, say, seal, take_in, unlock

RATE = 48_000
PHRASE = "canary-lantern-0417"
NOTE = "canary-well-2290"
TONES_SECONDS = 4.0


def tones():
    """Return the phrase as a row of tones, a letter each, with a little noise so that no piece repeats."""
    generator = np.random.default_rng(3)
    count = int(TONES_SECONDS * RATE)
    at = np.arange(count) / RATE
    letters = np.array([300.0 + 20 * ord(letter) for letter in PHRASE])
    pitch = letters[(at / TONES_SECONDS * len(letters)).astype(int)]
    sound = 0.4 * np.sin(2 * np.pi * np.cumsum(pitch) / RATE) + 0.01 * generator.standard_normal(count)
    return (sound * 2**31).clip(-(2**31), 2**31 - 1).astype(np.int32)


@pytest.fixture
def search(places, home, tmp_path_factory, monkeypatch):
    """Return the search over the vaults, the stick, the home and the temporary folders."""
    temporary = str(tmp_path_factory.mktemp("tmp"))
    monkeypatch.setenv("TMPDIR", temporary)
    monkeypatch.setattr(tempfile, "tempdir", temporary)
    return Search(places.folder, home)


def test_the_search_would_find_it(places, search):
    """The control: the same phrases, written as they must never be, are found."""
    spoken = of_sound(tones())
    (places.folder / "slip.wav").write_bytes(tones().tobytes())
    (places.folder / "slip.txt").write_text(PHRASE)
    search.snapshot("planted")

    assert search.finds(of_words(PHRASE))
    assert any(hit.startswith("s32") for hit in search.finds(spoken))


def test_nothing_readable_is_left_on_the_way(hands, places, sound, search):
    """During and after recording, sealing, export and import, no byte of it can be read anywhere."""
    collector = hands(places.collector, "collector.json")
    unlock(collector)
    begin_recording(collector, pseudonym=PHRASE)
    say(collector, sound, tones())
    collector.enter("note_field", NOTE)
    collector.rest(0.5)
    search.snapshot("recording")
    go_to_review(collector)
    search.snapshot("recorded")
    seal(collector)
    search.snapshot("sealed")
    export(collector, places.stick)
    collector.leave()
    archive = hands(places.archive, "archive.json")
    unlock(archive)
    take_in(archive, places.stick)
    search.snapshot("imported")
    archive.leave()
    search.snapshot("closed")

    heard, _recording = heard_at(places.archive)
    spoken = of_sound(heard) | {"flac": b"fLaC\x00\x00\x00\x22", "wav": b"WAVEfmt "}
    assert len(spoken) > 20
    assert search.finds(spoken | of_words(PHRASE) | of_words(NOTE)) == []
