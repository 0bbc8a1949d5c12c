# SPDX-License-Identifier: Apache-2.0
"""Somebody we send to or receive from: a card of public keys, and how we came to trust it."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from testimony_app.model.ids import Fingerprint

PRACTICE_MARK = "\N{LOZENGE} "
"""The name of every practice vault begins so, on its card and wherever the card goes."""


class Role(StrEnum):
    """What a vault is for."""

    COLLECTOR = "collector"
    ARCHIVE = "archive"


class Card(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The public side of a vault, as it travels: formats.md 2 and 3.6."""

    name: str
    role: Role
    recipient: str
    """The age recipient, `age1pq1...`."""
    ed25519: str
    """Base64 of the 32-byte public key that verifies `.ed25519.sig`."""
    composite: str
    """Base64 of the 1,344-byte ML-DSA-44 + Ed25519 public key that verifies `.pq.sig`."""
    keepers: str = ""
    """The age recipient for identities, when an archive has one."""
    valid_from: str = ""
    valid_until: str = ""

    @property
    def is_practice(self) -> bool:
        """Whether it belongs to a practice vault, which is thrown away: real vaults and such ones never mix."""
        return self.name.startswith(PRACTICE_MARK)


class Partner(msgspec.Struct, frozen=True):
    """A card that somebody here has compared and pinned."""

    fingerprint: Fingerprint
    card: Card
    trusted_at: str
    revoked_at: str = ""
