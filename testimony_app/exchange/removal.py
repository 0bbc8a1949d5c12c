# SPDX-License-Identifier: Apache-2.0
"""May a testimony be removed from this laptop? Ten conditions, each of which must hold.

    1 archive-not-trusted     the archive's card is pinned, after its number was compared, and not revoked
    2 signatures-not-valid    both signatures of the receipt fit
    3 namespace-differs       they were made for receipts and for nothing else
    4 sender-differs          the receipt was made for this vault
    5 volumes-differ          every volume is named, each with the digest that this vault remembers
    6 not-accepted            the status is `accepted`: neither refused, nor with warnings, nor in part
    7 too-few-copies          the archive holds at least so many copies (two, unless the policy says otherwise)
    8 receipt-out-of-chain    the receipt wasn't seen before and follows the one before it
    9 too-early               a week has passed since the receipt was checked, for second thoughts
    10 not-confirmed          a person has confirmed this very testimony by its title

`may_remove` is a pure function of a `Case`; `case_of` gathers one from a vault and trusts nothing that was
noted when the receipt came: signatures, digests and chain are all checked again from the kept bytes.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING

import msgspec

from testimony_app.crypto import errors as crypto_errors
from testimony_app.crypto import signing, sshsig
from testimony_app.crypto.signing import PublicKeys, Signatures
from testimony_app.exchange import receipt, receipts
from testimony_app.exchange.receipt import ACCEPTED, SignedReceipt
from testimony_app.exchange.standing import is_trusted, own_cards
from testimony_app.model.partner import Partner, Role

if TYPE_CHECKING:
    from testimony_app.vault.receipts import KnownReceipt
    from testimony_app.vault.vault import Vault


class Policy(msgspec.Struct, frozen=True):
    """What a vault's owner asks of an archive before anything is removed."""

    copies: int = 2
    cool_off_days: int = 7


class Case(msgspec.Struct, frozen=True):
    """Everything that the ten conditions ask about one receipt."""

    is_archive_trusted: bool
    are_signatures_valid: bool
    is_namespace_right: bool
    is_sender_us: bool
    do_volumes_match: bool
    status: str
    copies: int
    is_in_chain: bool
    checked_on: str
    """The day on which the receipt was checked here."""
    today: str
    is_confirmed: bool


def may_remove(case: Case, policy: Policy | None = None) -> tuple[str, ...]:
    """Return the conditions that aren't met, in their order; an empty tuple means yes."""
    policy = policy or Policy()
    waited = (date.fromisoformat(case.today) - date.fromisoformat(case.checked_on)).days
    conditions = {
        "archive-not-trusted": case.is_archive_trusted,
        "signatures-not-valid": case.are_signatures_valid,
        "namespace-differs": case.is_namespace_right,
        "sender-differs": case.is_sender_us,
        "volumes-differ": case.do_volumes_match,
        "not-accepted": case.status == ACCEPTED,
        "too-few-copies": case.copies >= policy.copies,
        "receipt-out-of-chain": case.is_in_chain,
        "too-early": waited >= policy.cool_off_days,
        "not-confirmed": case.is_confirmed,
    }
    return tuple(reason for reason, holds in conditions.items() if not holds)


def why_not(vault: Vault, testimony: str, *, is_confirmed: bool, policy: Policy | None = None) -> tuple[str, ...]:
    """Return what stands against removing a testimony, by its best receipt; `no-receipt` when it has none."""
    cases = [case_of(vault, known, is_confirmed=is_confirmed) for known in vault.receipts.for_testimony(testimony)]
    return min((may_remove(case, policy) for case in cases), key=len, default=("no-receipt",))


def case_of(vault: Vault, known: KnownReceipt, *, is_confirmed: bool) -> Case:
    """Return the case that one kept receipt makes, checked again from its bytes."""
    signed = receipt.unpack(known.body)
    partners = vault.partners.all()
    partner = next((one for one in partners if one.fingerprint == signed.receipt.archive), None)
    is_archive = partner is not None and partner.card.role is Role.ARCHIVE
    return Case(
        is_archive_trusted=is_archive and partner is not None and is_trusted(partner, partners),
        are_signatures_valid=partner is not None and _are_valid(signed, partner),
        is_namespace_right=_namespaces(signed.signatures) == {signing.RECEIPT},
        is_sender_us=signed.receipt.sender in own_cards(vault),
        do_volumes_match=_do_volumes_match(vault, signed, known.testimony),
        status=signed.receipt.status,
        copies=signed.receipt.copies,
        is_in_chain=_is_in_chain(vault, signed),
        checked_on=known.added_at[:10],
        today=vault.clock.now().date().isoformat(),
        is_confirmed=is_confirmed,
    )


def _are_valid(signed: SignedReceipt, partner: Partner) -> bool:
    keys = PublicKeys.from_base64(partner.card.ed25519, partner.card.composite)
    try:
        signing.verify(signed.body, signed.signatures, keys, signing.RECEIPT)
    except (crypto_errors.SignatureInvalid, crypto_errors.SignatureMissing):
        return False
    return True


def _namespaces(signatures: Signatures) -> set[str]:
    return {sshsig.parse(text).namespace for text in (signatures.ed25519, signatures.pq)}


def _do_volumes_match(vault: Vault, signed: SignedReceipt, testimony: str) -> bool:
    """Tell whether the receipt names every volume of the testimony's group, with our own digests and lengths."""
    ours = {
        (known.file.group, known.file.index, known.file.tagmanifest_sha512, known.file.sha256, known.file.byte_count)
        for known in vault.bundles.for_testimony(testimony)
    }
    group = signed.receipt.group
    theirs = {(group, v.index, v.tagmanifest_sha512, v.ciphertext_sha256, v.bytes) for v in signed.receipt.volumes}
    return bool(ours) and not signed.receipt.missing and theirs == {one for one in ours if one[0] == group}


def _is_in_chain(vault: Vault, signed: SignedReceipt) -> bool:
    """Tell whether the receipt is the archive's first to us, or names the digest of the one before it."""
    made = signed.receipt
    if made.seq == 1:
        return made.prev is None
    chain = [receipt.unpack(known.body) for known in receipts.chain_of(vault, made.archive)]
    return any(one.receipt.seq == made.seq - 1 and one.sha512 == made.prev for one in chain)
