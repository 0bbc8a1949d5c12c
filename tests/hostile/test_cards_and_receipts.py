# SPDX-License-Identifier: Apache-2.0
"""Broken and malicious cards and receipts."""

from __future__ import annotations

import json

import pytest

from testimony_app.crypto import age, canonical, signing
from testimony_app.crypto.signing import DeviceKey
from testimony_app.errors import GovahError
from testimony_app.exchange import receipt, trust, ustar
from testimony_app.exchange.bag import member
from testimony_app.exchange.receipt import Receipt, Volume
from testimony_app.exchange.wire import KnownSigner
from tests.exchange.people import replaced

NOT_CARD, CARD_SIGNATURE, CARD_NEW = (
    "exchange.not-a-card",
    "exchange.card-signature-invalid",
    "exchange.card-too-new",
)
NOT_RECEIPT, RECEIPT_SIGNATURE = "exchange.not-a-receipt", "exchange.receipt-signature-invalid"


@pytest.fixture(scope="module")
def card_file(world):
    """Return an honest card file as plain JSON."""
    return json.loads(trust.sign_card(world.archive.card_bytes, world.archive.device))


def resigned(world, page, **changes):
    """Return a card file whose changed card is signed by its own keys again."""
    page["card"].update(changes)
    made = world.archive.device.sign(canonical.dumps(page["card"]), signing.CARD)
    page["signatures"] = {"ed25519": made.ed25519, "pq": made.pq}
    return canonical.dumps(page)


def told(**changes):
    return lambda _w, page: canonical.dumps({**page, **changes})


def card(**changes):
    return lambda w, page: resigned(w, page, **changes)


def unsigned_card(**changes):
    return lambda _w, page: canonical.dumps({**page, "card": {**page["card"], **changes}})


CARDS = {
    "empty": (lambda _w, _p: b"", NOT_CARD),
    "noise": (lambda _w, _p: b"\xff" * 500, NOT_CARD),
    "an array": (lambda _w, p: canonical.dumps([p]), NOT_CARD),
    "spaces": (lambda _w, p: json.dumps(p).encode(), NOT_CARD),
    "a line break at the end": (lambda _w, p: canonical.dumps(p) + b"\n", NOT_CARD),
    "thirty kilobytes": (told(ext={"a": "x" * 30_000}), NOT_CARD),
    "seventeen kilobytes without a replacement": (told(ext={"a": "x" * 9_000}), NOT_CARD),
    "another format": (told(format="card"), NOT_CARD),
    "a later version": (told(major=2), CARD_NEW),
    "something critical": (told(critical=["x"]), CARD_NEW),
    "member that nobody knows": (told(extra=1), NOT_CARD),
    "no signatures": (lambda _w, p: canonical.dumps({k: v for k, v in p.items() if k != "signatures"}), NOT_CARD),
    "empty signatures": (told(signatures={"ed25519": "", "pq": ""}), CARD_SIGNATURE),
    "another name after signing": (unsigned_card(name="Somebody else"), CARD_SIGNATURE),
    "another recipient after signing": (
        lambda w, p: unsigned_card(recipient=w.stranger.card.recipient)(w, p), CARD_SIGNATURE,
    ),
    "another key after signing": (lambda w, p: unsigned_card(ed25519=w.stranger.card.ed25519)(w, p), CARD_SIGNATURE),
    "another role after signing": (unsigned_card(role="collector"), CARD_SIGNATURE),
    "no name": (card(name=""), NOT_CARD),
    "name of a thousand letters": (card(name="x" * 1000), NOT_CARD),
    "unknown role": (card(role="keeper"), NOT_CARD),
    "an older recipient": (card(recipient=age.X25519Identity.generate().recipient().text()), NOT_CARD),
    "recipient that is no key": (card(recipient="age1pq1" + "q" * 100), NOT_CARD),
    "recipient in capitals": (lambda w, p: card(recipient=p["card"]["recipient"].upper())(w, p), NOT_CARD),
    "keepers' key that is none": (card(keepers="age1pq1x"), NOT_CARD),
    "signing key too short": (card(ed25519="AAAA"), NOT_CARD),
    "signing key of other letters": (card(ed25519="!" * 44), NOT_CARD),
    "quantum-safe key cut": (lambda w, p: card(composite=p["card"]["composite"][:-4])(w, p), NOT_CARD),
    "day that is none": (card(valid_until="soon"), NOT_CARD),
    "member inside the card": (card(note="x"), NOT_CARD),
    "replaces nothing in particular": (told(replaces={"fingerprint": "ab"}), NOT_CARD),
    "a member left out that has a default": (
        lambda w, p: resigned_without(w, p, "keepers"), NOT_CARD,
    ),
}  # fmt: skip


