# SPDX-License-Identifier: Apache-2.0
"""What the page of cards gets shown: plain frozen values."""

from __future__ import annotations

import msgspec

from testimony_app.model.partner import Role

TRUSTED, REVOKED, REPLACED, EXPIRED, NOT_YET_VALID = "trusted", "revoked", "replaced", "expired", "not-yet-valid"
"""How a card may stand today."""


class OwnCard(msgspec.Struct, frozen=True):
    """This vault's own card, as it is told to others."""

    name: str
    role: Role
    safety_number: str
    valid_until: str = ""
    """Its last day, or nothing."""
    has_keepers: bool = False


class ReadCard(msgspec.Struct, frozen=True):
    """Somebody's card as it was read from a file, not compared yet."""

    name: str
    role: Role


class KnownCard(msgspec.Struct, frozen=True):
    """A card that was compared and is trusted, or was."""

    name: str
    role: Role
    trusted_at: str
    standing: str = TRUSTED
    """A word of the closed list above."""
    fingerprint: str = ""
    safety_number: str = ""
    valid_from: str = ""
    valid_until: str = ""
    revoked_at: str = ""

    @property
    def may_be_revoked(self) -> bool:
        """Tell whether there is trust that can still be withdrawn."""
        return self.standing in (TRUSTED, EXPIRED, NOT_YET_VALID)
