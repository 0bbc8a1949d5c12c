# SPDX-License-Identifier: Apache-2.0
"""Broken and malicious files from a drop box, or from somebody who found one: each refused, and nothing left over."""

from __future__ import annotations

import dataclasses
import hashlib
import io
import random

import msgspec
import pytest

from testimony_app.archive.errors import AnotherVersion
from testimony_app.crypto import age, canonical, signing
from testimony_app.crypto.certificate import OneTimeKey, certify, parse
from testimony_app.crypto.chunks import CHUNK, FILE_KEY
from testimony_app.crypto.fingerprint import fingerprint
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.signing import DeviceKey, Signatures
from testimony_app.crypto.stream import PayloadWriter
from testimony_app.exchange import live, receive, trust
from testimony_app.exchange.desk import Desk
from testimony_app.exchange.live import LivePage
from testimony_app.exchange.pack import Writer, write_volumes
from testimony_app.model.custody import LogHead
from testimony_app.model.ids import new_code, new_id
from testimony_app.model.partner import Partner
from tests.dropbox.conftest import introduce, outcomes
from tests.exchange.people import Blobs, a_collector, a_desk, a_testimony, an_archive

BOX, ARCHIVE, OTHER = a_collector("Box"), an_archive(), an_archive("Other")
SOUND = bytes(range(256)) * 1024


class Forger:
    """Makes a sealed recording with anything in it altered."""

    def __init__(self, *, authority=BOX.device, serial=2):
        device = DeviceKey.generate()
        self.key = OneTimeKey(device, certify(device.public_keys(), serial, authority))

    def page(self, header, **changes):
        """Return a page about a header."""
        page = LivePage(
            format="govah-live",
            major=1,
            minor=0,
            critical=(),
            part=new_id(),
            recipients=(ARCHIVE.fingerprint,),
            sender=BOX.fingerprint,
            seq=2,
            header_sha512=hashlib.sha512(header).hexdigest(),
            testimony=new_id(),
            code=new_code(),
            day="2026-05-02",
            recording=new_id(),
            take=1,
            segment=0,
            kind="testimony",
            started_at="2026-05-02T10:00:00+02:00",
            sample_rate=48_000,
            bits=24,
            channels=1,
            sample_bytes=3,
            device="Table microphone",
            ext={},
        )
        return msgspec.structs.replace(page, **changes)

    def write(self, path, *, to=ARCHIVE, page_bytes=None, sign=None, alter=None, is_cut=True, **changes):
        """Write a recording; `sign` makes other signatures, `alter` changes the first chunk."""
        with Secret.random(FILE_KEY) as file_key:
            header = io.BytesIO()
            age.write_header(header, file_key, [to.identity.recipient()], decoys=3)
            page = self.page(header.getvalue(), **changes)
            body = page_bytes(page) if page_bytes else canonical.dumps(page)
            signatures = sign(body) if sign else self.key.sign(body, signing.LIVE)
            opening = live.opening(page, body, signatures)
            with path.open("wb") as file:
                file.write(header.getvalue())
                payload = PayloadWriter(file, file_key)
                payload.write((alter(opening) if alter else opening) + SOUND)
                if is_cut:
                    payload.abandon()
                else:
                    payload.finish()
        return path


def json_with(**more):
    """Return what adds members to a page."""

    def make(page):
        return canonical.dumps({**msgspec.to_builtins(page), **more})

    return make


def swapped(opening, at, new):
    """Return a first chunk with some bytes replaced."""
    return opening[:at] + new + opening[at + len(new) :]


def desk():
    """Return a desk at which the box's card was compared."""
    return a_desk(ARCHIVE, BOX.partner())


STRANGER = DeviceKey.generate()


def half(body):
    """Return the signature that every ssh-keygen knows, without the other."""
    return Signatures(Forger().key.sign(body, signing.LIVE).ed25519, "")


def renamed(body):
    """Return signatures by a stranger's keys, under certificates that name the box but that it never signed."""
    device = DeviceKey.generate()
    forged = certify(device.public_keys(), 2, STRANGER)
    blobs = []
    for blob, name, raw in (
        (forged[0], signing.ED25519, BOX.device.ed25519_public),
        (forged[1], signing.COMPOSITE, BOX.device.composite_public),
    ):
        blobs.append(dataclasses.replace(parse(blob, name), authority=raw).blob())
    return OneTimeKey(device, (blobs[0], blobs[1])).sign(body, signing.LIVE)


