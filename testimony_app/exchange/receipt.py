# SPDX-License-Identifier: Apache-2.0
"""A receipt as a value and as a file: what an archive says about the volumes it holds, signed twice.

    the file     age, to the sender's own key, four stanzas with decoys; suffix `.RCP`
    inside       a strict tar: receipt.json, receipt.json.ed25519.sig, receipt.json.pq.sig, zeros to 16 KiB steps
    signed       the bytes of receipt.json, in the namespace receipt-v1@govah

A receipt is evidence of contact, so it travels encrypted like a bundle does. Writing what was read gives the
same bytes; anything else in a file is refused.
"""

from __future__ import annotations

import base64
import hashlib
from typing import Annotated, Literal

import msgspec
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from msgspec import Meta

from testimony_app.crypto import age, canonical, signing, sshsig
from testimony_app.crypto import errors as crypto_errors
from testimony_app.crypto.signing import DeviceKey, Signatures
from testimony_app.errors import GovahError
from testimony_app.exchange import ustar
from testimony_app.exchange.bag import member
from testimony_app.exchange.contents import Day, Hex32, Hex64, Hex128, Position, Seq
from testimony_app.exchange.errors import SignatureInvalid, SignatureMissing
from testimony_app.exchange.limits import BLOCK, KIB, RECEIPT_FILE_MAX
from testimony_app.exchange.receipt_errors import NotAReceipt, ReceiptNotForUs, ReceiptSignatureInvalid, ReceiptTooNew
from testimony_app.exchange.signers import as_signatures, find_signer
from testimony_app.exchange.wire import KnownSigner

JSON, ED25519_SIG, PQ_SIG = "receipt.json", "receipt.json.ed25519.sig", "receipt.json.pq.sig"
ACCEPTED, WITH_WARNINGS = "accepted", "accepted_with_warnings"
REFUSED = "refused:"
"""Before the code of the reason."""
_MEMBERS = (JSON, ED25519_SIG, PQ_SIG)
_STEP = 16 * KIB


