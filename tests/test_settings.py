# SPDX-License-Identifier: Apache-2.0
"""Choices survive being kept, and a broken file never stops the program."""

from __future__ import annotations

import pytest

from testimony_app.settings import Settings, load, save


def test_what_is_saved_is_loaded(tmp_path):
    """Every choice comes back as it was made, also into a folder that was not there."""
    file = tmp_path / "new" / "settings.json"
    chosen = Settings(language="fa", text_size=150, theme="dark", last_vault="somewhere", reduce_motion=True)

    save(file, chosen)

    assert load(file) == chosen
    assert [item.name for item in file.parent.iterdir()] == ["settings.json"]


@pytest.mark.parametrize(
    "content", [b"", b"{", b"\xff\xfe", b"[]", b"null", b'"fa"', b"{" * 70_000], ids=lambda content: repr(content[:8])
)
def test_a_broken_file_gives_the_defaults(tmp_path, content):
    """Whatever lies where the settings should be, the program opens."""
    file = tmp_path / "settings.json"
    file.write_bytes(content)

    assert load(file) == Settings()


def test_no_file_gives_the_defaults(tmp_path):
    """Before the first choice there is nothing to read, and nothing is written by looking."""
    assert load(tmp_path / "settings.json") == Settings()
    assert not list(tmp_path.iterdir())


def test_one_bad_choice_costs_that_choice_only(tmp_path):
    """A wrong type falls back alone; a choice of a newer version is left aside."""
    file = tmp_path / "settings.json"
    file.write_text('{"language": "fa", "text_size": "huge", "calendar": null, "from_tomorrow": 1}', encoding="utf-8")

    assert load(file) == Settings(language="fa")


def test_numbers_that_would_make_the_program_unusable_are_brought_back(tmp_path):
    """Text of no size, a lock that comes at once and a theme that is none are corrected."""
    file = tmp_path / "settings.json"
    file.write_text('{"text_size": 1, "auto_lock_minutes": 0, "theme": "loud"}', encoding="utf-8")

    assert load(file) == Settings(text_size=100, auto_lock_minutes=1, theme="system")
