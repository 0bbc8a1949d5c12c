# SPDX-License-Identifier: Apache-2.0
"""Receipts: written by an archive, checked by a collector, and what they allow."""

from __future__ import annotations

import subprocess

import pytest
import segno

from testimony_app.crypto import age
from testimony_app.exchange import pack, receipt, receipts, receive, removal, trust
from testimony_app.exchange.receipt import Receipt, Volume
from testimony_app.exchange.receipt_errors import NotAReceipt, ReceiptSignatureInvalid
from testimony_app.exchange.removal import Case, Policy, may_remove
from testimony_app.exchange.report import Finding, found
from testimony_app.model.bundle import BundleFile, Outcome
from testimony_app.model.partner import Role
from testimony_app.model.testimony import State
from tests.exchange.people import replaced

DAY = 86_400


@pytest.fixture
def arrived(friends, testimony, tmp_path):
    """Return both vaults after a bundle went from one to the other, and the finding about it."""
    collector, archive = friends
    (file,) = pack.write_bundle(collector, testimony, [archive.card()], collector.out)
    collector.bundles.add(testimony.id, file)
    collector.testimonies.set_state(testimony.id, State.SEALED)
    verified = receive.inspect(collector.out / file.name, receive.desk_of(archive), archive.quarantine)
    taken = BundleFile(
        name=file.name,
        byte_count=verified.byte_count,
        sha256=verified.ciphertext_sha256,
        tagmanifest_sha512=verified.tagmanifest_sha512,
        bundle=verified.bundle,
        group=verified.group,
        index=1,
        count=1,
        seq=verified.seq,
        prev=verified.prev,
    )
    archive.bundles.add(testimony.id, taken, direction="in", sender=verified.sender, log_head=verified.log_head)
    verified.forget()
    return collector, archive, found(file.name, verified, Outcome.IMPORTED)


@pytest.fixture
def stick(tmp_path):
    """Return an empty folder that plays the stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_receipt_marks_what_arrived(arrived, stick, testimony):
    """A receipt on a stick turns the collector's testimony into a received one, once and for good."""
    collector, archive, finding = arrived

    (path,) = receipts.write(archive, [finding], stick, copies=2)
    checked = receipts.check(collector, [stick])

    assert path.suffix == ".RCP"
    assert (checked.accepted, checked.refused) == ((testimony.code,), ())
    assert collector.testimonies.state(testimony.id) is State.RECEIVED
    assert receipts.check(collector, [path]).accepted == (testimony.code,)
    assert len(collector.receipts.for_testimony(testimony.id)) == 1


def test_receipt_tells_a_stranger_nothing(arrived, stick):
    """The file is an age file like any other, with four stanzas, and opens for the sender alone."""
    _collector, archive, finding = arrived
    (path,) = receipts.write(archive, [finding], stick)
    content = path.read_bytes()

    assert content.count(b"-> mlkem768x25519 ") == 4
    assert b"govah" not in content
    with pytest.raises(Exception, match=r"exchange\.receipt-not-for-us"):
        receipt.unseal(content, archive.identity)


def test_receipts_form_a_chain(arrived, stick):
    """Each receipt to a sender has the next number and names the digest of the one before."""
    collector, archive, finding = arrived

    written = [receipts.write(archive, [finding], stick)[0] for _ in range(3)]
    opened = [receipt.unpack(receipt.unseal(path.read_bytes(), collector.identity)) for path in written]

    assert [one.receipt.seq for one in opened] == [1, 2, 3]
    assert [one.receipt.prev for one in opened] == [None, opened[0].sha512, opened[1].sha512]
    assert len(receipts.check(collector, [stick]).accepted) == 1


def test_older_receipt_after_a_newer_one_is_refused(arrived, stick):
    """An old receipt that turns up late isn't taken any more."""
    collector, archive, finding = arrived
    old, new = (receipts.write(archive, [finding], stick)[0] for _ in range(2))
    receipts.check(collector, [new])

    checked = receipts.check(collector, [old])

    assert [one.error.code for one in checked.refused] == ["exchange.receipt-repeated"]