def a_bundle_named(path):
    """Write a bundle under a recording's name."""
    blobs = Blobs()
    folder = path.with_name("made")
    folder.mkdir()
    files = write_volumes(a_writer_of(Forger()), a_testimony(blobs), None, blobs.drafts(), [ARCHIVE.partner()], folder)
    path.write_bytes((folder / files[0].name).read_bytes())
    (folder / files[0].name).unlink()
    folder.rmdir()
    return path


def a_writer_of(forger, seq=2):
    """Return a writer that signs with a forger's one-time key."""
    return Writer(
        device=forger.key,
        fingerprint=BOX.fingerprint,
        seq=seq,
        prev="0" * 128,
        log_head=LogHead(seq=0, hash=""),
        day="2026-05-02",
    )


CASES = {
    "by a key that a stranger certified": (
        lambda path: Forger(authority=STRANGER).write(path, sender="0" * 64),
        "exchange.unknown-signer",
    ),
    "a stranger's, in the box's name": (
        lambda path: Forger(authority=STRANGER).write(path),
        "exchange.signature-invalid",
    ),
    "a stranger's key with the box's name on its certificate": (
        lambda path: Forger().write(path, sign=renamed),
        "exchange.signature-invalid",
    ),
    "another number than its key's": (lambda path: Forger().write(path, seq=3), "exchange.bundle-json-refused"),
    "signed as a bundle": (
        lambda path: Forger().write(path, sign=lambda body: Forger().key.sign(body, signing.BUNDLE)),
        "exchange.signature-invalid",
    ),
    "signed by one half": (
        lambda path: (one := Forger()).write(
            path, sign=lambda body: Signatures(one.key.sign(body, signing.LIVE).ed25519, "")
        ),
        "exchange.signature-missing",
    ),
    "about another header": (
        lambda path: Forger().write(path, header_sha512="0" * 128),
        "exchange.bundle-json-refused",
    ),
    "for another archive": (
        lambda path: Forger().write(path, recipients=(OTHER.fingerprint,)),
        "exchange.not-for-us",
    ),
    "sealed to another archive": (lambda path: Forger().write(path, to=OTHER), "exchange.not-for-us"),
    "in another sender's name": (
        lambda path: Forger().write(path, sender=OTHER.fingerprint),
        "exchange.bundle-json-refused",
    ),
    "made by a newer version": (
        lambda path: Forger().write(path, page_bytes=json_with(major=2)),
        "exchange.bundle-too-new",
    ),
    "that needs what we don't know": (
        lambda path: Forger().write(path, critical=("later",)),
        "exchange.bundle-too-new",
    ),
    "with a member nobody knows": (
        lambda path: Forger().write(path, page_bytes=json_with(more=1)),
        "exchange.bundle-json-refused",
    ),
    "with a page that has two spellings": (
        lambda path: Forger().write(path, page_bytes=lambda page: b" " + canonical.dumps(page)),
        "exchange.bundle-json-refused",
    ),
    "with a width that no player knows": (
        lambda path: Forger().write(path, page_bytes=json_with(sample_bytes=5)),
        "exchange.bundle-json-refused",
    ),
    "with another rate in its WAV than on its page": (
        lambda path: Forger().write(path, alter=lambda chunk: swapped(chunk, 24, b"\0\0\0\1")),
        "exchange.bundle-json-refused",
    ),
    "with something behind its signatures": (
        lambda path: Forger().write(path, alter=lambda chunk: swapped(chunk, CHUNK - 9, b"x")),
        "exchange.bundle-json-refused",
    ),
    "that is no WAV": (
        lambda path: Forger().write(path, alter=lambda chunk: swapped(chunk, 0, b"JUNK")),
        "exchange.bundle-json-refused",
    ),
    "with a page of four gigabytes": (
        lambda path: Forger().write(path, alter=lambda chunk: swapped(chunk, 44, b"\xff\xff\xff\xff")),
        "exchange.bundle-json-refused",
    ),
    "with letters that are none in its signature": (
        lambda path: Forger().write(path, alter=lambda chunk: chunk.replace(b"-----BEGIN", b"-----B\xffGIN", 1)),
        "exchange.bundle-json-refused",
    ),
    "that is a bundle by another name": (a_bundle_named, "exchange.bundle-json-refused"),
}


@pytest.mark.parametrize("case", CASES)
def test_a_forged_recording(tmp_path, case):
    """Each is refused for what is wrong with it, by `verify` and at import, and quarantine is empty after."""
    make, code = CASES[case]
    path = make(tmp_path / "K7QF2M9X.REC")
    quarantine = tmp_path / "quarantine"
    quarantine.mkdir()

    finding = receive.verify(path, desk())
    with pytest.raises(Exception, match=code) as refusal:
        receive.inspect(path, desk(), quarantine)

    assert (finding.reason, refusal.value.code) == (code, code)
    assert list(quarantine.iterdir()) == []


