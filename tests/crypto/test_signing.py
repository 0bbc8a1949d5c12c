# SPDX-License-Identifier: Apache-2.0
"""Signatures: what verifies, what does not, and what ssh-keygen says to both.

The ssh-keygen of most systems (before 10.4) knows Ed25519 only and is the judge of that half. The composite
has no such judge here: it is taken apart and judged by verifying its two halves with the library alone, over a
text put together here from the draft, and by the sizes and names that OpenSSH's source has.
"""

from __future__ import annotations

import base64
import hashlib
import shutil
import struct
import subprocess

import pytest
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.mldsa import MLDSA44PublicKey
from hypothesis import given
from hypothesis import strategies as st

from testimony_app.crypto import signing, sshsig
from testimony_app.crypto.errors import NotAKey, SecretWiped, SignatureInvalid, SignatureMissing
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.signing import BUNDLE, CARD, NAMESPACES, RECEIPT, DeviceKey, PublicKeys, Signatures, verify

MESSAGE = b"manifest-sha512.txt and what it stands for\n" * 50
DEVICE = DeviceKey.generate()
SIGNED = DEVICE.sign(MESSAGE, BUNDLE)
OTHER = DeviceKey.generate()

needs_ssh = pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")


@pytest.mark.parametrize("namespace", NAMESPACES)
@pytest.mark.parametrize("message", [b"", b"x", MESSAGE])
def test_what_is_signed_verifies(message, namespace):
    """A text signed for a purpose verifies for that purpose, and says whose keys signed."""
    signer = verify(message, DEVICE.sign(message, namespace), DEVICE.public_keys(), namespace)

    assert (signer.keys, signer.namespace) == (DEVICE.public_keys(), namespace)


REFUSED = {
    "another-text": lambda: verify(MESSAGE + b"\n", SIGNED, DEVICE.public_keys(), BUNDLE),
    "another-purpose": lambda: verify(MESSAGE, SIGNED, DEVICE.public_keys(), RECEIPT),
    "another-device": lambda: verify(MESSAGE, SIGNED, OTHER.public_keys(), BUNDLE),
    "another-composite-key": lambda: verify(
        MESSAGE, SIGNED, PublicKeys(DEVICE.ed25519_public, OTHER.composite_public), BUNDLE
    ),
    "another-ed25519-key": lambda: verify(
        MESSAGE, SIGNED, PublicKeys(OTHER.ed25519_public, DEVICE.composite_public), BUNDLE
    ),
    "one-by-another-device": lambda: verify(
        MESSAGE, Signatures(SIGNED.ed25519, OTHER.sign(MESSAGE, BUNDLE).pq), DEVICE.public_keys(), BUNDLE
    ),
    "one-for-another-purpose": lambda: verify(
        MESSAGE, Signatures(SIGNED.ed25519, DEVICE.sign(MESSAGE, CARD).pq), DEVICE.public_keys(), BUNDLE
    ),
    "in-each-other-s-place": lambda: verify(
        MESSAGE, Signatures(SIGNED.pq, SIGNED.ed25519), DEVICE.public_keys(), BUNDLE
    ),
    "the-same-twice": lambda: verify(MESSAGE, Signatures(SIGNED.ed25519, SIGNED.ed25519), DEVICE.public_keys(), BUNDLE),
}


@pytest.mark.parametrize("act", REFUSED.values(), ids=REFUSED)
def test_what_does_not_fit_is_invalid(act):
    """Both signatures have to fit the text, the purpose and the pinned keys."""
    with pytest.raises(SignatureInvalid):
        act()


@pytest.mark.parametrize("left", [Signatures(SIGNED.ed25519, ""), Signatures("", SIGNED.pq), Signatures("", "")])
def test_a_missing_signature_is_no_lesser_one(left):
    """Leaving out either signature is refused, and is told from a wrong one."""
    with pytest.raises(SignatureMissing):
        verify(MESSAGE, left, DEVICE.public_keys(), BUNDLE)


def blob_of(armored):
    """Return the bytes between the dashes."""
    return base64.b64decode("".join(armored.splitlines()[1:-1]))


def armored(blob):
    """Return bytes between dashes."""
    text = base64.b64encode(blob).decode()
    rows = [text[at : at + 70] for at in range(0, len(text), 70)]
    return "\n".join(["-----BEGIN SSH SIGNATURE-----", *rows, "-----END SSH SIGNATURE-----", ""])


