# SPDX-License-Identifier: Apache-2.0
"""What a verifier must know: the key that opens, the cards that were compared, and what came before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from testimony_app.crypto.fingerprint import fingerprint
from testimony_app.crypto.secret import Secret
from testimony_app.exchange import wire
from testimony_app.exchange.history import History, Seen
from testimony_app.exchange.unseal import read_key_file
from testimony_app.model.partner import Partner

if TYPE_CHECKING:
    from testimony_app.vault.vault import Vault


class Desk(msgspec.Struct, frozen=True):
    """What a verifier must know: taken from a vault once, and then usable on any thread."""

    identity_text: Secret
    partners: tuple[Partner, ...] = ()
    own_fingerprint: str = ""
    former_fingerprints: tuple[str, ...] = ()
    """Earlier cards of the same keys, before one was named anew."""
    history: History = History()

    def signers(self) -> tuple[wire.KnownSigner, ...]:
        """Return all keys that somebody here has compared, revoked ones too, so that they are known as such."""
        # Those that are trusted first: of two cards with the same keys, the newer is meant.
        return tuple(
            wire.KnownSigner(fingerprint=p.fingerprint, ed25519=p.card.ed25519, composite=p.card.composite)
            for p in sorted(self.partners, key=lambda partner: bool(partner.revoked_at))
        )

    def partner(self, fingerprint: str) -> Partner | None:
        """Return the partner with this card, or None."""
        return next((one for one in self.partners if one.fingerprint == fingerprint), None)


def desk_of(vault: Vault) -> Desk:
    """Return what verifying needs from a vault, as values that any thread may hold."""
    partners = vault.partners.all()
    seen = [Seen(*marks) for marks in vault.bundles.marks()]
    return Desk(
        identity_text=vault.identity.text(),
        partners=partners,
        own_fingerprint=fingerprint(vault.card_bytes()),
        former_fingerprints=vault.former_cards,
        history=History(seen, {one.fingerprint: one.card.ed25519 for one in partners}),
    )


def desk_of_key(key_file: Path) -> Desk:
    """Return what verifying can know from a bare key: neither partners nor a card of its own."""
    identity = read_key_file(key_file)
    try:
        return Desk(identity_text=identity.text())
    finally:
        identity.wipe()