def test_others_receipts_are_refused(arrived, stick, make_vault, tmp_path):
    """A receipt for another laptop, from an archive that isn't trusted, or no receipt at all changes nothing."""
    collector, archive, finding = arrived
    (path,) = receipts.write(archive, [finding], stick)
    (stick / "NOISE777.RCP").write_bytes(b"noise")
    bystander = make_vault(Role.COLLECTOR, "bystander")
    collector.partners.revoke(collector.partners.all()[0].fingerprint)

    theirs = receipts.check(bystander, [path])
    ours = receipts.check(collector, [stick])

    assert [one.error.code for one in theirs.refused] == ["exchange.receipt-not-for-us"]
    assert sorted(one.error.code for one in ours.refused) == [
        "exchange.not-a-receipt",
        "exchange.receipt-unknown-archive",
    ]


def test_receipt_for_a_bundle_never_made_is_refused(arrived, stick):
    """A trusted archive's receipt with another digest isn't about anything of ours."""
    collector, archive, finding = arrived
    (path,) = receipts.write(archive, [finding], stick)
    true = receipt.unpack(receipt.unseal(path.read_bytes(), collector.identity)).receipt
    other = replaced(true, volumes=(replaced(true.volumes[0], tagmanifest_sha512="0" * 128),), seq=2)
    path.write_bytes(receipt.seal(receipt.sign(other, archive.device), collector.card().recipient))

    checked = receipts.check(collector, [path])

    assert [one.error.code for one in checked.refused] == ["exchange.receipt-unknown-bundle"]


@pytest.mark.parametrize("status", ["refused:exchange.payload-differs", "accepted_with_warnings"])
def test_refused_and_doubtful_receipts_never_delete(arrived, stick, testimony, clock, status):
    """A refusal, or an acceptance with warnings, is kept and marks nothing as received."""
    collector, archive, finding = arrived
    (path,) = receipts.write(archive, [finding], stick, copies=9)
    true = receipt.unpack(receipt.unseal(path.read_bytes(), collector.identity)).receipt
    path.write_bytes(
        receipt.seal(receipt.sign(replaced(true, status=status), archive.device), collector.card().recipient)
    )

    checked = receipts.check(collector, [path])
    clock.forward(30 * DAY)

    assert checked.accepted == ()
    assert collector.testimonies.state(testimony.id) is State.SEALED
    assert removal.why_not(collector, testimony.id, is_confirmed=True) == ("not-accepted",)


def test_warnings_of_the_import_are_in_the_receipt(arrived, stick):
    """A fork that the archive saw is told to the sender, who then keeps the testimony."""
    collector, archive, finding = arrived

    (path,) = receipts.write(archive, [replaced(finding, warnings=("sequence-fork",))], stick)

    signed = receipt.unpack(receipt.unseal(path.read_bytes(), collector.identity))
    assert signed.receipt.status == "accepted_with_warnings"


def test_nothing_is_written_for_what_nobody_known_signed(arrived, stick):
    """A file that can't be read as far as its signed page, or a stranger's, gets no receipt."""
    _collector, archive, _finding = arrived
    unknown = [Finding(file="x", outcome=outcome) for outcome in (Outcome.DAMAGED, Outcome.UNKNOWN_SIGNER)]

    assert receipts.write(archive, unknown, stick) == ()


def test_removal_waits_for_every_condition(arrived, stick, testimony, clock):
    """No receipt, too few copies, too early, not confirmed: one after the other falls away."""
    collector, archive, finding = arrived
    assert removal.why_not(collector, testimony.id, is_confirmed=True) == ("no-receipt",)

    receipts.write(archive, [finding], stick, copies=1)
    receipts.check(collector, [stick])
    assert removal.why_not(collector, testimony.id, is_confirmed=False) == (
        "too-few-copies",
        "too-early",
        "not-confirmed",
    )

    receipts.write(archive, [finding], stick, copies=2)
    receipts.check(collector, [stick])
    clock.forward(7 * DAY)
    assert removal.why_not(collector, testimony.id, is_confirmed=True) == ()

    collector.partners.revoke(collector.partners.all()[0].fingerprint)
    assert removal.why_not(collector, testimony.id, is_confirmed=True) == ("archive-not-trusted",)


