# SPDX-License-Identifier: Apache-2.0
"""What an archive refused: the receipt that says so, and what its sender makes of it.

A refusal is told to a sender who is known and trusted, of a bundle whose signed page could be read, and only when it
says something about the bundle. It never removes anything; what came damaged is carried again.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import msgspec

from testimony_app.exchange import receipt
from testimony_app.exchange.receipt import REFUSED, Receipt, Volume
from testimony_app.exchange.report import Finding
from testimony_app.exchange.standing import is_trusted, own_card_among
from testimony_app.model.bundle import Outcome
from testimony_app.model.ids import Code
from testimony_app.model.testimony import State, Testimony
from testimony_app.vault.bundles import TESTIMONY

if TYPE_CHECKING:
    from testimony_app.vault.bundles import KnownBundle
    from testimony_app.vault.vault import Vault

CAME_DAMAGED = frozenset({"exchange.bundle-cut-short", "exchange.bundle-altered", "exchange.payload-differs"})
_NOT_HELD = (Outcome.REFUSED, Outcome.DAMAGED)
_OUR_OWN_TROUBLE = frozenset({"exchange.no-room", "exchange.reader-stopped", "exchange.cancelled"})
"""What says nothing about a bundle: the archive tries again, and the sender need not know."""
_OUR_OWN_VAULT = "vault."
"""How the codes begin of what went wrong at the archive itself, as a full disk."""
_NOT_READ = "0" * 64


class TurnedAway(msgspec.Struct, frozen=True):
    """A testimony that an archive did not take in, and the code of its reason."""

    code: Code
    reason: str
    day: str
    may_carry_again: bool
    """It came damaged: the next export takes it along again."""


def is_verdict(vault: Vault, finding: Finding) -> bool:
    """Tell whether a file was refused in a way that a receipt can tell its sender: somebody who is trusted here."""
    if finding.outcome not in _NOT_HELD or finding.reason in _OUR_OWN_TROUBLE:
        return False
    if finding.reason.startswith(_OUR_OWN_VAULT):
        return False
    if "tagmanifest_sha512" not in finding.facts:
        return False
    partners = vault.partners.all()
    return any(one.fingerprint == finding.signer_fingerprint and is_trusted(one, partners) for one in partners)


def refusal(vault: Vault, finding: Finding) -> Receipt:
    """Return the receipt for a file that was refused, not yet in its place in the chain; `is_verdict` holds for it."""
    facts = finding.facts
    volume = Volume(
        index=int(facts["volume"] or 1),
        tagmanifest_sha512=str(facts["tagmanifest_sha512"]),
        # What came isn't what was sealed, or wasn't read to its end; what was signed says which bundle is meant.
        ciphertext_sha256=_NOT_READ,
        bytes=max(1, int(facts["byte_count"] or 1)),
    )
    return Receipt(
        bundle=finding.bundle,
        group=str(facts["group"]),
        volumes=(volume,),
        missing=(),
        status=REFUSED + finding.reason,
        copies=0,
        archive=own_card_among(vault, str(facts["made_for"]).split()),
        sender=finding.signer_fingerprint,
        seq=1,
        prev=None,
        day=vault.clock.now().date().isoformat(),
    )


def let_carry_again(vault: Vault, testimony: Testimony, volumes: Sequence[KnownBundle]) -> None:
    """Count what came damaged as not yet carried, so that the next stick takes it along."""
    for known in volumes:
        vault.bundles.mark_waiting(known.file.bundle, known.file.index)
        if known.carries == TESTIMONY and testimony.state is State.CARRIED:
            vault.testimonies.set_state(testimony.id, State.SEALED)


def is_settled(vault: Vault, testimony: Testimony, refusal: Receipt) -> bool:
    """Tell whether a later receipt says that the archive has what was refused at first."""
    wanted = {volume.tagmanifest_sha512 for volume in refusal.volumes}
    later = (receipt.unpack(known.body).receipt for known in vault.receipts.for_testimony(testimony.id))
    return any(
        not one.is_refusal and one.seq > refusal.seq and wanted & {volume.tagmanifest_sha512 for volume in one.volumes}
        for one in later
    )


def told(code: Code, made: Receipt) -> TurnedAway:
    """Return what a refusal says about the testimony with this code."""
    return TurnedAway(code=code, reason=made.reason, day=made.day, may_carry_again=made.reason in CAME_DAMAGED)
