# SPDX-License-Identifier: Apache-2.0
"""The words of what happened to somebody and of how it is known: for the interviewer, never for the witness."""

from __future__ import annotations

from testimony_app.i18n.catalogue import _

HAPPENED = ("executed", "killed", "died_in_custody", "imprisoned", "disappeared", "released", "other")
KNOWN_BY = ("saw", "heard_cellmate", "heard_wall", "family_told", "belongings", "published", "other")


def missing_words(why: str) -> str:
    """Return why something was not said: three different answers, none of them a fault."""
    words = {
        "unknown": _("The witness does not know"),
        "declined": _("Did not want to say"),
        "not_asked": _("Not asked"),
    }
    return words.get(why, why)


def happened_words(code: str) -> str:
    """Return what happened to a person, or nothing when it wasn't said."""
    words = {
        "executed": _("Executed"),
        "killed": _("Killed"),
        "died_in_custody": _("Died in custody"),
        "imprisoned": _("Imprisoned"),
        "disappeared": _("Disappeared"),
        "released": _("Released"),
        "other": _("Something else"),
    }
    return words.get(code, code)


def known_words(code: str) -> str:
    """Return how the witness knows, or nothing when it wasn't said."""
    words = {
        "saw": _("Saw it"),
        "heard_cellmate": _("Heard it from a fellow prisoner"),
        "heard_wall": _("Heard it through the wall"),
        "family_told": _("The family was told"),
        "belongings": _("Belongings were returned"),
        "published": _("Read or heard it later"),
        "other": _("In another way"),
    }
    return words.get(code, code)
