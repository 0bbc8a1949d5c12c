# SPDX-License-Identifier: Apache-2.0
"""Vaults, settings and notes have their places, and looking for them creates nothing."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from testimony_app import places

linux = pytest.mark.parametrize("variable", ["XDG_CONFIG_HOME", "XDG_DATA_HOME"])


def test_looking_makes_nothing(home):
    """Asking where things live leaves the home folder as it was."""
    asked = {places.settings_file(), places.notes_file(), places.default_vault_folder()}

    assert all(home in place.parents for place in asked)
    assert not list(home.iterdir())


@linux
def test_a_relative_folder_in_the_environment_is_ignored(home, monkeypatch, variable):
    """A relative XDG folder counts as unset, as the XDG rules say; it would follow the current folder about."""
    monkeypatch.setenv(variable, "somewhere/else")

    assert places.settings_file().is_absolute()
    assert places.default_vault_folder().is_absolute()


def test_each_system_has_its_own_places(home, monkeypatch):
    """Windows, macOS and Linux each get the folder that a person of that system would look in."""
    found = {}
    for system in ("win32", "darwin", "linux"):
        monkeypatch.setattr(sys, "platform", system)
        found[system] = places.settings_file().parent.relative_to(home)

    assert found == {
        "win32": Path("AppData/Roaming/govah"),
        "darwin": Path("Library/Preferences/govah"),
        "linux": Path(".config/govah"),
    }