class Volume(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """One volume that the archive holds, or that it refused."""

    index: Position
    tagmanifest_sha512: Hex128
    ciphertext_sha256: Hex64
    bytes: Annotated[int, Meta(ge=1, le=2**53 - 1)]


class Receipt(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True):
    """What an archive says about one group of volumes."""

    format: Literal["govah-receipt"] = "govah-receipt"
    v: Literal[1] = 1
    bundle: Hex32
    """Identifier of the first volume that is named."""
    group: Hex32
    volumes: Annotated[tuple[Volume, ...], Meta(min_length=1, max_length=10_000)]
    missing: Annotated[tuple[Position, ...], Meta(max_length=10_000)]
    status: Annotated[str, Meta(pattern=r"^(accepted|accepted_with_warnings|refused:[a-z.-]{1,64})$", max_length=80)]
    copies: Annotated[int, Meta(ge=0, le=1000)]
    """How many copies the archive holds, on media of their own."""
    archive: Hex64
    sender: Hex64
    seq: Seq
    prev: Hex128 | None
    """SHA-512 of the receipt.json before this one from this archive to this sender."""
    day: Day

    @property
    def is_refusal(self) -> bool:
        """Whether the archive did not take in what this is about."""
        return self.status.startswith(REFUSED)

    @property
    def reason(self) -> str:
        """The code of a refusal's reason, from the archive's list of codes; empty when nothing was refused."""
        return self.status.removeprefix(REFUSED) if self.is_refusal else ""


class SignedReceipt(msgspec.Struct, frozen=True):
    """A receipt with the exact bytes that were signed, and both signatures."""

    receipt: Receipt
    body: bytes
    signatures: Signatures

    @property
    def sha512(self) -> str:
        """Return what the next receipt names as its `prev`."""
        return hashlib.sha512(self.body).hexdigest()


def sign(receipt: Receipt, device: DeviceKey) -> SignedReceipt:
    """Return a receipt with both signatures."""
    body = canonical.dumps(receipt)
    return SignedReceipt(receipt=receipt, body=body, signatures=device.sign(body, signing.RECEIPT))


def pack(signed: SignedReceipt) -> bytes:
    """Return the inner tar of a receipt: its one spelling, which a vault keeps as evidence."""
    files = (signed.body, signed.signatures.ed25519.encode("ascii"), signed.signatures.pq.encode("ascii"))
    tar = b"".join(member(name, body) for name, body in zip(_MEMBERS, files, strict=True)) + bytes(2 * BLOCK)
    return tar + bytes(-len(tar) % _STEP)


def seal(signed: SignedReceipt, recipient: str) -> bytes:
    """Return the whole receipt file, which only the sender of the bundle can open."""
    to = [age.HybridRecipient.from_text(recipient)]
    return age.seal_bytes(pack(signed), to, decoys=age.decoys_for(1))


def unseal(untrusted_file: bytes, identity: age.Identity) -> bytes:
    """Return a receipt file's inner tar; raises NotAReceipt or ReceiptNotForUs."""
    if len(untrusted_file) > RECEIPT_FILE_MAX:
        raise NotAReceipt(why="length")
    try:
        return bytes(age.open_bytes(untrusted_file, [identity]))
    except crypto_errors.NoMatchingKey:
        raise ReceiptNotForUs(where="key") from None
    except (crypto_errors.NotAnAgeFile, crypto_errors.HeaderTooLarge, crypto_errors.PassphraseFile):
        raise NotAReceipt(why="envelope") from None
    except (crypto_errors.HeaderDamaged, crypto_errors.PayloadTampered, crypto_errors.PayloadTruncated):
        raise NotAReceipt(why="damaged") from None


def unpack(untrusted_tar: bytes) -> SignedReceipt:
    """Return the receipt in a tar that is spelled as `pack` spells it; its signatures aren't checked here.

    Raises NotAReceipt, ReceiptTooNew or ReceiptSignatureInvalid.
    """
    files = _members(untrusted_tar)
    try:
        signatures = as_signatures(files[ED25519_SIG], files[PQ_SIG])
    except (SignatureMissing, SignatureInvalid):
        raise ReceiptSignatureInvalid from None
    signed = SignedReceipt(receipt=_parsed(files[JSON]), body=files[JSON], signatures=signatures)
    if pack(signed) != untrusted_tar:
        raise NotAReceipt(why="spelling")
    return signed


def check_signed(signed: SignedReceipt, known: tuple[KnownSigner, ...]) -> KnownSigner | None:
    """Return whose both signatures these are, in the receipts' own namespace; None for a stranger's.

    Raises ReceiptSignatureInvalid, also when the signer isn't the archive that the receipt names.
    """
    try:
        signer = find_signer(signed.body, signed.signatures, known, signing.RECEIPT)
    except (SignatureMissing, SignatureInvalid):
        raise ReceiptSignatureInvalid from None
    claimed = next((one for one in known if one.fingerprint == signed.receipt.archive), None)
    if signer is None and claimed is None:
        return None
    if signer is None or claimed is None or _keys(claimed) != _keys(signer):
        raise ReceiptSignatureInvalid
    return claimed


def qr_text(signed: SignedReceipt) -> str:
    """Return what a receipt's code holds: the signed JSON, a line break, the 64-byte Ed25519 signature in base64.

    It says at once that something arrived; the quantum-safe signature follows by file, and nothing is ever
    removed on a code alone.
    """
    raw = sshsig.parse(signed.signatures.ed25519).signature
    return signed.body.decode("utf-8") + "\n" + base64.b64encode(raw).decode("ascii")


def read_qr_text(untrusted_text: str, ed25519_public: bytes) -> Receipt:
    """Return the receipt that a code holds, if this key signed it; raises NotAReceipt or ReceiptSignatureInvalid."""
    body, _, tail = untrusted_text.partition("\n")
    receipt = _parsed(body.encode("utf-8"))
    try:
        raw = base64.b64decode(tail.encode("ascii"), validate=True)
        signed = sshsig.to_be_signed(body.encode("utf-8"), signing.RECEIPT)
        Ed25519PublicKey.from_public_bytes(ed25519_public).verify(raw, signed)
    except (ValueError, InvalidSignature):
        raise ReceiptSignatureInvalid from None
    return receipt


def _members(untrusted_tar: bytes) -> dict[str, bytes]:
    files = {}
    at = 0
    for number, expected in enumerate(_MEMBERS, start=1):
        try:
            name, size = ustar.parse(untrusted_tar[at : at + BLOCK], number)
        except GovahError:
            raise NotAReceipt(why="tar") from None
        if name != expected:
            raise NotAReceipt(why="order")
        files[name] = untrusted_tar[at + BLOCK : at + BLOCK + size]
        at += ustar.member_length(size)
    return files


def _keys(signer: KnownSigner) -> tuple[str, str]:
    return signer.ed25519, signer.composite


def _parsed(untrusted_json: bytes) -> Receipt:
    try:
        untrusted = canonical.loads(untrusted_json)
    except crypto_errors.NotCanonical:
        raise NotAReceipt(why="not-canonical") from None
    if isinstance(untrusted, dict) and untrusted.get("format") == "govah-receipt":
        version = untrusted.get("v")
        if type(version) is int and version > 1:
            raise ReceiptTooNew(v=version)
    try:
        receipt = msgspec.convert(untrusted, Receipt)
    except msgspec.ValidationError:
        raise NotAReceipt(why="schema") from None
    if canonical.dumps(receipt) != untrusted_json:
        raise NotAReceipt(why="spelling")
    return receipt
