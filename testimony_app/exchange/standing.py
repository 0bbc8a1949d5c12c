# SPDX-License-Identifier: Apache-2.0
"""How a card stands here today: trusted, withdrawn, or out of its time; and which cards have the same keys.

Trust belongs to keys. An archive that names its keepers' key gets a new card with the same keys: what names the
old card, as a receipt for an older bundle does, is then still that archive's. Withdrawing a card withdraws its keys.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from enum import StrEnum
from typing import TYPE_CHECKING

from testimony_app.crypto.fingerprint import fingerprint
from testimony_app.model.partner import Card, Partner

if TYPE_CHECKING:
    from testimony_app.vault.vault import Vault


class Standing(StrEnum):
    """How a card stands on a day."""

    TRUSTED = "trusted"
    REVOKED = "revoked"
    REPLACED = "replaced"
    """Withdrawn when a newer card of the same keys took its place."""
    EXPIRED = "expired"
    NOT_YET_VALID = "not-yet-valid"


def standing(partner: Partner, partners: Sequence[Partner], today: str) -> Standing:
    """Return how one partner's card stands among all of them."""
    card = partner.card
    if partner.revoked_at:
        return Standing.REPLACED if is_trusted(partner, partners) else Standing.REVOKED
    if card.valid_until and today > card.valid_until:
        return Standing.EXPIRED
    if card.valid_from and today < card.valid_from:
        return Standing.NOT_YET_VALID
    return Standing.TRUSTED


def is_trusted(partner: Partner, partners: Iterable[Partner]) -> bool:
    """Tell whether a card's keys are trusted: by this card, or by the one that took its place."""
    return any(not one.revoked_at and have_same_keys(one.card, partner.card) for one in partners)


def same_keys(partners: Iterable[Partner], fingerprint: str) -> tuple[str, ...]:
    """Return the fingerprints of all known cards with the keys of this one, itself included."""
    known = tuple(partners)
    card = next((one.card for one in known if one.fingerprint == fingerprint), None)
    others = (one.fingerprint for one in known if card is not None and have_same_keys(one.card, card))
    return tuple(dict.fromkeys((fingerprint, *others)))


def lineage(vault: Vault, fingerprint: str) -> tuple[str, ...]:
    """Return the fingerprints of all cards that one partner has had here, with these keys or with replaced ones."""
    partners = vault.partners.all()
    links = [
        {str(entry.facts["fingerprint"]), str(entry.facts["replaces"])}
        for entry in vault.custody.of_event("card_replaced")
    ]
    found = set(same_keys(partners, fingerprint))
    while grown := [link for link in links if link & found and not link <= found]:
        for link in grown:
            found |= {same for card in link for same in same_keys(partners, card)}
    return (fingerprint, *sorted(found - {fingerprint}))


def own_cards(vault: Vault) -> tuple[str, ...]:
    """Return the fingerprints of a vault's own cards, the present one first; what names any of them is for it.

    Those of earlier signing keys are among them: its age key, which opens what is sealed to it, is the same.
    """
    return (fingerprint(vault.card_bytes()), *reversed(vault.former_cards))


def own_card_among(vault: Vault, named: Sequence[str]) -> str:
    """Return which of a vault's cards is meant by somebody who names some: one of its present signing keys."""
    # A card of earlier signing keys can't be named: what is signed now wouldn't fit it.
    own = [one for one in own_cards(vault) if one not in vault.nameplate.cards_of_old_keys()]
    return next((one for one in own if one in named), own[0])


def have_same_keys(one: Card, other: Card) -> bool:
    """Tell whether two cards belong to one signer."""
    return one.ed25519 == other.ed25519 and one.composite == other.composite


def share_a_key(one: Card, other: Card) -> bool:
    """Tell whether two cards have at least one signing key in common."""
    return one.ed25519 == other.ed25519 or one.composite == other.composite
