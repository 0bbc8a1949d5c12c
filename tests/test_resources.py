# SPDX-License-Identifier: Apache-2.0
"""Resources have one door, and it opens on their folder only."""

from __future__ import annotations

import pytest

from testimony_app import resources


def test_a_resource_is_read_by_its_name():
    """The same file is found as a path, as bytes and as text."""
    name = "style/tokens.toml"

    assert resources.path(name).is_file()
    assert resources.binary(name).decode() == resources.text(name)
    assert name in resources.names("style")


@pytest.mark.parametrize(
    "name", ["", "..", "../pyproject.toml", "style/../../x", "/etc/passwd", "C:/x", "style\\app.qss"]
)
def test_no_name_leads_outside(name):
    """A name that climbs, is absolute or speaks another system's language is a bug and is refused."""
    with pytest.raises(ValueError, match="relative"):
        resources.path(name)


def test_an_absent_folder_is_empty():
    """Asking for a folder that isn't there gives no names."""
    assert resources.names("no-such-folder") == []
