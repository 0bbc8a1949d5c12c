# SPDX-License-Identifier: Apache-2.0
"""New signing keys for a vault, when the old ones may be in somebody else's hands: a new card that the old keys sign.

The old keys are used once more, to sign the new card, and are gone then; the database moves to a new key, so that
they are out of reach of whoever finds old pages. Who compares the new card's number stops trusting the old keys.
That is the purpose, and its price: what the old keys signed and an archive has not taken in yet is refused there once
it has the new card. So this is refused while something sealed is on its way, unless it is asked for all the same.
"""

from __future__ import annotations

import base64
from typing import TYPE_CHECKING

import msgspec

from testimony_app.crypto import canonical
from testimony_app.crypto.fingerprint import fingerprint
from testimony_app.crypto.signing import DeviceKey
from testimony_app.errors import Refusal
from testimony_app.exchange import trust
from testimony_app.exchange.receipt import ACCEPTED, WITH_WARNINGS
from testimony_app.model.testimony import State
from testimony_app.vault.bundles import TESTIMONY

if TYPE_CHECKING:
    from testimony_app.vault.bundles import KnownBundle
    from testimony_app.vault.vault import Vault

_NOT_ARRIVED = (State.SEALED, State.CARRIED)


class SealedOnTheWay(Refusal):
    """What the old keys signed isn't at the archive yet, by its receipts; `testimonies` says how many."""

    code = "exchange.sealed-on-the-way"


def make(vault: Vault, *, despite_sealed: bool = False) -> None:
    """Give a vault new signing keys, and a card with them that its old keys signed; its age key stays.

    Raises SealedOnTheWay, DiskFull, DiskTrouble.
    """
    waiting = on_the_way(vault)
    if waiting and not despite_sealed:
        raise SealedOnTheWay(testimonies=waiting)
    new = DeviceKey.generate()
    try:
        card = msgspec.structs.replace(
            vault.card(),
            ed25519=base64.b64encode(new.ed25519_public).decode(),
            composite=base64.b64encode(new.composite_public).decode(),
            valid_from=vault.clock.now().date().isoformat(),
        )
        card_bytes = canonical.dumps(msgspec.to_builtins(card))
        file = trust.sign_card(card_bytes, new, (vault.device, fingerprint(vault.card_bytes())))
        vault.change_device(new, card, file)
    finally:
        new.wipe()


def on_the_way(vault: Vault) -> int:
    """Return how many testimonies have something sealed that no archive's receipt has confirmed yet."""
    return len({known.testimony for known in vault.bundles.sealed() if _is_unconfirmed(vault, known)})


def _is_unconfirmed(vault: Vault, known: KnownBundle) -> bool:
    if known.carries == TESTIMONY:
        return vault.testimonies.state(known.testimony) in _NOT_ARRIVED
    receipts = vault.receipts.for_bundle(known.file.bundle)
    return not any(one.status in (ACCEPTED, WITH_WARNINGS) for one in receipts)
