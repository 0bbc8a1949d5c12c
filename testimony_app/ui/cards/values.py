# SPDX-License-Identifier: Apache-2.0
"""What the page of cards gets shown: plain frozen values."""

from __future__ import annotations

import msgspec

from testimony_app.model.partner import Role


class OwnCard(msgspec.Struct, frozen=True):
    """This vault's own card, as it is told to others."""

    name: str
    role: Role
    safety_number: str


class ReadCard(msgspec.Struct, frozen=True):
    """Somebody's card as it was read from a file, not compared yet."""

    name: str
    role: Role


class KnownCard(msgspec.Struct, frozen=True):
    """A card that was compared and is trusted, or was."""

    name: str
    role: Role
    trusted_at: str
    is_revoked: bool = False
