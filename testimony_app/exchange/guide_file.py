# SPDX-License-Identifier: Apache-2.0
"""An archive's interview guide on its way to those who collect for it: sealed, signed, and no card's business.

    the file     age, to every collector whose card the archive trusts (at most 16), with decoys; suffix `.GDE`
    inside       canonical JSON: format, v, archive (fingerprint), body, signatures; zeros up to a multiple of 4 KiB
    signed       the canonical JSON of `body`, in the namespace guide-v1@govah

Questions tell what an archive asks about, so they travel closed like everything else. A stranger's guide, or one whose
signatures don't fit, is refused: nobody may slip questions under an interviewer's hand.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec
from msgspec import Meta

from testimony_app.crypto import age, canonical, signing
from testimony_app.crypto import errors as crypto_errors
from testimony_app.crypto.errors import NotCanonical
from testimony_app.crypto.fingerprint import fingerprint
from testimony_app.crypto.signing import Signatures
from testimony_app.errors import Refusal
from testimony_app.exchange import landing
from testimony_app.exchange.contents import Hex64
from testimony_app.exchange.errors import SignatureInvalid, SignatureMissing
from testimony_app.exchange.limits import KIB
from testimony_app.exchange.quarantine import read_small
from testimony_app.exchange.receipts import known_archives
from testimony_app.exchange.signers import find_signer
from testimony_app.model.partner import Partner, Role
from testimony_app.vault.vault import Vault

SUFFIX = ".GDE"
_FILE_MAX = 256 * KIB
_STEP = 4 * KIB
_MOST_RECIPIENTS = 16


class NotAGuide(Refusal):
    """The file is no interview guide, or its signatures don't fit; `why` says which."""

    code = "exchange.not-a-guide"


class GuideNotForUs(Refusal):
    """The guide is sealed to others."""

    code = "exchange.guide-not-for-us"


class GuideOfAStranger(Refusal):
    """The guide is signed by somebody whose card nobody here has compared."""

    code = "exchange.guide-of-a-stranger"


class NoCollectorKnown(Refusal):
    """No collector's card is trusted, so there is nobody to write a guide for."""

    code = "exchange.no-collector-known"


class _Signed(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    ed25519: Annotated[str, Meta(max_length=8_192)]
    pq: Annotated[str, Meta(max_length=16_384)]


class _Page(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    format: Literal["govah-guide"]
    v: Literal[1]
    archive: Hex64
    body: dict[str, Any]
    signatures: _Signed


class TakenGuide(msgspec.Struct, frozen=True):
    """What an archive that is trusted here has written, to be read by whoever knows what a guide is."""

    archive: Partner
    body: bytes
    """Canonical JSON, signed."""


def write(vault: Vault, body: bytes, folder: Path) -> Path:
    """Return the file that was written into a folder for every trusted collector. Raises NoCollectorKnown."""
    recipients = collectors(vault)
    signatures = vault.device.sign(body, signing.GUIDE)
    page = _Page(
        format="govah-guide",
        v=1,
        archive=fingerprint(vault.card_bytes()),
        body=canonical.loads(body),
        signatures=_Signed(signatures.ed25519, signatures.pq),
    )
    plain = canonical.dumps(page)
    plain += b"\n" * (-len(plain) % _STEP)
    return seal(plain, recipients, folder, SUFFIX)


def read(vault: Vault, path: Path) -> TakenGuide:
    """Return a guide that a trusted archive signed for us. Raises NotAGuide, GuideNotForUs, GuideOfAStranger."""
    page, body = _parsed(opened(vault, read_small(path, _FILE_MAX)))
    signatures = Signatures(page.signatures.ed25519, page.signatures.pq)
    return TakenGuide(signer_of(vault, body, signatures, page.archive, signing.GUIDE), body)


def collectors(vault: Vault) -> list[age.HybridRecipient]:
    """Return the keys of those who collect for this archive. Raises NoCollectorKnown."""
    to = [one.card.recipient for one in vault.partners.trusted() if one.card.role is Role.COLLECTOR]
    if not to:
        raise NoCollectorKnown
    return [age.HybridRecipient.from_text(text) for text in to[:_MOST_RECIPIENTS]]


def seal(plain: bytes, recipients: list[age.HybridRecipient], folder: Path, suffix: str) -> Path:
    """Return the file into which something was sealed, under a name that tells nothing."""
    sealed = age.seal_bytes(plain, recipients, decoys=age.decoys_for(len(recipients)))
    path = folder / landing.new_name(folder, suffix)
    with landing.told_plainly():
        landing.write_small(path, sealed)
    return path


def signer_of(vault: Vault, signed: bytes, signatures: Signatures, claimed: str, namespace: str) -> Partner:
    """Return the trusted archive that signed something. Raises NotAGuide, GuideOfAStranger."""
    partners = vault.partners.trusted()
    try:
        signer = find_signer(signed, signatures, known_archives(partners), namespace)
    except (SignatureInvalid, SignatureMissing):
        raise NotAGuide(why="signature") from None
    archive = next((one for one in partners if signer is not None and one.fingerprint == signer.fingerprint), None)
    if archive is None or archive.fingerprint != claimed:
        raise GuideOfAStranger
    return archive


def opened(vault: Vault, untrusted_file: bytes) -> bytes:
    """Return what an archive sealed to us. Raises NotAGuide, GuideNotForUs."""
    try:
        return bytes(age.open_bytes(untrusted_file, [vault.identity]))
    except crypto_errors.NoMatchingKey:
        raise GuideNotForUs from None
    except (crypto_errors.NotAnAgeFile, crypto_errors.HeaderTooLarge, crypto_errors.PassphraseFile):
        raise NotAGuide(why="envelope") from None
    except (crypto_errors.HeaderDamaged, crypto_errors.PayloadTampered, crypto_errors.PayloadTruncated):
        raise NotAGuide(why="damaged") from None


def _parsed(untrusted_plain: bytes) -> tuple[_Page, bytes]:
    try:
        untrusted = canonical.loads(untrusted_plain.rstrip(b"\n"))
        page = msgspec.convert(untrusted, _Page)
        return page, canonical.dumps(page.body)
    except (NotCanonical, msgspec.ValidationError, json.JSONDecodeError):
        raise NotAGuide(why="form") from None
