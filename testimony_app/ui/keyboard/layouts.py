# SPDX-License-Identifier: Apache-2.0
"""The layouts of the keyboard on the screen, as resources/keyboards has them."""

from __future__ import annotations

from functools import cache

import msgspec

from testimony_app import resources

_FOLDER = "keyboards"
_LATIN = "latin"
ORDER = ("fa", "ckb", "azb", "ar", _LATIN)
Rows = tuple[tuple[str, ...], ...]


class Layout(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What stands on the keys of a layout: three layers of three rows."""

    name: str
    letters: Rows
    signs: Rows
    shifted: Rows = ()
    half_space: str = ""
    """What stands on the key of the half-space; empty where the script has none."""
    space: str = ""

    def layer(self, name: str) -> Rows:
        """Return the rows of a layer; a second one that is missing is the capital letters."""
        if name == "shifted":
            return self.shifted or tuple(tuple(_capital(key) for key in row) for row in self.letters)
        return self.signs if name == "signs" else self.letters


@cache
def layout(code: str) -> Layout:
    """Return a layout by its code."""
    return msgspec.toml.decode(resources.binary(f"{_FOLDER}/{code}.toml"), type=Layout)


def for_language(language: str) -> str:
    """Return the code of the layout that a language is written with."""
    return language if language in ORDER else _LATIN


def following(code: str) -> str:
    """Return the code of the next layout in turn."""
    return ORDER[(ORDER.index(code) + 1) % len(ORDER)]


def _capital(key: str) -> str:
    """Return a key's capital; the sharp s keeps its form, because its capital would be two letters."""
    return key.upper() if len(key.upper()) == 1 else key