@pytest.mark.parametrize("which", ["ed25519", "pq"])
def test_every_altered_byte_is_noticed(which):
    """A byte altered anywhere in a signature file is refused."""
    blob = blob_of(getattr(SIGNED, which))
    places = range(0, len(blob), 1 if which == "ed25519" else 37)
    for place in places:
        altered = bytearray(blob)
        altered[place] ^= 1 << place % 8
        files = {"ed25519": SIGNED.ed25519, "pq": SIGNED.pq, which: armored(bytes(altered))}
        with pytest.raises(SignatureInvalid):
            verify(MESSAGE, Signatures(**files), DEVICE.public_keys(), BUNDLE)


OTHER_FORMS = {
    "other-columns": lambda text: text.replace("\n", "", 2).replace("SIGNATURE-----", "SIGNATURE-----\n", 1),
    "no-last-line-end": lambda text: text[:-1],
    "carriage-returns": lambda text: text.replace("\n", "\r\n"),
    "text-before": lambda text: "x\n" + text,
    "text-after": lambda text: text + "x\n",
    "other-dashes": lambda text: text.replace("SSH", "PGP"),
    "a-letter-more": lambda text: text.replace("U1NI", "U1NIA", 1),
    "sign-outside-base64": lambda text: text.replace("U1NI", "U1N\u00e9", 1),
    "nothing-inside": lambda text: "".join([text.splitlines(keepends=True)[0], text.splitlines(keepends=True)[-1]]),
    "endless": lambda text: text.replace("\n", "\n" + "A" * 20_000, 1),
}


@pytest.mark.parametrize("change", OTHER_FORMS.values(), ids=OTHER_FORMS)
@pytest.mark.parametrize("which", ["ed25519", "pq"])
def test_a_signature_file_has_one_form(which, change):
    """A signature written in any other way is refused, though it might mean the same."""
    files = {"ed25519": SIGNED.ed25519, "pq": SIGNED.pq, which: change(getattr(SIGNED, which))}

    with pytest.raises(SignatureInvalid):
        verify(MESSAGE, Signatures(**files), DEVICE.public_keys(), BUNDLE)


@pytest.mark.fuzz
@given(st.binary(max_size=300), st.integers(0, 300), st.integers(0, 40))
def test_what_parses_is_written_back_the_same(inserted, place, cut):
    """A signature file that parses writes back to its bytes, whatever was put into it or taken out."""
    blob = blob_of(SIGNED.ed25519)
    text = armored(blob[:place] + inserted + blob[place + cut :])
    try:
        parsed = sshsig.parse(text)
    except SignatureInvalid:
        return

    assert parsed.armored() == text


def test_the_names_and_sizes_are_those_of_openssh():
    """Keys and signatures have the names, the order and the lengths of OpenSSH's ssh-mldsa-eddsa.c."""
    parsed = sshsig.parse(SIGNED.pq)

    assert parsed.algorithm == "ssh-mldsa44-ed25519@openssh.com"
    assert len(parsed.public) == 1312 + 32 == len(DEVICE.composite_public)
    assert len(parsed.signature) == 2420 + 64
    blob = blob_of(SIGNED.pq)
    (length,) = struct.unpack_from(">I", blob, 10)
    assert blob[:10] == b"SSHSIG\0\0\0\1"
    assert blob[14 : 14 + length] == b"".join(
        struct.pack(">I", len(part)) + part for part in (b"ssh-mldsa44-ed25519@openssh.com", DEVICE.composite_public)
    )


def test_the_composite_is_what_the_draft_says():
    """Each half of the composite verifies alone, by the library, over a text put together from the draft."""
    parsed = sshsig.parse(SIGNED.pq)
    digest = hashlib.sha512(MESSAGE).digest()
    signed = b"SSHSIG" + b"".join(
        struct.pack(">I", len(part)) + part for part in (b"bundle-v1@govah", b"", b"sha512", digest)
    )
    label = b"COMPSIG-MLDSA44-Ed25519-SHA512"
    text = b"CompositeAlgorithmSignatures2025" + label + b"\0" + hashlib.sha512(signed).digest()

    MLDSA44PublicKey.from_public_bytes(parsed.public[:1312]).verify(parsed.signature[:2420], text, label)
    curve = Ed25519PublicKey.from_public_bytes(parsed.public[1312:])
    curve.verify(parsed.signature[2420:], text)
    with pytest.raises(InvalidSignature):
        curve.verify(parsed.signature[2420:], signed)


