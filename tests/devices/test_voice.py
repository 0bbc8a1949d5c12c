# SPDX-License-Identifier: Apache-2.0
"""Reading aloud: only in languages that the system has a voice for, and silent at once."""

from __future__ import annotations

from PySide6.QtTextToSpeech import QTextToSpeech

from testimony_app.devices.voice import QtVoice


def test_a_language_with_a_voice_is_read_and_one_without_is_not(qapp):
    """The pretended voices speak English; nobody's voice speaks Kurmanji there."""
    voice = QtVoice(engine="mock")

    assert voice.speaks("en")
    assert not voice.speaks("kmr")


def test_reading_ends_at_once(qapp, qtbot):
    """Being told to be silent, the voice is silent."""
    voice = QtVoice(engine="mock")
    voice.say("A question that takes a while to read", "en")
    speech = voice._speech
    qtbot.waitUntil(lambda: speech.state() is QTextToSpeech.State.Speaking, timeout=20_000)

    voice.hush()

    qtbot.waitUntil(lambda: speech.state() is QTextToSpeech.State.Ready, timeout=20_000)
