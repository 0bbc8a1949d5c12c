# SPDX-License-Identifier: Apache-2.0
"""The main job, by the desktop's own buttons: a voice in the room is heard again at the archive."""

from __future__ import annotations

from testimony_app.audio import synthetic
from tests.journeys.walking import begin_recording, export, go_to_review, heard_at, say, seal, take_in, unlock
from tests.sound import correlation, spoken_length

RATE = 48_000
SPOKEN_SECONDS = 6.0
LENGTH_TOLERANCE = 0.050
"""Seconds by which what was kept may differ from what was played."""


def test_a_voice_goes_from_field_to_archive(hands, places, sound):
    """Recorded, sealed, exported, imported: the archive hears what was said in the room."""
    voice = synthetic.voice(SPOKEN_SECONDS, RATE, seed=11)
    collector = hands(places.collector, "collector.json")
    unlock(collector)
    begin_recording(collector)
    say(collector, sound, voice)
    go_to_review(collector)
    code = seal(collector)
    export(collector, places.stick)
    collector.leave()

    archive = hands(places.archive, "archive.json")
    unlock(archive)
    take_in(archive, places.stick)
    archive.leave()

    heard, _recording = heard_at(places.archive)
    likeness, _shift = correlation(voice, heard)
    assert code
    assert likeness > 0.95
    assert abs(spoken_length(heard) - spoken_length(voice)) <= LENGTH_TOLERANCE * RATE