def test_half_a_composite_is_none():
    """Neither half of another device's composite can be put in the place of ours."""
    ours, theirs = sshsig.parse(SIGNED.pq), sshsig.parse(OTHER.sign(MESSAGE, BUNDLE).pq)
    for mixed in (
        theirs.signature[:2420] + ours.signature[2420:],
        ours.signature[:2420] + theirs.signature[2420:],
        ours.signature[:-1],
    ):
        file = sshsig.SshSignature(ours.algorithm, ours.public, ours.namespace, mixed).armored()
        with pytest.raises(SignatureInvalid):
            verify(MESSAGE, Signatures(SIGNED.ed25519, file), DEVICE.public_keys(), BUNDLE)


def test_the_two_keys_share_nothing():
    """The Ed25519 key inside the composite is not the one that signs alone."""
    assert DEVICE.composite_public[1312:] != DEVICE.ed25519_public


def test_keys_come_back_from_their_seeds():
    """The 64 bytes that are kept make the same keys again."""
    with DEVICE.seeds() as seeds:
        again = DeviceKey.from_seeds(seeds)

    assert again.public_keys() == DEVICE.public_keys()
    with pytest.raises(NotAKey):
        DeviceKey.from_seeds(Secret(bytes(63)))


def test_public_keys_travel_as_base64():
    """What a card writes is read back; what is no key is refused."""
    texts = DEVICE.public_keys().to_base64()
    assert PublicKeys.from_base64(*texts) == DEVICE.public_keys()

    for bad in (("", texts[1]), (texts[0], texts[0]), (texts[0] + "=", texts[1]), ("\u00e9", texts[1])):
        with pytest.raises(NotAKey):
            PublicKeys.from_base64(*bad)


def test_nothing_is_signed_for_an_unknown_purpose():
    """There are three purposes; a text for any other is not signed."""
    with pytest.raises(ValueError, match="namespace"):
        DEVICE.sign(MESSAGE, "file")


def test_a_wiped_key_signs_nothing():
    """After wiping, the device can't sign."""
    device = DeviceKey.generate()
    device.wipe()

    with pytest.raises(SecretWiped):
        device.sign(MESSAGE, BUNDLE)


def ssh_verifies(folder, message, namespace=BUNDLE, signatures=SIGNED):
    """Return whether ssh-keygen takes the Ed25519 signature for the device's."""
    allowed, file = folder / "allowed_signers", folder / "signature"
    allowed.write_text(
        "# whose keys these are\n"
        + signing.allowed_signers_line("device", DEVICE.ed25519_public, DEVICE.composite_public)
    )
    file.write_text(signatures.ed25519)
    words = ["ssh-keygen", "-Y", "verify", "-f", allowed, "-I", "device", "-n", namespace, "-s", file]
    return subprocess.run(words, input=message, capture_output=True).returncode == 0


@needs_ssh
def test_ssh_keygen_verifies_ours(tmp_path):
    """ssh-keygen takes our signature for what it is, and for nothing else."""
    assert ssh_verifies(tmp_path, MESSAGE)
    assert not ssh_verifies(tmp_path, MESSAGE + b"x")
    assert not ssh_verifies(tmp_path, MESSAGE, RECEIPT)
    assert not ssh_verifies(tmp_path, MESSAGE, signatures=OTHER.sign(MESSAGE, BUNDLE))


@needs_ssh
def test_we_verify_ssh_keygen_s(tmp_path):
    """A signature that ssh-keygen makes parses, writes back to its bytes, and verifies; one for others does not."""
    key = tmp_path / "key"
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key], check=True)
    words = ["ssh-keygen", "-Y", "sign", "-f", key, "-n", BUNDLE]
    text = subprocess.run(words, input=MESSAGE, capture_output=True, check=True).stdout.decode()
    parsed = sshsig.parse(text)
    theirs = PublicKeys(parsed.public, DEVICE.composite_public)

    assert parsed.armored() == text
    assert key.with_suffix(".pub").read_text().startswith(sshsig.public_line(parsed.algorithm, parsed.public))
    assert verify(MESSAGE, Signatures(text, SIGNED.pq), theirs, BUNDLE).keys == theirs
    with pytest.raises(SignatureInvalid):
        verify(MESSAGE + b"x", Signatures(text, SIGNED.pq), theirs, BUNDLE)