def resigned_without(world, page, name):
    page = {**page, "card": {key: value for key, value in page["card"].items() if key != name}}
    return resigned(world, page)


@pytest.mark.parametrize("name", CARDS)
def test_broken_cards(world, card_file, name):
    """Each broken card gets its own verdict, and none is read."""
    make, code = CARDS[name]
    content = make(world, json.loads(json.dumps(card_file)))

    with pytest.raises(GovahError) as refusal:
        trust.read_card(content)

    assert refusal.value.code == code


def test_card_signed_for_another_purpose(world, card_file):
    """Signatures made for bundles don't make a card."""
    made = world.archive.device.sign(world.archive.card_bytes, signing.BUNDLE)
    page = {**card_file, "signatures": {"ed25519": made.ed25519, "pq": made.pq}}

    with pytest.raises(GovahError, match=CARD_SIGNATURE.replace(".", r"\.")):
        trust.read_card(canonical.dumps(page))


def honest(world):
    """Return an honest receipt."""
    volume = Volume(index=1, tagmanifest_sha512="a" * 128, ciphertext_sha256="b" * 64, bytes=5)
    return Receipt(
        bundle="1" * 32, group="2" * 32, volumes=(volume,), missing=(), status="accepted", copies=2,
        archive=world.archive.fingerprint, sender=world.sender.fingerprint, seq=1, prev=None, day="2026-05-01",
    )  # fmt: skip


def known(*parties):
    return tuple(
        KnownSigner(fingerprint=p.fingerprint, ed25519=p.card.ed25519, composite=p.card.composite) for p in parties
    )


def open_receipt(world, content):
    """Go the whole way that a collector goes with a receipt file."""
    signed = receipt.unpack(receipt.unseal(content, world.sender.identity))
    return receipt.check_signed(signed, known(world.archive)), signed


def sealed(world, tar, recipient=None):
    to = [age.HybridRecipient.from_text((recipient or world.sender).card.recipient)]
    return age.seal_bytes(tar, to, decoys=3)


def made_of(world, body, *, device=None, namespace=signing.RECEIPT, change=lambda files: files):
    """Return a receipt's tar for any bytes in place of receipt.json, signed."""
    made = (device or world.archive.device).sign(body, namespace)
    files = change({
        "receipt.json": body,
        "receipt.json.ed25519.sig": made.ed25519.encode(),
        "receipt.json.pq.sig": made.pq.encode(),
    })  # fmt: skip
    tar = b"".join(member(name, data) for name, data in files.items()) + bytes(1024)
    return tar + bytes(-len(tar) % 16384)


def saying(**changes):
    def make(world):
        plain = json.loads(canonical.dumps(honest(world)))
        return sealed(world, made_of(world, canonical.dumps({**plain, **changes})))

    return make


def body(change):
    return lambda w: sealed(w, made_of(w, change(canonical.dumps(honest(w)))))


def files(change):
    return lambda w: sealed(w, made_of(w, canonical.dumps(honest(w)), change=change))


def more_copies(text):
    return text.replace(b'"copies":2', b'"copies":9')


def bent_tar(change):
    return lambda w: sealed(w, change(receipt.pack(receipt.sign(honest(w), w.archive.device))))


