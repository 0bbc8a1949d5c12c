# SPDX-License-Identifier: Apache-2.0
"""Ways that several journeys walk by the desktop's own buttons."""

from __future__ import annotations

import numpy as np

from testimony_app.archive import playback
from testimony_app.clock import SystemClock
from testimony_app.crypto.passphrase import from_text
from testimony_app.workspace import open_workspace

PASSPHRASE = "seven lanterns beside the old well"


def unlock(hands, passphrase=PASSPHRASE):
    """Open the vault at its unlock screen."""
    hands.type("passphrase", passphrase)
    hands.press("unlock_button")
    hands.wait(lambda: hands.screen == "home", "for home")


def begin_recording(hands, pseudonym="Sima"):
    """Take witness and consent, and press Record."""
    hands.press("new_interview")
    hands.type("pseudonym", pseudonym)
    hands.press("next_step")
    hands.press("consent_yes_P1")
    hands.press("next_step")
    hands.press("record_button")
    hands.see("pause_button")


def say(hands, sound, voice):
    """Play a voice in the room, and wait until it was heard."""
    hands.rest(0.5)
    player = sound.play(voice)
    hands.wait(lambda: player.poll() is not None, "for the voice to end")
    hands.rest(1.0)


def go_to_review(hands):
    """Finish the recording and walk on to the last step."""
    hands.press("finish_button")
    hands.wait(lambda: hands.sees("record_button"), "for the recording to be saved")
    hands.press("next_step")
    hands.see("people_page")
    hands.press("next_step")
    hands.see("review_page")


def seal(hands):
    """Seal, and return the code that is shown."""
    hands.press("seal_button")
    hands.see("sealed_code")
    code = hands.read("sealed_code")
    hands.press("back_home")
    return code


def export(hands, stick):
    """Copy what waits to a stick, until it is safe to take it out."""
    hands.press("export")
    hands.desktop.screens.current.choose_folder(stick)
    hands.press("export_button")
    hands.see("safe_to_remove")


def take_in(hands, stick):
    """Import a stick at the archive and write receipts to it."""
    hands.press("import_bundles")
    hands.desktop.screens.current.choose_folder(stick)
    hands.press("import_button")
    hands.press("write_receipts")
    hands.wait(lambda: list(stick.glob("*.RCP")), "for a receipt")


def opened(vault, passphrase=PASSPHRASE):
    """Return a vault opened without a desktop."""
    with from_text(passphrase) as secret:
        return open_workspace(vault, secret, clock=SystemClock())


def heard_at(vault):
    """Return what a vault holds of its one testimony's sound, and the recording."""
    workspace = opened(vault)
    try:
        row = workspace.vault.testimonies.rows(0, 2).rows[0]
        recording = workspace.interviews.get(row.id).recordings[0]
        reader = playback.open_recording(workspace.vault, recording)
        return np.asarray(reader.read(recording.frames)).reshape(-1), recording
    finally:
        workspace.close()
