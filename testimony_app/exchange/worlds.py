# SPDX-License-Identifier: Apache-2.0
"""Keeps practice and what is real apart: no vault of the one ever trusts a card of the other.

Whoever trusts a card seals to it. So nothing real is ever sealed to a vault that is thrown away; and what a practice
vault makes is sealed to practice vaults alone, so that no real archive could open it, whoever carried it there.
"""

from __future__ import annotations

from testimony_app.errors import Refusal
from testimony_app.model.partner import Card


class CardOfPractice(Refusal):
    """A real vault was offered the card of a practice vault."""

    code = "exchange.card-of-practice"


class CardNotOfPractice(Refusal):
    """A practice vault was offered a real card."""

    code = "exchange.card-not-of-practice"


def refuse_mixing(card: Card, *, is_practice: bool) -> None:
    """Return if a card is of the same world as the vault that is to trust it.

    Raises CardOfPractice, CardNotOfPractice.
    """
    if card.is_practice and not is_practice:
        raise CardOfPractice
    if is_practice and not card.is_practice:
        raise CardNotOfPractice
