# SPDX-License-Identifier: Apache-2.0
"""The main job, by the desktop's own buttons: a voice in the room is heard again at the archive."""

from __future__ import annotations

import numpy as np

from testimony_app.archive import playback
from testimony_app.audio import synthetic
from testimony_app.clock import SystemClock
from testimony_app.crypto.passphrase import from_text
from testimony_app.workspace import open_workspace
from tests.journeys.conftest import PASSPHRASE
from tests.sound import correlation, spoken_length

RATE = 48_000
SPOKEN_SECONDS = 6.0
LENGTH_TOLERANCE = 0.050
"""Seconds by which what was kept may differ from what was played."""


def unlock(hands):
    """Open the vault at its unlock screen."""
    hands.type("passphrase", PASSPHRASE)
    hands.press("unlock_button")
    hands.wait(lambda: hands.screen == "home", "for home")


def interview(hands, sound, voice):
    """Take a testimony: witness, consent, recording, people; end at the review."""
    hands.press("new_interview")
    hands.type("pseudonym", "Sima")
    hands.press("next_step")
    hands.press("consent_yes_P1")
    hands.press("next_step")
    hands.press("record_button")
    hands.see("pause_button")
    hands.rest(0.5)
    player = sound.play(voice)
    hands.wait(lambda: player.poll() is not None, "for the voice to end")
    hands.rest(1.0)
    hands.press("finish_button")
    hands.wait(lambda: hands.sees("record_button"), "for the recording to be saved")
    hands.press("next_step")
    hands.see("people_page")
    hands.press("next_step")
    hands.see("review_page")


def heard_at(vault):
    """Return what a vault holds of the one testimony's sound."""
    with from_text(PASSPHRASE) as secret:
        workspace = open_workspace(vault, secret, clock=SystemClock())
    try:
        row = workspace.vault.testimonies.rows(0, 2).rows[0]
        recording = workspace.interviews.get(row.id).recordings[0]
        reader = playback.open_recording(workspace.vault, recording)
        return np.asarray(reader.read(recording.frames)).reshape(-1)
    finally:
        workspace.close()


def test_a_voice_goes_from_field_to_archive(hands, places, sound):
    """Recorded, sealed, exported, imported: the archive hears what was said in the room."""
    voice = synthetic.voice(SPOKEN_SECONDS, RATE, seed=11)
    collector = hands(places.collector, "collector.json")
    unlock(collector)
    interview(collector, sound, voice)
    collector.press("seal_button")
    collector.see("sealed_code")
    code = collector.read("sealed_code")
    collector.press("back_home")
    collector.press("export")
    collector.desktop.screens.current.choose_folder(places.stick)
    collector.press("export_button")
    collector.see("safe_to_remove")
    collector.leave()

    archive = hands(places.archive, "archive.json")
    unlock(archive)
    archive.press("import_bundles")
    archive.desktop.screens.current.choose_folder(places.stick)
    archive.press("import_button")
    archive.press("write_receipts")
    archive.wait(lambda: list(places.stick.glob("*.RCP")), "for a receipt")
    archive.leave()

    heard = heard_at(places.archive)
    likeness, _shift = correlation(voice, heard)
    assert code
    assert likeness > 0.95
    assert abs(spoken_length(heard) - spoken_length(voice)) <= LENGTH_TOLERANCE * RATE