def test_what_is_forged_is_forged_in_one_thing(tmp_path):
    """The forger's recording with nothing altered is taken, so that each refusal above has its one reason."""
    path = Forger().write(tmp_path / "K7QF2M9X.REC")

    finding = receive.verify(path, desk())

    assert (finding.reason, finding.warnings) == ("", ("unterminated",))


def test_bits_that_flip(tmp_path):
    """One bit altered anywhere: the header, the page or a signature is refused, and sound ends before the damage."""
    path = Forger().write(tmp_path / "K7QF2M9X.REC", is_cut=False)
    whole = path.read_bytes()
    expected = receive.verify(path, desk())
    chance = random.Random(5)
    for _ in range(12):
        changed = bytearray(whole)
        changed[chance.randrange(len(whole))] ^= 1 << chance.randrange(8)
        path.write_bytes(changed)

        finding = receive.verify(path, desk())

        assert finding.reason or "unterminated" in finding.warnings
        assert finding.seconds < expected.seconds


def test_an_unterminated_bundle_is_refused(tmp_path):
    """Only recordings may lack their end: a bundle that was cut is damaged."""
    blobs = Blobs()
    forger = Forger()
    files = write_volumes(a_writer_of(forger), a_testimony(blobs), None, blobs.drafts(), [ARCHIVE.partner()], tmp_path)
    path = tmp_path / files[0].name
    assert receive.verify(path, desk()).reason == ""

    path.write_bytes(path.read_bytes()[:-100_000])

    assert receive.verify(path, desk()).reason == "exchange.bundle-cut-short"


def test_a_bundle_with_another_number_than_its_key_s(tmp_path):
    """A stolen one-time key signs its own number and no other."""
    blobs = Blobs()
    writer = a_writer_of(Forger(serial=5), seq=4)
    files = write_volumes(writer, a_testimony(blobs), None, blobs.drafts(), [ARCHIVE.partner()], tmp_path)

    assert receive.verify(tmp_path / files[0].name, desk()).reason == "exchange.bundle-json-refused"


def test_a_number_used_twice_is_shown(tmp_path, archive):
    """Who forges under a number that was used meets the archive's memory: a fork, said at import."""
    introduce(archive, trust.sign_card(BOX.card_bytes, BOX.device))
    recipient = archive_of(archive)
    names = []
    for _ in range(2):
        blobs = Blobs()
        files = write_volumes(a_writer_of(Forger()), a_testimony(blobs), None, blobs.drafts(), [recipient], tmp_path)
        names.append(tmp_path / files[0].name)

    warnings = [archive.import_bundles([name]).findings[0].warnings for name in names]

    assert warnings == [(), ("sequence-fork",)]


def test_somebody_else_s_recording_is_not_added(tmp_path, archive):
    """A trusted sender can't add sound to a testimony that came from another one."""
    box, thief = BOX, a_collector("Thief")
    for one in (box, thief):
        introduce(archive, trust.sign_card(one.card_bytes, one.device))
    testimony = new_id()
    to = Recipient(archive)
    first = Forger().write(tmp_path / "AAAAAAAA.REC", to=to, recipients=(to.fingerprint,), testimony=testimony)
    second = Forger(authority=thief.device).write(
        tmp_path / "BBBBBBBB.REC",
        to=to,
        recipients=(to.fingerprint,),
        testimony=testimony,
        sender=thief.fingerprint,
    )

    assert outcomes(archive.import_bundles([first])) == ["imported"]
    findings = archive.import_bundles([second]).findings

    assert findings[0].reason == AnotherVersion.code
    assert len(archive.catalogue.record(testimony).recordings) == 1


class Recipient:
    """An archive's workspace, as the forger needs it."""

    def __init__(self, workspace):
        self.identity = workspace.vault.identity
        self.fingerprint = fingerprint(workspace.vault.card_bytes())


def archive_of(workspace):
    """Return the partner that an archive is to its senders."""
    vault = workspace.vault
    return Partner(fingerprint=fingerprint(vault.card_bytes()), card=vault.card(), trusted_at="")


def test_a_revoked_box_is_refused(tmp_path):
    """When a box was stolen, revoking its card stops what its unused keys sign."""
    path = Forger().write(tmp_path / "K7QF2M9X.REC")
    at = Desk(
        identity_text=ARCHIVE.identity.text(),
        partners=(BOX.partner(revoked_at="2026-06-01"),),
        own_fingerprint=ARCHIVE.fingerprint,
    )

    assert receive.verify(path, at).reason == "exchange.signer-revoked"
