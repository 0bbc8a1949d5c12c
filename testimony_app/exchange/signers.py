# SPDX-License-Identifier: Apache-2.0
"""Who signed a bundle: found by the keys in the signature files, before anything that was signed is parsed.

Both signatures must fit, always. When the keys belong to a pinned card, they must be that card's two keys
together; when they belong to nobody here, they must at least fit themselves, so that a damaged bundle from a
stranger isn't called a stranger's bundle. A drop box signs with keys that are used once; then it is the keys that
vouch for those that are looked for, and the certificate's number must be the signed page's own.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from testimony_app.crypto import certificate, signing, sshsig
from testimony_app.crypto import errors as crypto_errors
from testimony_app.crypto.signing import PublicKeys, Signatures
from testimony_app.exchange import tagfiles
from testimony_app.exchange.contents import BundleJson
from testimony_app.exchange.errors import BundleJsonRefused, NotForUs, SignatureInvalid, SignatureMissing
from testimony_app.exchange.wire import KnownSigner


def find(untrusted_files: Mapping[str, bytes], known: Sequence[KnownSigner]) -> KnownSigner | None:
    """Return the known signer of a tagmanifest, or None when its keys are nobody's here.

    Raises SignatureMissing or SignatureInvalid.
    """
    files = untrusted_files
    signatures = as_signatures(files[tagfiles.ED25519_SIG], files[tagfiles.PQ_SIG])
    return find_signer(files[tagfiles.TAGMANIFEST], signatures, known, signing.BUNDLE)


def find_signer(
    message: bytes, signatures: Signatures, known: Sequence[KnownSigner], namespace: str
) -> KnownSigner | None:
    """Return whose both signatures these are, or None for a stranger's; raises as `find` does."""
    try:
        # Cards and receipts are signed by a card's own keys; only testimony is signed by keys that are used once.
        may_be_certified = namespace in {signing.BUNDLE, signing.LIVE}
        authority = certificate.claimed_authority(signatures) if may_be_certified else None
        claimed = authority or _claimed(signatures)
        signer = next((one for one in known if _shares_a_key(one, claimed)), None)
        keys = PublicKeys.from_base64(signer.ed25519, signer.composite) if signer else claimed
        if authority is not None:
            certificate.verify_certified(message, signatures, keys, namespace)
        else:
            signing.verify(message, signatures, keys, namespace)
    except crypto_errors.SignatureMissing:
        raise SignatureMissing from None
    except (crypto_errors.SignatureInvalid, crypto_errors.NotAKey):
        raise SignatureInvalid from None
    return signer


def check_number(untrusted_files: Mapping[str, bytes], page: BundleJson) -> None:
    """Refuse a page whose number isn't that of the one-time key that signed it; other keys sign any number."""
    signatures = as_signatures(untrusted_files[tagfiles.ED25519_SIG], untrusted_files[tagfiles.PQ_SIG])
    if certificate.serial_of(signatures) not in {None, page.seq}:
        raise BundleJsonRefused(file="bundle.json", why="one-time-number")


def _claimed(signatures: Signatures) -> PublicKeys:
    return PublicKeys(sshsig.parse(signatures.ed25519).public, sshsig.parse(signatures.pq).public)


def as_signatures(untrusted_ed25519: bytes, untrusted_pq: bytes) -> Signatures:
    """Return two signature files as text; raises SignatureMissing for an empty one."""
    if not untrusted_ed25519 or not untrusted_pq:
        raise SignatureMissing
    try:
        return Signatures(untrusted_ed25519.decode("ascii"), untrusted_pq.decode("ascii"))
    except UnicodeDecodeError:
        raise SignatureInvalid from None


def check_addresses(
    page: BundleJson, signer: KnownSigner | None, own: frozenset[str], known: Sequence[KnownSigner]
) -> None:
    """Refuse a page that names another sender than its signer, or that wasn't made for us.

    An archive that could pass a bundle on to another "from" its sender is stopped here: the signed page names
    whom it was made for; an earlier card of ours, of the same keys, is ours. Without a card of our own (a bare key)
    there is nothing to compare.
    """
    if signer is not None and page.sender not in cards_of(signer, known):
        raise BundleJsonRefused(file="bundle.json", why="sender")
    if signer is None and any(page.sender == one.fingerprint for one in known):
        raise SignatureInvalid
    if own and own.isdisjoint(page.recipients):
        raise NotForUs(where="list")


def cards_of(signer: KnownSigner, known: Sequence[KnownSigner]) -> frozenset[str]:
    """Return the fingerprints of every card that the signer has had here, with these keys."""
    keys = (signer.ed25519, signer.composite)
    return frozenset(one.fingerprint for one in known if (one.ed25519, one.composite) == keys)


def _shares_a_key(one: KnownSigner, claimed: PublicKeys) -> bool:
    # One key of a known card is enough to expect the other as well: half a card is a forgery, not a stranger.
    ed25519, composite = claimed.to_base64()
    return one.ed25519 == ed25519 or one.composite == composite
