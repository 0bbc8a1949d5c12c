# SPDX-License-Identifier: Apache-2.0
"""The formats that others can put before us: envelope, tar, bag, pages, cards, receipts, signatures, key file."""

from __future__ import annotations

import base64
import io

from fuzz.target import Target, written_back
from testimony_app.crypto import age, canonical, certificate, header, keyfile, signing, sshsig
from testimony_app.crypto.keyring import Keyring
from testimony_app.crypto.passphrase import CHEAP
from testimony_app.crypto.recipients import HybridIdentity, HybridRecipient, X25519Identity
from testimony_app.crypto.secret import Secret
from testimony_app.errors import GovahError
from testimony_app.exchange import bag_check, contents, inner, live, receipt, trust, ustar
from testimony_app.exchange.bag import member
from testimony_app.exchange.live import LivePage
from testimony_app.exchange.receipt import Receipt, Volume
from tests.hostile.forge import Bends, World

WORLD = World()
DEVICE = WORLD.archive.device
KEYS = [HybridIdentity.generate(), X25519Identity.generate()]
PLAIN = b"what was said in the yard"
SEALED = tuple(age.seal_bytes(PLAIN, [key.recipient()]) for key in KEYS)
SIGNED = DEVICE.sign(b"a page", "bundle-v1@govah")
CERTIFICATES = certificate.certify(WORLD.sender.device.public_keys(), 7, DEVICE)
PAGE = canonical.dumps(WORLD.page(dict(WORLD.honest)))
CARD = trust.sign_card(WORLD.archive.card_bytes, DEVICE)
HEAD: list[bytes] = []
WORLD.forge(Bends(tar=lambda content: HEAD.append(content) or content))


def targets() -> tuple[Target, ...]:
    """Return the parsers of files."""
    live_json = canonical.dumps(_live_page())
    from_bytes = [
        Target("age-header", _age_header, SEALED, (b"-> ", b"--- ", b"X25519", b"scrypt", b"mlkem768x25519")),
        Target("age-file", _age_file, SEALED),
        Target("keyfile", written_back(Keyring.parse, Keyring.serialise, GovahError), (_keyring(),)),
        Target("keyfile-parts", _keyfile_parts, (_keyring(),)),
        Target("ustar", _ustar, (ustar.header("bag/bagit.txt", 55), ustar.header("bag/data/audio/r01-s01.flac", 9))),
        Target("bag-head", _bag_head, (HEAD[0][:40_000],), (b"ustar\0", b"bag/", b"\0" * 512)),
        Target("bundle-json", written_back(contents.read, contents.write, GovahError), (PAGE,), _names(PAGE)),
        Target(
            "testimony-json",
            written_back(inner.read_testimony, inner.write_testimony, GovahError),
            (WORLD.honest["data/testimony.json"],),
            _names(WORLD.honest["data/testimony.json"]),
        ),
        Target("live-json", written_back(live.read, canonical.dumps, GovahError), (live_json,), _names(live_json)),
        Target("live-opening", _live_opening, (live.opening(_live_page(), live_json, SIGNED),)),
        Target("card", _card, (CARD,), (b'"replaces":', b'"critical":', b'"ext":{')),
        Target("receipt", written_back(receipt.unpack, receipt.pack, GovahError), (receipt.pack(_receipt()),)),
        Target("receipt-code", _receipt_code, (receipt.qr_text(_receipt()).encode(),)),
        Target("sshsig", _sshsig, (SIGNED.ed25519.encode(), SIGNED.pq.encode()), (b"-----BEGIN SSH SIGNATURE-----\n",)),
        Target("sshsig-blob", _sshsig_blob, tuple(_blob(text) for text in (SIGNED.ed25519, SIGNED.pq))),
        Target("certificate", _certificate, CERTIFICATES),
        Target(
            "canonical-json",
            written_back(canonical.loads, canonical.dumps, GovahError),
            (PAGE, b"{}", b"[]", b'{"a":[1,-1,true,null,"\xd9\x81"]}'),
            (b"\\u0000", b"\\ud800", b"1e5", b"-0", b"9007199254740993", b'{"a":', b"[[[["),
        ),
    ]
    return (*from_bytes, Target("recipient", _recipient, (WORLD.archive.card.recipient.encode(),)))


