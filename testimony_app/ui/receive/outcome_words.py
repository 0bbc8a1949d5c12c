# SPDX-License-Identifier: Apache-2.0
"""The words and tones of what was found: the same closed list that the command line has."""

from __future__ import annotations

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import auto, ltr

_SAFE = ("imported", "verified", "duplicate")
_GROUP = 4
_WAITING = ("unknown-signer", "not-for-us")


def outcome_word(outcome: str) -> str:
    """Return the word on a finding's chip."""
    words = {
        "imported": _("Verified"),
        "verified": _("Verified"),
        "duplicate": _("Verified"),
        "unknown-signer": _("Unknown signer"),
        "not-for-us": _("Not for us"),
        "damaged": _("Damaged"),
        "refused": _("Refused"),
    }
    return words.get(outcome, outcome)


def outcome_tone(outcome: str) -> str:
    """Return the tone of a finding's chip."""
    if outcome in _SAFE:
        return "sealed"
    return "care" if outcome in _WAITING else "record"


def outcome_told(outcome: str, *, carries: str = "testimony") -> str:
    """Return what happened to a file that needs no explanation beyond its outcome."""
    if carries == "consent" and outcome == "imported":
        return _("A change of consent; it holds from now on")
    told = {
        "imported": _("New"),
        "verified": _("Checked, not taken in"),
        "duplicate": _("Already here, unchanged"),
        "unknown-signer": _("Held apart until you decide"),
    }
    return told.get(outcome, "")


def order(outcome: str) -> int:
    """Return where a finding stands in the report: the worst first."""
    ranks = ("damaged", "refused", "unknown-signer", "not-for-us", "imported", "verified", "duplicate")
    return ranks.index(outcome) if outcome in ranks else 0


def is_safe(outcome: str) -> bool:
    """Tell whether the archive holds what the file held."""
    return outcome in ("imported", "duplicate")


def is_held(outcome: str) -> bool:
    """Tell whether the file is held apart until somebody decides about its signer."""
    return outcome == "unknown-signer"


def signer_told(outcome: str, signer: str) -> str:
    """Return who signed a file, as far as that can be told."""
    if signer:
        return _("Signed by {signer}, whose card was compared here.").format(signer=auto(signer))
    if is_held(outcome):
        return _("Signed by somebody whose card nobody has compared here.")
    return _("Who signed it can’t be told.")


def fingerprint_told(fingerprint: str) -> str:
    """Return the beginning of a card's fingerprint, by which two cards of one name are told apart."""
    first = fingerprint[: 4 * _GROUP]
    groups = " ".join(first[at : at + _GROUP] for at in range(0, len(first), _GROUP))
    return _("Fingerprint {hex}").format(hex=ltr(groups))
