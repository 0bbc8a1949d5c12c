# SPDX-License-Identifier: Apache-2.0
"""Whose signatures we know, and how we came to know them: card files, comparing, pinning, replacing.

A card file is self-signed, which proves only that whoever wrote it holds its keys. Trust comes from people:
a card is pinned when somebody has compared its sixty digits with its owner. A card that replaces an older one has
the same keys, or is signed by the old ones too, but is still compared: a thief could have signed it. Pinning it
revokes the old one. Revoking is for keys: no card with a revoked key is ever trusted again.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, Literal

import msgspec
from msgspec import Meta

from testimony_app.crypto import canonical, signing
from testimony_app.crypto import errors as crypto_errors
from testimony_app.crypto.age import HybridRecipient
from testimony_app.crypto.fingerprint import fingerprint, safety_number, same_number
from testimony_app.crypto.signing import DeviceKey, PublicKeys, Signatures
from testimony_app.exchange import landing, worlds
from testimony_app.exchange.contents import Hex64, Word
from testimony_app.exchange.errors import (
    CardExpired,
    CardIsOurOwn,
    CardRevoked,
    CardSignatureInvalid,
    CardTooNew,
    CardUnknown,
    NotACard,
    SafetyNumberDiffers,
)
from testimony_app.exchange.limits import CARD_FILE_MAX, REPLACEMENT_CARD_FILE_MAX
from testimony_app.exchange.quarantine import read_small
from testimony_app.exchange.standing import share_a_key
from testimony_app.model.ids import Fingerprint
from testimony_app.model.partner import Card, Partner, Role

if TYPE_CHECKING:
    from testimony_app.vault.vault import Vault

FORMAT = "govah-card"
_SHORTEST_NAMING = 8
"""So many first signs of a fingerprint name a card."""
_DAY_OR_NOTHING = Annotated[str, Meta(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$", max_length=10)]


class CardSignatures(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Two signature files over the canonical bytes of a card, in the namespace card-v1@govah."""

    ed25519: Annotated[str, Meta(max_length=8192)]
    pq: Annotated[str, Meta(max_length=8192)]


