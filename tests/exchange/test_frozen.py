# SPDX-License-Identifier: Apache-2.0
"""What version 1.0 wrote must open for ever: a bundle, a receipt and two cards, made once and never again.

The keys beside them were made for this and belong to nobody. When a test here fails, the program is wrong, not
the files.
"""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from testimony_app.crypto import age
from testimony_app.crypto.stream import PayloadReader
from testimony_app.exchange import receipt, trust
from testimony_app.exchange.receive import Desk, inspect, verify
from testimony_app.exchange.unseal import read_key_file
from testimony_app.exchange.wire import KnownSigner
from testimony_app.model.bundle import Outcome
from testimony_app.model.partner import Partner

FROZEN = Path(__file__).parents[1] / "vectors" / "exchange-1.0"


@pytest.fixture
def expected():
    """Return what the files hold."""
    return json.loads((FROZEN / "expected.json").read_text(encoding="utf-8"))


@pytest.fixture
def desk():
    """Return what the archive of that time knew."""
    own, sender = (trust.read_card_file(FROZEN / f"{name}.card") for name in ("archive", "collector"))
    partner = Partner(fingerprint=sender.fingerprint, card=sender.card, trusted_at="2026-05-01")
    return Desk(read_key_file(FROZEN / "archive.key").text(), (partner,), own.fingerprint)


def test_cards_of_version_1_0(expected):
    """Their fingerprints and safety numbers are what people have compared."""
    for name in ("archive", "collector"):
        card = trust.read_card_file(FROZEN / f"{name}.card")
        assert card.fingerprint == expected[name]["fingerprint"]
        assert card.safety_number == expected[name]["safety_number"]


def test_bundle_of_version_1_0(expected, desk, tmp_path):
    """It verifies, and everything in it is what it was."""
    verified = inspect(FROZEN / "bundle.AGE", desk, tmp_path / "q")
    plain = {
        payload.path: PayloadReader(io.BytesIO((verified.folder / payload.blob).read_bytes()), key).readall()
        for payload, key in zip(verified.payloads, verified.keys, strict=True)
    }

    assert (verified.code, verified.testimony.title) == (expected["code"], expected["title"])
    assert verified.ciphertext_sha256 == expected["sha256"]
    assert verified.tagmanifest_sha512 == expected["tagmanifest_sha512"]
    assert verified.testimony.statement.text == expected["statement"]
    assert plain["data/audio/r01-s01.flac"] == b"fLaC" + bytes(range(256)) * 8
    assert plain["data/attachments/a01.bin"] == b"photo"
    identity = age.open_bytes(plain["data/identity.age"], [read_key_file(FROZEN / "archive.key")])
    assert json.loads(bytes(identity))["names"] == expected["names"]


def test_bundle_of_version_1_0_where_it_lies(desk):
    """It verifies in place, too."""
    assert verify(FROZEN / "bundle.AGE", desk).outcome is Outcome.VERIFIED


def test_receipt_of_version_1_0(expected):
    """It opens for its sender, and both signatures are the archive's."""
    archive = trust.read_card_file(FROZEN / "archive.card")
    known = KnownSigner(archive.fingerprint, archive.card.ed25519, archive.card.composite)

    tar = receipt.unseal((FROZEN / "receipt.RCP").read_bytes(), read_key_file(FROZEN / "collector.key"))
    signed = receipt.unpack(tar)

    assert receipt.check_signed(signed, (known,)) == known
    assert signed.receipt.volumes[0].tagmanifest_sha512 == expected["tagmanifest_sha512"]
    assert (signed.receipt.status, signed.receipt.copies) == ("accepted", 2)
    assert receipt.pack(signed) == tar