def test_lost_receipt_breaks_the_chain_until_the_next(arrived, stick, testimony, clock):
    """When one receipt never arrived, the next is out of chain; the one after that proves both again."""
    collector, archive, finding = arrived
    lost, second = (receipts.write(archive, [finding], stick, copies=2)[0] for _ in range(2))
    lost.unlink()
    receipts.check(collector, [second])
    clock.forward(8 * DAY)
    assert removal.why_not(collector, testimony.id, is_confirmed=True) == ("receipt-out-of-chain",)

    receipts.write(archive, [finding], stick, copies=2)
    receipts.check(collector, [stick])
    clock.forward(8 * DAY)
    assert removal.why_not(collector, testimony.id, is_confirmed=True) == ()


GOOD = Case(
    is_archive_trusted=True,
    are_signatures_valid=True,
    is_namespace_right=True,
    is_sender_us=True,
    do_volumes_match=True,
    status="accepted",
    copies=2,
    is_in_chain=True,
    checked_on="2026-05-01",
    today="2026-05-08",
    is_confirmed=True,
)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"is_archive_trusted": False}, "archive-not-trusted"),
        ({"are_signatures_valid": False}, "signatures-not-valid"),
        ({"is_namespace_right": False}, "namespace-differs"),
        ({"is_sender_us": False}, "sender-differs"),
        ({"do_volumes_match": False}, "volumes-differ"),
        ({"status": "refused:exchange.bag-broken"}, "not-accepted"),
        ({"copies": 1}, "too-few-copies"),
        ({"is_in_chain": False}, "receipt-out-of-chain"),
        ({"today": "2026-05-07"}, "too-early"),
        ({"is_confirmed": False}, "not-confirmed"),
    ],
)
def test_each_of_the_ten_conditions_alone_forbids_removal(change, reason):
    """With nine conditions met and one not, nothing is removed, and that one is named."""
    assert may_remove(GOOD) == ()
    assert may_remove(replaced(GOOD, **change)) == (reason,)


def test_policy_can_ask_for_more():
    """An owner may want more copies and a longer wait."""
    assert may_remove(GOOD, Policy(copies=3, cool_off_days=14)) == ("too-few-copies", "too-early")


def test_code_on_paper_says_the_same(arrived, stick):
    """What a receipt's code holds fits a code, and is signed by the archive's Ed25519 key."""
    collector, archive, finding = arrived
    (path,) = receipts.write(archive, [finding], stick)
    signed = receipt.unpack(receipt.unseal(path.read_bytes(), collector.identity))

    text = receipt.qr_text(signed)

    assert receipt.read_qr_text(text, archive.device.ed25519_public) == signed.receipt
    assert segno.make(text, error="m").version <= 30
    with pytest.raises(ReceiptSignatureInvalid):
        receipt.read_qr_text(text, collector.device.ed25519_public)
    with pytest.raises((ReceiptSignatureInvalid, NotAReceipt)):
        receipt.read_qr_text(text.replace('"copies":1', '"copies":9'), archive.device.ed25519_public)


def test_receipt_opens_with_public_tools(arrived, stick, tmp_path):
    """Decrypted, a receipt is a tar whose JSON verifies with ssh-keygen."""
    collector, archive, finding = arrived
    (path,) = receipts.write(archive, [finding], stick)
    inside = tmp_path / "inside"
    inside.mkdir()
    (inside / "r.tar").write_bytes(bytes(age.open_bytes(path.read_bytes(), [collector.identity])))
    (inside / "allowed").write_text(trust.allowed_signers("archive", archive.card()))

    subprocess.run(["tar", "-xf", "r.tar"], cwd=inside, check=True)
    told = subprocess.run(
        [
            "ssh-keygen",
            "-Y",
            "verify",
            "-f",
            "allowed",
            "-I",
            "archive",
            "-n",
            "receipt-v1@govah",
            "-s",
            "receipt.json.ed25519.sig",
        ],
        input=(inside / "receipt.json").read_bytes(),
        capture_output=True,
        cwd=inside,
    )

    assert told.returncode == 0, told.stderr


def test_volumes_are_receipted_one_by_one():
    """A receipt with a volume missing says which."""
    volume = Volume(index=1, tagmanifest_sha512="a" * 128, ciphertext_sha256="b" * 64, bytes=5)
    made = Receipt(
        bundle="1" * 32, group="2" * 32, volumes=(volume,), missing=(2,), status="accepted", copies=2,
        archive="c" * 64, sender="d" * 64, seq=1, prev=None, day="2026-05-01",
    )  # fmt: skip

    assert made.missing == (2,)
