# SPDX-License-Identifier: Apache-2.0
"""What builds the program does what it says, and refuses what it doesn't know."""

from __future__ import annotations

import hashlib
import json
import re

import pytest

from bench.figure import Figure
from installer import fonts
from tests.house.source import ROOT


@pytest.fixture
def packages(tmp_path, monkeypatch):
    """Return a folder like npm's with one font that we know."""
    font = tmp_path / "packages" / "a-font" / "a.ttf"
    font.parent.mkdir(parents=True)
    font.write_bytes(b"\0\1\0\0letters")
    known = {"a-font/a.ttf": ("A.ttf", hashlib.sha256(font.read_bytes()).hexdigest())}
    monkeypatch.setattr(fonts, "FONTS", known)
    return tmp_path / "packages"


def test_a_known_font_is_taken(packages, tmp_path):
    """A font with the digest that we wrote down is copied under our name."""
    assert fonts.copy_all(packages, tmp_path / "fonts") == []
    assert (tmp_path / "fonts" / "A.ttf").read_bytes() == b"\0\1\0\0letters"


def test_an_altered_font_is_not_taken(packages, tmp_path):
    """A font that changed by one bit is named and left where it is."""
    (packages / "a-font" / "a.ttf").write_bytes(b"\0\1\0\0lettert")

    assert fonts.copy_all(packages, tmp_path / "fonts") == ["a-font/a.ttf"]
    assert not list((tmp_path / "fonts").iterdir())


@pytest.mark.parametrize("name", ["fonts", "judges"])
def test_what_npm_fetches_is_locked_by_digest(name):
    """Each package from the npm registry has its digest in the lock file, and an exact version."""
    folder = ROOT / "installer" / "npm" / name
    wanted = json.loads((folder / "package.json").read_text(encoding="utf-8"))["dependencies"]
    locked = json.loads((folder / "package-lock.json").read_text(encoding="utf-8"))["packages"]

    assert all(re.fullmatch(r"\d+\.\d+\.\d+", version) for version in wanted.values())
    assert all(entry["integrity"].startswith("sha512-") for place, entry in locked.items() if place)


@pytest.mark.parametrize(
    ("figure", "kept"),
    [
        (Figure("speed", 2.0, "times", at_least=2.0), True),
        (Figure("speed", 1.9, "times", at_least=2.0), False),
        (Figure("memory", 256, "MiB", at_most=256), True),
        (Figure("memory", 257, "MiB", at_most=256), False),
        (Figure("size", 5, "MB"), True),
    ],
    ids=str,
)
def test_a_measurement_outside_its_bound_is_marked(figure, kept):
    """A figure keeps its bound or is marked, so that a slower program is noticed."""
    assert figure.keeps_its_bound is kept
    assert figure.line().startswith("!") is not kept