RECEIPTS = {
    "empty": (lambda _w: b"", NOT_RECEIPT),
    "noise": (lambda _w: b"\x00" * 9000, NOT_RECEIPT),
    "half a mebibyte": (lambda w: sealed(w, bytes(1 << 19)), NOT_RECEIPT),
    "cut short": (lambda w: saying()(w)[:-20], NOT_RECEIPT),
    "altered": (lambda w: saying()(w)[:-1] + b"\0", NOT_RECEIPT),
    "for somebody else": (
        lambda w: sealed(w, made_of(w, canonical.dumps(honest(w))), w.stranger), "exchange.receipt-not-for-us",
    ),
    "no tar": (lambda w: sealed(w, b"hello"), NOT_RECEIPT),
    "one member": (lambda w: sealed(w, member("receipt.json", b"{}") + bytes(15360)), NOT_RECEIPT),
    "other members": (lambda w: sealed(w, member("x", b"{}") * 3 + bytes(1024)), NOT_RECEIPT),
    "a member more": (files(lambda f: {**f, "evil.exe": b"MZ"}), NOT_RECEIPT),
    "members in another order": (files(lambda f: dict(reversed(f.items()))), NOT_RECEIPT),
    "padding not zero": (bent_tar(lambda t: t[:-1] + b"x"), NOT_RECEIPT),
    "padding too long": (bent_tar(lambda t: t + bytes(16384)), NOT_RECEIPT),
    "padding too short": (bent_tar(lambda t: t[:-512]), NOT_RECEIPT),
    "no JSON": (body(lambda _b: b"x"), NOT_RECEIPT),
    "JSON with spaces": (body(lambda b: b.replace(b":", b": ", 1)), NOT_RECEIPT),
    "another format": (saying(format="receipt"), NOT_RECEIPT),
    "a later version": (saying(v=2), "exchange.receipt-too-new"),
    "member that nobody knows": (saying(extra=1), NOT_RECEIPT),
    "no volumes": (saying(volumes=[]), NOT_RECEIPT),
    "volume of nothing": (saying(volumes=[{}]), NOT_RECEIPT),
    "unknown status": (saying(status="fine"), NOT_RECEIPT),
    "copies as text": (saying(copies="2"), NOT_RECEIPT),
    "negative copies": (saying(copies=-1), NOT_RECEIPT),
    "number nought": (saying(seq=0), NOT_RECEIPT),
    "another archive than the signer": (saying(archive="c" * 64), RECEIPT_SIGNATURE),
    "no quantum-safe signature": (files(lambda f: {**f, "receipt.json.pq.sig": b""}), RECEIPT_SIGNATURE),
    "no Ed25519 signature": (files(lambda f: {**f, "receipt.json.ed25519.sig": b""}), RECEIPT_SIGNATURE),
    "signature of noise": (files(lambda f: {**f, "receipt.json.pq.sig": b"\xff" * 100}), RECEIPT_SIGNATURE),
    "signed as a bundle": (
        lambda w: sealed(w, made_of(w, canonical.dumps(honest(w)), namespace=signing.BUNDLE)), RECEIPT_SIGNATURE,
    ),
    "signed by a stranger in the archive's name": (
        lambda w: sealed(w, made_of(w, canonical.dumps(honest(w)), device=w.stranger.device)), RECEIPT_SIGNATURE,
    ),
    "copies raised after signing": (
        files(lambda f: {**f, "receipt.json": more_copies(f["receipt.json"])}), RECEIPT_SIGNATURE,
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", RECEIPTS)
def test_broken_receipts(world, name):
    """Each broken receipt gets its own verdict."""
    make, code = RECEIPTS[name]

    with pytest.raises(GovahError) as refusal:
        open_receipt(world, make(world))

    assert refusal.value.code == code


def test_strangers_receipt_has_no_known_signer(world):
    """An honest receipt of an archive that nobody pinned is nobody's."""
    theirs = replaced(honest(world), archive=world.stranger.fingerprint)

    signer, _signed = open_receipt(
        world, sealed(world, made_of(world, canonical.dumps(theirs), device=world.stranger.device))
    )

    assert signer is None


def test_the_honest_receipt_passes(world):
    """The receipt that all forgeries start from is good, and writes back to the same bytes."""
    tar = receipt.pack(receipt.sign(honest(world), world.archive.device))

    signer, signed = open_receipt(world, sealed(world, tar))

    assert signer.fingerprint == world.archive.fingerprint
    assert receipt.pack(signed) == tar
    assert len(tar) == 16384
    assert ustar.parse(tar[:512], 1)[0] == "receipt.json"
    assert isinstance(world.archive.device, DeviceKey)