class Replaces(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The card that this one replaces, and what its keys signed: the new card's bytes."""

    fingerprint: Hex64
    signatures: CardSignatures


class CardPage(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A card as it stands in a file; testimony_app.model.partner.Card with every limit on it."""

    name: Annotated[str, Meta(min_length=1, max_length=200)]
    role: Role
    recipient: Annotated[str, Meta(max_length=2000)]
    ed25519: Annotated[str, Meta(min_length=44, max_length=44)]
    composite: Annotated[str, Meta(min_length=1792, max_length=1792)]
    keepers: Annotated[str, Meta(max_length=2000)] = ""
    valid_from: _DAY_OR_NOTHING = ""
    valid_until: _DAY_OR_NOTHING = ""


class CardFile(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole card file, canonical JSON."""

    format: Literal["govah-card"]
    major: Literal[1]
    minor: Annotated[int, Meta(ge=0, le=1_000_000)]
    critical: Annotated[tuple[Word, ...], Meta(max_length=64)]
    card: CardPage
    signatures: CardSignatures
    replaces: Replaces | None
    ext: dict[str, Any]


class UntrustedCard(msgspec.Struct, frozen=True):
    """A card that is well made and self-signed; nobody has compared it yet."""

    card: Card
    card_bytes: bytes
    fingerprint: Fingerprint
    safety_number: str
    replaces: str = ""
    """Fingerprint of the card it replaces."""
    replacement: Signatures | None = None
    """What the replaced card's keys signed."""


def write_card(vault: Vault) -> bytes:
    """Return the card file of a vault; where its signing keys are new, the one that the old ones signed as well."""
    kept = vault.nameplate.card_file()
    if kept is not None and read_card(kept).card_bytes == vault.card_bytes():
        return kept
    return sign_card(vault.card_bytes(), vault.device)


def write_card_file(vault: Vault, path: Path) -> None:
    """Write the card file of a vault, replacing a file of that name in one step."""
    with landing.told_plainly():
        landing.write_small(path, write_card(vault))


def sign_card(card_bytes: bytes, device: DeviceKey, replaces: tuple[DeviceKey, str] | None = None) -> bytes:
    """Return the card file for a card's canonical bytes; `replaces` is the old keys and the old fingerprint."""
    old = None
    if replaces is not None:
        old = Replaces(fingerprint=replaces[1], signatures=_signed(card_bytes, replaces[0]))
    card = msgspec.convert(canonical.loads(card_bytes), CardPage)
    file = CardFile(
        format="govah-card",
        major=1,
        minor=0,
        critical=(),
        card=card,
        signatures=_signed(card_bytes, device),
        replaces=old,
        ext={},
    )
    return canonical.dumps(file)


def read_card_file(path: Path) -> UntrustedCard:
    """Return the card in a file; raises what is wrong with it."""
    return read_card(read_small(path, REPLACEMENT_CARD_FILE_MAX))


def read_card(untrusted_bytes: bytes) -> UntrustedCard:
    """Return a card that is well made and signed by its own keys.

    Raises NotACard, CardTooNew, CardSignatureInvalid.
    """
    file = _parsed(untrusted_bytes)
    card = msgspec.convert(msgspec.to_builtins(file.card), Card)
    card_bytes = canonical.dumps(card)
    _check_signed(card_bytes, file.signatures, card)
    return UntrustedCard(
        card=card,
        card_bytes=card_bytes,
        fingerprint=fingerprint(card_bytes),
        safety_number=safety_number(card_bytes),
        replaces=file.replaces.fingerprint if file.replaces else "",
        replacement=_as_signatures(file.replaces.signatures) if file.replaces else None,
    )


def pin(vault: Vault, untrusted: UntrustedCard, number: str) -> Partner:
    """Return the partner whose card is pinned now, after its sixty digits were compared.

    Raises SafetyNumberDiffers, CardIsOurOwn, CardExpired, CardRevoked, CardSignatureInvalid, and CardOfPractice or
    CardNotOfPractice where a real vault and a practice vault would meet.
    """
    worlds.refuse_mixing(untrusted.card, is_practice=vault.card().is_practice)
    today = vault.clock.now().date().isoformat()
    own = fingerprint(vault.card_bytes())
    with vault.transaction():
        replaced = check_may_pin(untrusted, number, own=own, partners=vault.partners.all(), today=today)
        partner = vault.partners.pin(untrusted.card, untrusted.fingerprint, untrusted.card_bytes)
        for old in replaced:
            vault.partners.revoke(old.fingerprint)
            vault.custody.append("card_replaced", fingerprint=untrusted.fingerprint, replaces=old.fingerprint)
    return partner


def revoke(vault: Vault, partner: Partner) -> tuple[Partner, ...]:
    """Withdraw a card, and every other card with one of its keys; return those that were trusted until now.

    What its owner signed before stays what it is; nothing signed with these keys is taken in from now on.
    """
    with vault.transaction():
        found = tuple(one for one in vault.partners.all() if not one.revoked_at and share_a_key(one.card, partner.card))
        for one in found:
            vault.partners.revoke(one.fingerprint)
    return found


def find_partner(partners: tuple[Partner, ...], named: str) -> Partner:
    """Return the partner that is meant by a fingerprint, its beginning, or the one name; raises CardUnknown."""
    found = [one for one in partners if named in {one.fingerprint, one.card.name}]
    if not found and len(named) >= _SHORTEST_NAMING:
        found = [one for one in partners if one.fingerprint.startswith(named.lower())]
    trusted = [one for one in found if not one.revoked_at]
    if len(trusted or found) != 1:
        raise CardUnknown(cards=len(trusted or found))
    return (trusted or found)[0]


def check_may_pin(
    untrusted: UntrustedCard, number: str, *, own: str, partners: tuple[Partner, ...], today: str
) -> tuple[Partner, ...]:
    """Return the trusted cards that this one takes the place of; raises what forbids pinning it."""
    card = untrusted.card
    if not same_number(number, untrusted.safety_number):
        raise SafetyNumberDiffers
    if untrusted.fingerprint == own:
        raise CardIsOurOwn
    if (card.valid_from and today < card.valid_from) or (card.valid_until and today > card.valid_until):
        raise CardExpired(valid_from=card.valid_from, valid_until=card.valid_until)
    others = [one for one in partners if one.fingerprint != untrusted.fingerprint]
    of_these_keys = [one for one in others if share_a_key(one.card, card)]
    same = next((one for one in partners if one.fingerprint == untrusted.fingerprint), None)
    # A new card of withdrawn keys is withdrawn as well: whoever has them could have made it.
    if same.revoked_at if same else of_these_keys and all(one.revoked_at for one in of_these_keys):
        raise CardRevoked
    of_these_keys += _replaced_by_signature(untrusted, others)
    return tuple({one.fingerprint: one for one in of_these_keys if not one.revoked_at}.values())


def _replaced_by_signature(untrusted: UntrustedCard, others: Sequence[Partner]) -> list[Partner]:
    """Return the cards whose keys signed this one as the one to take their place; raises CardSignatureInvalid."""
    if untrusted.replacement is None:
        return []
    named = [one for one in others if one.fingerprint == untrusted.replaces]
    for one in named:
        _verify(untrusted.card_bytes, untrusted.replacement, one.card)
    # Here there may be an older card of those keys than the one that is named: the signature tells.
    return named or [one for one in others if _has_signed(untrusted, one)]


def _has_signed(untrusted: UntrustedCard, other: Partner) -> bool:
    try:
        if untrusted.replacement is not None:
            _verify(untrusted.card_bytes, untrusted.replacement, other.card)
    except CardSignatureInvalid:
        return False
    return untrusted.replacement is not None


def allowed_signers(partner_name: str, card: Card) -> str:
    """Return the lines with which `ssh-keygen -Y verify` checks what a card's owner signed."""
    keys = PublicKeys.from_base64(card.ed25519, card.composite)
    return signing.allowed_signers_line(partner_name, keys.ed25519, keys.composite)


def recipient_qr_text(card: Card) -> str:
    """Return what a printed card's code holds: the recipient in capitals, which codes write shortest."""
    return card.recipient.upper()


def _parsed(untrusted_bytes: bytes) -> CardFile:
    if len(untrusted_bytes) > REPLACEMENT_CARD_FILE_MAX:
        raise NotACard(why="length")
    try:
        untrusted = canonical.loads(untrusted_bytes)
    except crypto_errors.NotCanonical:
        raise NotACard(why="not-canonical") from None
    _refuse_newer(untrusted)
    try:
        file = msgspec.convert(untrusted, CardFile)
    except msgspec.ValidationError:
        raise NotACard(why="schema") from None
    if file.replaces is None and len(untrusted_bytes) > CARD_FILE_MAX:
        raise NotACard(why="length")
    if canonical.dumps(file) != untrusted_bytes:
        # A member that holds its default must still be written: one card, one spelling, one fingerprint.
        raise NotACard(why="spelling")
    _check_keys(file.card)
    return file


def _refuse_newer(untrusted: Any) -> None:  # not yet parsed
    if not isinstance(untrusted, dict) or untrusted.get("format") != FORMAT:
        raise NotACard(why="format")
    major = untrusted.get("major")
    if (type(major) is int and major > 1) or untrusted.get("critical"):
        raise CardTooNew


def _check_keys(card: CardPage) -> None:
    try:
        HybridRecipient.from_text(card.recipient)
        if card.keepers:
            HybridRecipient.from_text(card.keepers)
        keys = PublicKeys.from_base64(card.ed25519, card.composite)
    except crypto_errors.NotAKey:
        raise NotACard(why="key") from None
    written = card.recipient + card.keepers
    if keys.to_base64() != (card.ed25519, card.composite) or written != written.lower():
        # Capitals are for printed codes; in a file there is one spelling.
        raise NotACard(why="key")


def _signed(card_bytes: bytes, device: DeviceKey) -> CardSignatures:
    made = device.sign(card_bytes, signing.CARD)
    return CardSignatures(ed25519=made.ed25519, pq=made.pq)


def _check_signed(card_bytes: bytes, signatures: CardSignatures, card: Card) -> None:
    _verify(card_bytes, _as_signatures(signatures), card)


def _verify(card_bytes: bytes, signatures: Signatures, card: Card) -> None:
    keys = PublicKeys.from_base64(card.ed25519, card.composite)
    try:
        signing.verify(card_bytes, signatures, keys, signing.CARD)
    except (crypto_errors.SignatureInvalid, crypto_errors.SignatureMissing):
        raise CardSignatureInvalid from None


def _as_signatures(signatures: CardSignatures) -> Signatures:
    return Signatures(ed25519=signatures.ed25519, pq=signatures.pq)
