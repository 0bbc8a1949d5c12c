# SPDX-License-Identifier: Apache-2.0
"""What a passphrase is worth, in one honest sentence."""

from __future__ import annotations

from testimony_app.crypto.strength import Level, Strength
from testimony_app.i18n.catalogue import _, ngettext
from testimony_app.i18n.languages import digits

_HOUR, _DAY, _YEAR = 3600, 86_400, 31_557_600
TONES = {Level.WEAK: "record", Level.FAIR: "care", Level.GOOD: "sealed", Level.STRONG: "sealed"}


def sentence(strength: Strength) -> str:
    """Return how good a passphrase is, and what that means against somebody who has the disk."""
    if strength.level is Level.WEAK:
        return _("Weak. Somebody with many computers guesses it within {time}.").format(time=_span(strength.seconds))
    if strength.level is Level.FAIR:
        return _("Fair. It holds for years, not for ever. One more word makes it good.")
    if strength.level is Level.GOOD:
        return _("Good. Nobody will guess it in a lifetime.")
    return _("Strong. Nobody will ever guess it.")


def _span(seconds: float) -> str:
    if seconds < _HOUR:
        return _("an hour")
    if seconds < 2 * _DAY:
        hours = int(seconds // _HOUR) + 1
        return digits(ngettext("{count} hour", "{count} hours", hours).format(count=hours))
    if seconds < _YEAR:
        days = int(seconds // _DAY) + 1
        return digits(ngettext("{count} day", "{count} days", days).format(count=days))
    years = int(seconds // _YEAR) + 1
    return digits(ngettext("{count} year", "{count} years", years).format(count=years))
