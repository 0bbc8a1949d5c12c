# SPDX-License-Identifier: Apache-2.0
"""The invented people and places of practice, read from resources/practice in the language of whoever practises."""

from __future__ import annotations

import msgspec

from testimony_app import resources

FALLBACK = "en"


class InventedPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who never lived."""

    name: str
    happened: str = ""
    when: str = ""


class Invented(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A testimony that nobody gave."""

    stage: str
    """`draft`, `sealed`, `on_stick`, `to_review` or `catalogued`: how far it has come."""
    pseudonym: str
    seconds: float
    statement: str
    places: tuple[str, ...] = ()
    people: tuple[InventedPerson, ...] = ()
    no: tuple[str, ...] = ()
    """The purposes of the consent that are answered with no."""


class Material(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What fills the practice vaults."""

    collector: str
    archive: str
    gathering: str
    place: str
    spoken: str
    """The language of the testimonies, as ISO 639-3 says it."""
    testimony: tuple[Invented, ...]


def material(language: str) -> Material:
    """Return the material in a language, in English where there is none."""
    name = f"practice/{language}.toml"
    if not resources.path(name).is_file():
        name = f"practice/{FALLBACK}.toml"
    return msgspec.toml.decode(resources.binary(name), type=Material)
