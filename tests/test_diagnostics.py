# SPDX-License-Identifier: Apache-2.0
"""The log is silent unless asked, and keeps no words of anybody."""

from __future__ import annotations

import pytest

from testimony_app import diagnostics


@pytest.fixture
def notes(tmp_path):
    """Ask for notes, and fall silent again afterwards."""
    file = tmp_path / "notes.log"
    diagnostics.log_to(file)
    yield file
    diagnostics.log_to(None)


def test_silent_until_asked(home, tmp_path):
    """Without being asked, a note is written nowhere."""
    diagnostics.note("vault.opened", milliseconds=12)

    assert diagnostics.log_file() is None
    assert not list(home.rglob("*.log"))


def test_a_note_is_a_code_and_facts(notes):
    """A note says when, what and how much."""
    diagnostics.note("recorder.gap", frames=480, reason="devices.unplugged")

    assert notes.read_text(encoding="ascii").split()[1:] == ["recorder.gap", "frames=480", "reason=devices.unplugged"]


@pytest.mark.parametrize(
    "words", ["Shirin", "shirin", "/media/stick/a.age", "in the summer", "\u0634\u0627\u0647\u062f", "a\nb"]
)
def test_a_word_handed_in_by_mistake_leaves_only_its_length(notes, words):
    """Names, sentences and paths do not reach the log, not even through a bug."""
    diagnostics.note("ui.slow", job=words)

    kept = notes.read_text(encoding="ascii")
    assert words not in kept
    assert f"job=<{len(words)} characters>" in kept


def test_a_note_that_cannot_be_written_stops_nothing(tmp_path):
    """A log that can't be opened costs the note, not the recording."""
    diagnostics.log_to(tmp_path / "no-such-folder" / "notes.log")

    diagnostics.note("vault.opened")

    diagnostics.log_to(None)
    assert not list(tmp_path.iterdir())
