# SPDX-License-Identifier: Apache-2.0
"""Lengths, sizes and times of recordings as their reader writes them."""

from __future__ import annotations

from testimony_app.i18n.catalogue import _, ngettext
from testimony_app.i18n.languages import digits, ltr

_KILO = 1000


def durations(seconds: float) -> str:
    """Return a length in words: 42 s, 12 min, 1 h 42 min."""
    whole = max(0, int(seconds))
    if whole < 60:
        return digits(_("{seconds} s").format(seconds=whole))
    minutes = whole // 60
    if minutes < 60:
        return digits(_("{minutes} min").format(minutes=minutes))
    hours, minutes = divmod(minutes, 60)
    if not minutes:
        return digits(_("{hours} h").format(hours=hours))
    return digits(_("{hours} h {minutes} min").format(hours=hours, minutes=minutes))


def spoken_duration(seconds: float) -> str:
    """Return a length in whole words, for somebody who listens: 12 minutes, 40 seconds."""
    whole = max(0, int(seconds))
    if whole < 60:
        return counted(whole, "{count} second", "{count} seconds")
    return counted(whole // 60, "{count} minute", "{count} minutes")


def counted(count: int, singular: str, plural: str) -> str:
    """Return a sentence with its count filled in; the caller marks both forms for translation."""
    return digits(ngettext(singular, plural, count).format(count=count))


def timer(seconds: float) -> str:
    """Return a running time as 00:42:17, set apart so that it never scrambles."""
    whole = max(0, int(seconds))
    return ltr(digits(f"{whole // 3600:02d}:{whole % 3600 // 60:02d}:{whole % 60:02d}"))


def sizes(byte_count: float) -> str:
    """Return a size in the unit that suits it: 512 bytes, 1.4 MB, 212 GB; in thousands, as sticks are sold."""
    if byte_count < _KILO:
        return counted(int(byte_count), "{count} byte", "{count} bytes")
    units = (_("{size} kB"), _("{size} MB"), _("{size} GB"), _("{size} TB"))
    for unit in units:
        byte_count /= _KILO
        if byte_count < _KILO or unit is units[-1]:
            break
    shown = f"{byte_count:.1f}" if byte_count < 10 else f"{byte_count:.0f}"
    return digits(unit.format(size=decimal(shown)))


def decimal(number: str) -> str:
    """Return a number written with a point as the language in use writes it."""
    return digits(number.replace(".", _(".")))


def fraction(part: int, whole: int) -> str:
    """Return how far something has come: 3 of 9."""
    return digits(_("{part} of {whole}").format(part=part, whole=whole))
