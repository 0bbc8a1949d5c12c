# SPDX-License-Identifier: Apache-2.0
"""Keys that are used once: what their certificates vouch for, what is refused, and what ssh-keygen says."""

from __future__ import annotations

import dataclasses
import shutil
import subprocess

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimony_app.crypto import signing, sshsig
from testimony_app.crypto.certificate import OneTimeKey, certify, claimed_authority, parse, serial_of, verify_certified
from testimony_app.crypto.errors import SecretWiped, SignatureInvalid, SignatureMissing
from testimony_app.crypto.signing import BUNDLE, COMPOSITE, ED25519, LIVE, DeviceKey, PublicKeys, Signatures

MESSAGE = b"what one witness said\n"
CARD, STRANGER = DeviceKey.generate(), DeviceKey.generate()


def one_time(serial=7, authority=CARD):
    """Return a one-time key that an authority vouches for."""
    device = DeviceKey.generate()
    return OneTimeKey(device, certify(device.public_keys(), serial, authority))


KEY = one_time()
SIGNED = KEY.sign(MESSAGE, BUNDLE)


def again(text, **changes):
    """Return a signature file with something in its certificate changed, its signature left as it was."""
    file = sshsig.parse(text)
    changed = dataclasses.replace(parse(file.certificate, file.algorithm), **changes)
    return sshsig.SshSignature(file.algorithm, changed.public, file.namespace, file.signature, changed.blob()).armored()


def test_a_certified_signature_verifies_and_tells_its_number():
    """The chain from card to one-time key to text holds, and the number is what was certified."""
    assert verify_certified(MESSAGE, SIGNED, CARD.public_keys(), BUNDLE) == 7
    assert claimed_authority(SIGNED) == CARD.public_keys()
    assert serial_of(SIGNED) == 7
    assert serial_of(CARD.sign(MESSAGE, BUNDLE)) is None
    assert claimed_authority(CARD.sign(MESSAGE, BUNDLE)) is None


def test_all_one_time_signatures_are_of_one_length():
    """A bundle's layout is fixed before it is signed."""
    sizes = {one_time(serial).signature_sizes(BUNDLE) for serial in (2, 3, 4_999)}

    assert sizes == {(len(SIGNED.ed25519), len(SIGNED.pq))}


MIXED = KEY.sign(MESSAGE, LIVE)
OTHER = one_time(8)
REFUSED = {
    "another text": lambda: verify_certified(MESSAGE + b"x", SIGNED, CARD.public_keys(), BUNDLE),
    "another purpose": lambda: verify_certified(MESSAGE, SIGNED, CARD.public_keys(), LIVE),
    "half for another purpose": lambda: verify_certified(
        MESSAGE, Signatures(SIGNED.ed25519, MIXED.pq), CARD.public_keys(), BUNDLE
    ),
    "another authority": lambda: verify_certified(MESSAGE, SIGNED, STRANGER.public_keys(), BUNDLE),
    "half another authority": lambda: verify_certified(
        MESSAGE, SIGNED, PublicKeys(CARD.ed25519_public, STRANGER.composite_public), BUNDLE
    ),
    "two numbers": lambda: verify_certified(
        MESSAGE, Signatures(SIGNED.ed25519, OTHER.sign(MESSAGE, BUNDLE).pq), CARD.public_keys(), BUNDLE
    ),
    "another number": lambda: verify_certified(
        MESSAGE, Signatures(again(SIGNED.ed25519, serial=9), again(SIGNED.pq, serial=9)), CARD.public_keys(), BUNDLE
    ),
    "another authority's name on it": lambda: verify_certified(
        MESSAGE,
        Signatures(
            again(SIGNED.ed25519, authority=STRANGER.ed25519_public),
            again(SIGNED.pq, authority=STRANGER.composite_public),
        ),
        STRANGER.public_keys(),
        BUNDLE,
    ),
    "another key in it": lambda: verify_certified(
        MESSAGE,
        Signatures(again(SIGNED.ed25519, public=STRANGER.ed25519_public), SIGNED.pq),
        CARD.public_keys(),
        BUNDLE,
    ),
    "no certificate": lambda: verify_certified(MESSAGE, CARD.sign(MESSAGE, BUNDLE), CARD.public_keys(), BUNDLE),
    "half a certificate": lambda: claimed_authority(Signatures(SIGNED.ed25519, CARD.sign(MESSAGE, BUNDLE).pq)),
    "a certificate shown as a plain key": lambda: signing.verify(
        MESSAGE, SIGNED, PublicKeys(parse(sshsig.parse(SIGNED.ed25519).certificate, ED25519).public, b""), BUNDLE
    ),
}


@pytest.mark.parametrize("case", REFUSED)
def test_what_is_refused(case):
    """Each link of the chain is checked: text, purpose, number, key and authority, for both halves."""
    with pytest.raises(SignatureInvalid):
        REFUSED[case]()


def test_a_missing_half_is_missing():
    """Nobody gains by leaving the stronger signature out."""
    with pytest.raises(SignatureMissing):
        verify_certified(MESSAGE, Signatures(SIGNED.ed25519, ""), CARD.public_keys(), BUNDLE)


@given(st.data())
@pytest.mark.parametrize("algorithm", [ED25519, COMPOSITE])
def test_a_certificate_has_one_spelling(algorithm, data):
    """A changed byte is refused, or changes a value: what parses writes back to the same bytes."""
    blob = sshsig.parse(SIGNED.ed25519 if algorithm == ED25519 else SIGNED.pq).certificate
    at = data.draw(st.integers(0, len(blob) - 1))
    changed = bytearray(blob)
    changed[at] ^= data.draw(st.integers(1, 255))

    try:
        read = parse(bytes(changed), algorithm)
    except SignatureInvalid:
        return
    assert read.blob() == bytes(changed)
    assert read != parse(blob, algorithm)


@given(st.binary(max_size=300))
def test_no_bytes_do_harm(untrusted_bytes):
    """Whatever is offered as a certificate is read or refused."""
    try:
        read = parse(untrusted_bytes, ED25519)
    except SignatureInvalid:
        return
    assert read.blob() == untrusted_bytes


@pytest.mark.skipif(shutil.which("ssh-keygen") is None, reason="ssh-keygen is not installed")
@pytest.mark.parametrize(("authority", "is_good"), [(CARD, True), (STRANGER, False)])
def test_ssh_keygen_checks_the_chain(tmp_path, authority, is_good):
    """Public tools verify a one-time signature by the card's key alone, and refuse another card's."""
    line = signing.allowed_signers_line("device", *keys_of(authority), is_authority=True).splitlines()[0]
    (tmp_path / "allowed").write_text(line + "\n")
    (tmp_path / "signature").write_text(SIGNED.ed25519)

    done = subprocess.run(
        ["ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", "device", "-n", BUNDLE, "-s", "signature"],
        cwd=tmp_path,
        input=MESSAGE,
        capture_output=True,
    )

    assert (done.returncode == 0) is is_good
    assert (b"Good" in done.stdout) is is_good


def keys_of(device):
    """Return both public keys, raw."""
    return device.ed25519_public, device.composite_public


def test_a_wiped_key_signs_nothing():
    """After its testimony a one-time key is gone."""
    key = one_time()
    key.wipe()

    with pytest.raises(SecretWiped):
        key.sign(MESSAGE, BUNDLE)
