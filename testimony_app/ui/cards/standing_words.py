# SPDX-License-Identifier: Apache-2.0
"""How a card stands today, in a word on its tone and in a sentence; and what revoking it means."""

from __future__ import annotations

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.dates import show_day
from testimony_app.model.partner import Role
from testimony_app.ui import wording
from testimony_app.ui.cards.values import EXPIRED, NOT_YET_VALID, REPLACED, REVOKED, TRUSTED, KnownCard

_ORDER = (TRUSTED, EXPIRED, NOT_YET_VALID, REPLACED, REVOKED)


def role_word(role: Role) -> str:
    """Return what a vault is for, in a word."""
    return _("Archive") if role is Role.ARCHIVE else _("Interviewer")


def standing_word(standing: str) -> tuple[str, str]:
    """Return the word on a card's chip, and its tone."""
    return {
        TRUSTED: (_("Trusted"), "sealed"),
        EXPIRED: (_("Expired"), "care"),
        NOT_YET_VALID: (_("Not valid yet"), "care"),
        REPLACED: (_("Replaced"), "plain"),
        REVOKED: (_("Revoked"), "record"),
    }.get(standing, (standing, "plain"))


def standing_told(known: KnownCard) -> str:
    """Return since when a card is trusted and until when, or why it is not."""
    compared = _("Safety number compared on {day}").format(day=show_day(known.trusted_at))
    told = {
        EXPIRED: lambda: _("Not valid since {day}. Ask for a new card.").format(day=show_day(known.valid_until)),
        NOT_YET_VALID: lambda: _("Not valid before {day}.").format(day=show_day(known.valid_from)),
        REPLACED: lambda: _("A newer card took its place on {day}.").format(day=show_day(known.revoked_at)),
        REVOKED: lambda: _("Revoked on {day}. It is never trusted again.").format(day=show_day(known.revoked_at)),
    }.get(known.standing)
    if told is not None:
        return told()
    if known.valid_until:
        return wording.DOT.join((compared, _("valid until {day}").format(day=show_day(known.valid_until))))
    return compared


def revoking_told(role: Role) -> str:
    """Return what it means to trust a partner no more, before it is done."""
    means = (
        _("Nothing is sealed to this archive any more, and its receipts prove nothing.")
        if role is Role.ARCHIVE
        else _("Nothing that its keys sign is taken in any more. What is here stays.")
    )
    return "\n".join((means, _("No other card with one of its keys is trusted again, ever.")))


def in_order(known: tuple[KnownCard, ...]) -> tuple[KnownCard, ...]:
    """Return the cards that are trusted first, those that are not any more last."""
    return tuple(sorted(known, key=lambda one: _ORDER.index(one.standing) if one.standing in _ORDER else 0))
