# SPDX-License-Identifier: Apache-2.0
"""Text in Persian, Kurdish and Arabic for tests, from files, since none may stand in source."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

_FOLDER = Path(__file__).parent / "vectors" / "text"


def text_rows(name):
    """Return the rows of a table, without its comments; a dash is an empty cell."""
    lines = (_FOLDER / name).read_text(encoding="utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return [tuple("" if cell == "-" else cell for cell in row) for row in rows]


@cache
def _phrases():
    return tomllib.loads((_FOLDER / "phrases.toml").read_text(encoding="utf-8"))


def phrase(name):
    """Return a phrase by its name in English."""
    return _phrases()[name]