def _age_header(content: bytes) -> None:
    try:
        parsed = header.parse(content)
    except GovahError:
        return
    assert content.startswith(header.serialise(parsed))


def _age_file(content: bytes) -> None:
    try:
        opened = age.open_bytes(content, KEYS)
    except GovahError:
        return
    assert opened == PLAIN and content in SEALED


def _keyfile_parts(content: bytes) -> None:
    try:
        parts = keyfile.parse(content)
    except GovahError:
        return
    assert content.startswith(parts.body())


def _keyring() -> bytes:
    ring = Keyring.create(bytes(16), CHEAP)
    ring.add(Secret(b"seven quiet words"))
    return bytes(ring.serialise())


def _ustar(content: bytes) -> None:
    try:
        name, size = ustar.parse(content[:512], 1)
    except GovahError:
        return
    assert ustar.header(name, size) == content[:512]


def _bag_head(content: bytes) -> None:
    try:
        head = bag_check.read_head(io.BytesIO(content))
    except GovahError:
        return
    files = head.untrusted_files
    assert b"".join(member(f"bag/{name}", body) for name, body in files.items()) == content[: head.byte_count]
    try:
        bag_check.check_head(head)
    except GovahError:
        return


def _card(content: bytes) -> None:
    try:
        read_card = trust.read_card(content)
    except GovahError:
        return
    # Its signatures cover all that it says; only `ext` and what it replaces are outside them.
    assert read_card.card_bytes == WORLD.archive.card_bytes


def _receipt() -> receipt.SignedReceipt:
    volume = Volume(index=1, tagmanifest_sha512="a" * 128, ciphertext_sha256="b" * 64, bytes=5)
    made = Receipt(
        bundle="1" * 32, group="2" * 32, volumes=(volume,), missing=(), status="accepted", copies=2,
        archive="c" * 64, sender="d" * 64, seq=1, prev=None, day="2026-05-01",
    )  # fmt: skip
    return receipt.sign(made, DEVICE)


def _receipt_code(content: bytes) -> None:
    text = content.decode("utf-8", "replace")
    try:
        made = receipt.read_qr_text(text, DEVICE.ed25519_public)
    except GovahError:
        return
    assert canonical.dumps(made) == text.partition("\n")[0].encode()


def _sshsig(content: bytes) -> None:
    text = content.decode("latin-1")
    try:
        parsed = sshsig.parse(text)
    except GovahError:
        return
    assert parsed.armored() == text


def _sshsig_blob(content: bytes) -> None:
    text = base64.b64encode(content).decode()
    rows = [text[at : at + 70] for at in range(0, len(text), 70)]
    armor = "-----{} SSH SIGNATURE-----\n"
    _sshsig((armor.format("BEGIN") + "\n".join(rows) + "\n" + armor.format("END")).encode())


def _blob(text: str) -> bytes:
    return base64.b64decode("".join(text.splitlines()[1:-1]))


def _certificate(content: bytes) -> None:
    for algorithm in (signing.ED25519, signing.COMPOSITE):
        try:
            parsed = certificate.parse(content, algorithm)
        except GovahError:
            continue
        assert parsed.blob() == content


def _recipient(content: bytes) -> None:
    text = content.decode("latin-1")
    try:
        parsed = HybridRecipient.from_text(text)
    except GovahError:
        return
    assert parsed.text() == text.lower()


def _live_page() -> LivePage:
    return LivePage(
        format="govah-live", major=1, minor=0, critical=(), part="1" * 32, recipients=("c" * 64,), sender="d" * 64,
        seq=3, header_sha512="e" * 128, testimony="2" * 32, code="T-7K2F-Q0", day="2026-05-01", recording="3" * 32,
        take=1, segment=0, kind="testimony", started_at="2026-05-01T10:00:00+02:00", sample_rate=48_000, bits=24,
        channels=1, sample_bytes=3, device="", ext={},
    )  # fmt: skip


def _live_opening(content: bytes) -> None:
    try:
        page_bytes, signatures = live.parts_of(content)
        page = live.read(page_bytes)
        live.check(page, page_bytes, signatures, content, b"")
    except GovahError:
        return
    assert live.opening(page, page_bytes, signatures) == content


def _names(page: bytes) -> tuple[bytes, ...]:
    return tuple(f'"{name}":'.encode() for name in canonical.loads(page))
