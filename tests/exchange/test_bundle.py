# SPDX-License-Identifier: Apache-2.0
"""A bundle goes from a collector to an archive."""

from __future__ import annotations

import hashlib
import io
import os
import re

import msgspec
import pytest

from testimony_app.crypto import age
from testimony_app.crypto.stream import PayloadReader
from testimony_app.exchange import bag, bag_check, landing, payloads, receive
from testimony_app.exchange.errors import (
    AlreadyHere,
    BundleAltered,
    Cancelled,
    ItemChanged,
    NoRecipient,
    NotForUs,
    RecipientNotPostQuantum,
    RecordingNotSettled,
    SignatureInvalid,
    StickGone,
    TestimonyTooLarge,
    TooManyRecipients,
    UnknownSigner,
)
from testimony_app.exchange.history import History, Seen
from testimony_app.exchange.pack import write_volumes
from testimony_app.exchange.receive import inspect, verify
from testimony_app.model.bundle import Outcome
from testimony_app.model.custody import LogHead
from testimony_app.model.person import Identity
from tests.exchange import people
from tests.exchange.people import a_bundle, a_desk, a_testimony, a_writer, an_archive, replaced

LONG = os.urandom(300_000)


def opened(verified, path):
    """Return the plain bytes of one payload of a verified bundle."""
    index = [payload.path for payload in verified.payloads].index(path)
    with (verified.folder / verified.payloads[index].blob).open("rb") as file:
        return PayloadReader(file, verified.keys[index]).readall()


def test_what_was_sealed_arrives(tmp_path):
    """Sound, text and attachments come out as they went in, each in a sealed file of its own."""
    text = "\u0633\u0644\u0627\u0645 " * 40_000
    carried = a_bundle(tmp_path, segments=(LONG, b"", b"x"), text=text, attached=(b"photo",))

    verified = inspect(carried.path, a_desk(carried.archive, carried.sender.partner()), tmp_path / "q")

    assert opened(verified, "data/audio/r01-s01.flac") == LONG
    assert opened(verified, "data/audio/r01-s02.flac") == b""
    assert opened(verified, "data/attachments/a01.bin") == b"photo"
    assert verified.testimony.statement.text == text
    assert verified.testimony.witness == carried.testimony.witness
    assert verified.testimony.consent == carried.testimony.consent
    assert verified.code == carried.testimony.code


def test_nothing_readable_lies_in_quarantine(tmp_path):
    """No file of the quarantine holds a word of what was said."""
    carried = a_bundle(tmp_path, segments=(b"canary" * 1000,), text="canary", attached=(b"canary",))

    verified = inspect(carried.path, a_desk(carried.archive, carried.sender.partner()), tmp_path / "q")

    files = [path for path in (tmp_path / "q").rglob("*") if path.is_file()]
    assert len(files) == len(verified.payloads) == 5
    assert not any(b"canary" in path.read_bytes() for path in files)
    assert all(re.fullmatch(r"[0-9a-f]{32}", path.name) for path in files)


def test_forgetting_leaves_nothing(tmp_path):
    """After forget() the keys are zeros and the quarantine is empty."""
    carried = a_bundle(tmp_path)
    verified = inspect(carried.path, a_desk(carried.archive, carried.sender.partner()), tmp_path / "q")

    verified.forget()

    assert not any(any(key) for key in verified.keys)
    assert not list((tmp_path / "q").iterdir())


def test_verify_writes_nothing(tmp_path):
    """Verifying reads every byte where it lies."""
    carried = a_bundle(tmp_path)
    before = sorted(tmp_path.rglob("*"))

    finding = verify(carried.path, a_desk(carried.archive, carried.sender.partner()))

    assert finding.outcome is Outcome.VERIFIED
    assert (finding.code, finding.signer, finding.is_whole) == (carried.testimony.code, "Collector", True)
    assert sorted(tmp_path.rglob("*")) == before


def test_file_tells_nothing(tmp_path):
    """The name is random, the time is FAT's oldest, and the length is one of few."""
    first, second = a_bundle(tmp_path), a_bundle(tmp_path, segments=(b"x" * 700_000,))

    for carried in (first, second):
        assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{8}\.AGE", carried.path.name)
        assert carried.path.stat().st_mtime == landing.FAT_FLOOR
        assert carried.path.stat().st_mode & 0o777 == 0o600
    assert first.path.stat().st_size == second.path.stat().st_size


@pytest.mark.parametrize(("others", "stanzas"), [(0, 4), (3, 4), (4, 8), (15, 16)])
def test_number_of_recipients_does_not_show(tmp_path, others, stanzas):
    """Decoys fill the header up to 4, 8 or 16 stanzas, and each real recipient opens it."""
    archives = [an_archive(f"Archive {n}") for n in range(others)]
    carried = a_bundle(tmp_path, recipients=archives)

    header = age.inspect(io.BytesIO(carried.path.read_bytes()))

    assert header.types == ("mlkem768x25519",) * stanzas
    for archive in [carried.archive, *archives][-2:]:
        assert verify(carried.path, a_desk(archive, carried.sender.partner())).outcome is Outcome.VERIFIED


def test_one_pass_writes_what_two_would(tmp_path):
    """The head that is sealed last is, decrypted, exactly a tar in the fixed order with zero padding."""
    carried = a_bundle(tmp_path, segments=(LONG,))
    with carried.path.open("rb") as file:
        tar = age.decrypt(file, [carried.archive.identity]).readall()

    head = bag_check.read_head(io.BytesIO(tar))
    page = bag_check.check_head(head)

    assert len(tar) == bag_check.tar_length(head, page) == 1024 * 1024
    assert hashlib.sha512(LONG).hexdigest() in head.untrusted_files["manifest-sha512.txt"].decode()


def test_large_heads_cross_chunks(tmp_path):
    """A head longer than a chunk, and payloads at every alignment, make the same tar as a plain writer would."""
    for size in (0, 1, 65535 - 512, 65536, 200_001):
        carried = a_bundle(tmp_path, segments=tuple(bytes([n]) * size for n in range(150)))
        finding = verify(carried.path, a_desk(carried.archive, carried.sender.partner()))
        assert finding.outcome is Outcome.VERIFIED, size


def test_volumes_are_whole_bags(tmp_path, monkeypatch):
    """What exceeds a volume's target is shared out; the last volume lists the digests of those before it."""
    monkeypatch.setattr(payloads, "VOLUME_TARGET", 400_000)
    carried = a_bundle(tmp_path, segments=(LONG,) * 3, text="words")

    desk = a_desk(carried.archive, carried.sender.partner())
    verified = [inspect(tmp_path / file.name, desk, tmp_path / "q") for file in carried.files]

    assert [(v.index, v.count, v.seq) for v in verified] == [(1, 3, 1), (2, 3, 2), (3, 3, 3)]
    assert [v.prev for v in verified] == [None, verified[0].tagmanifest_sha512, verified[1].tagmanifest_sha512]
    assert verified[2].volumes == tuple(v.tagmanifest_sha512 for v in verified)
    assert len({v.group for v in verified}) == 1
    assert {v.testimony.code for v in verified} == {carried.testimony.code}
    sound = [payload.path for v in verified for payload in v.payloads if "audio" in payload.path]
    assert sound == ["data/audio/r01-s01.flac", "data/audio/r01-s02.flac", "data/audio/r01-s03.flac"]
    identities = [payload.path for v in verified for payload in v.payloads if payload.path == "data/identity.age"]
    assert len(identities) == 1


def test_identity_opens_for_the_keepers_alone(tmp_path):
    """With a keepers' key on its card, the archive's own key doesn't open who the witness is."""
    keepers = age.HybridIdentity.generate()
    archive = an_archive(keepers=keepers.recipient().text())
    carried = a_bundle(tmp_path, archive=archive, identity=Identity(names=("A Name",)))
    verified = inspect(carried.path, a_desk(archive, carried.sender.partner()), tmp_path / "q")

    envelope = opened(verified, "data/identity.age")

    assert b"A Name" in bytes(age.open_bytes(envelope, [keepers]))
    assert len(age.open_bytes(envelope, [keepers])) == 4096
    with pytest.raises(Exception, match=r"crypto\.no-matching-key"):
        age.open_bytes(envelope, [archive.identity])


def test_without_identity_there_is_no_envelope(tmp_path):
    """A witness who gave no name has no envelope."""
    carried = a_bundle(tmp_path, identity=Identity())

    verified = inspect(carried.path, a_desk(carried.archive, carried.sender.partner()), tmp_path / "q")

    assert "data/identity.age" not in [payload.path for payload in verified.payloads]


def test_stranger_is_held_apart(tmp_path):
    """A whole bundle of an unknown signer is kept closed, and nothing else is left of it."""
    carried = a_bundle(tmp_path)

    with pytest.raises(UnknownSigner):
        inspect(carried.path, a_desk(carried.archive), tmp_path / "q", held=tmp_path / "held")

    held = list((tmp_path / "held").iterdir())
    assert [path.read_bytes() for path in held] == [carried.path.read_bytes()]
    assert not list((tmp_path / "q").iterdir())


def test_a_strangers_bundle_is_checked_to_the_end(tmp_path):
    """Verifying with a bare key says that the signer is unknown, and that every byte is whole."""
    carried = a_bundle(tmp_path)

    finding = verify(carried.path, a_desk(carried.archive, own=False))

    assert finding.outcome is Outcome.UNKNOWN_SIGNER
    assert finding.is_whole


def test_another_archives_bundle_stays_closed(tmp_path):
    """Without the key there is nothing to say about a bundle but that it isn't for us."""
    carried = a_bundle(tmp_path)

    finding = verify(carried.path, a_desk(an_archive(), carried.sender.partner()))

    assert (finding.outcome, finding.reason) == (Outcome.NOT_FOR_US, "exchange.not-for-us")


def test_passing_on_is_noticed(tmp_path):
    """An archive that seals a bundle anew to another archive can't make it look as if it was meant for that one."""
    carried, other = a_bundle(tmp_path), an_archive("Other")
    with carried.path.open("rb") as file:
        tar = age.decrypt(file, [carried.archive.identity]).readall()
    passed_on = tmp_path / "PASSEDON.AGE"
    passed_on.write_bytes(age.seal_bytes(tar, [other.identity.recipient()], decoys=3))

    with pytest.raises(NotForUs) as refusal:
        inspect(passed_on, a_desk(other, carried.sender.partner()), tmp_path / "q")

    assert refusal.value.facts["where"] == "list"


def test_twice_is_a_duplicate(tmp_path):
    """The same bundle again is known by its identifier and digest."""
    carried = a_bundle(tmp_path)
    file = carried.files[0]
    seen = Seen(carried.sender.fingerprint, file.bundle, 1, file.tagmanifest_sha512, LogHead(seq=7, hash=""))
    desk = a_desk(carried.archive, carried.sender.partner(), history=History([seen]))

    assert verify(carried.path, desk).warnings == ("already-here",)
    with pytest.raises(AlreadyHere):
        inspect(carried.path, desk, tmp_path / "q")
    assert not list((tmp_path / "q").iterdir())


def test_damaged_copy_of_what_is_here_is_damaged(tmp_path):
    """Already here is said only of a copy whose every byte was read and found right."""
    carried = a_bundle(tmp_path)
    file = carried.files[0]
    seen = Seen(carried.sender.fingerprint, file.bundle, 1, file.tagmanifest_sha512, LogHead(seq=7, hash=""))
    content = bytearray(carried.path.read_bytes())
    content[-1] ^= 1
    carried.path.write_bytes(content)
    desk = a_desk(carried.archive, carried.sender.partner(), history=History([seen]))

    with pytest.raises(BundleAltered):
        inspect(carried.path, desk, tmp_path / "q")


def test_forks_and_rollbacks_show(tmp_path):
    """Two bundles with one number, another predecessor, or a shorter log are marked, not thrown away."""
    carried = a_bundle(
        tmp_path, sender=(sender := people.a_collector()), writer=a_writer(sender, seq=5, prev="a" * 128)
    )
    before = [
        Seen(sender.fingerprint, "1" * 32, 5, "b" * 128, LogHead(seq=7, hash="c" * 128)),
        Seen(sender.fingerprint, "2" * 32, 4, "d" * 128, LogHead(seq=9, hash="e" * 128)),
    ]

    finding = verify(carried.path, a_desk(carried.archive, sender.partner(), history=History(before)))

    assert finding.outcome is Outcome.VERIFIED
    assert finding.warnings == ("sequence-fork", "prev-differs", "log-rolled-back")


def test_revoked_and_expired_signers_are_refused(tmp_path):
    """A card that was withdrawn, or wasn't valid on the bundle's day, signs nothing."""
    carried = a_bundle(tmp_path)
    late = people.a_collector("Late")
    late.valid_until = "2026-05-01"
    expired = a_bundle(tmp_path, sender=late)

    revoked = verify(carried.path, a_desk(carried.archive, carried.sender.partner(revoked_at="2026-05-03")))
    outdated = verify(expired.path, a_desk(expired.archive, late.partner()))

    assert (revoked.outcome, revoked.reason) == (Outcome.REFUSED, "exchange.signer-revoked")
    assert (outdated.outcome, outdated.reason) == (Outcome.REFUSED, "exchange.signer-card-expired")


def test_half_a_card_is_a_forgery(tmp_path):
    """A signer with one key of a pinned card and another of their own is refused, not called unknown."""
    carried = a_bundle(tmp_path)
    pinned = carried.sender.partner()
    other = people.a_collector().card
    mixed = replaced(pinned, card=replaced(pinned.card, composite=other.composite))

    with pytest.raises(SignatureInvalid):
        inspect(carried.path, a_desk(carried.archive, mixed), tmp_path / "q")


def test_cancelling_leaves_nothing(tmp_path):
    """An import that is stopped leaves no file and no process behind."""
    carried = a_bundle(tmp_path)

    with pytest.raises(Cancelled):
        inspect(
            carried.path, a_desk(carried.archive, carried.sender.partner()), tmp_path / "q", is_cancelled=lambda: True
        )

    assert not list((tmp_path / "q").iterdir())


def test_writer_refuses_bad_recipients(tmp_path):
    """Nobody, too many, or a key that a quantum computer opens: no bundle."""
    sender, archive = people.a_collector(), an_archive()
    old = age.X25519Identity.generate().recipient().text()
    outdated = replaced(archive.partner(), card=replaced(archive.card, recipient=old))
    blobs = people.Blobs()
    testimony = a_testimony(blobs)

    for recipients, refusal in (
        ([], NoRecipient),
        ([archive.partner()] * 17, TooManyRecipients),
        ([outdated], RecipientNotPostQuantum),
    ):
        with pytest.raises(refusal):
            write_volumes(a_writer(sender), testimony, None, blobs.drafts(), recipients, tmp_path)
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("difference", [-1, 1])
def test_draft_of_another_length_stops_the_writer(tmp_path, difference):
    """A draft that isn't as long as its row says is damage, and no file is left."""
    blobs, archive = people.Blobs(), an_archive()
    testimony = a_testimony(blobs)
    lying = replaced(blobs.drafts(), size=lambda blob: len(blobs.content[blob]) + difference)

    with pytest.raises(ItemChanged):
        write_volumes(a_writer(people.a_collector()), testimony, None, lying, [archive.partner()], tmp_path)
    assert not list(tmp_path.iterdir())


def test_unsettled_recordings_and_endless_notes_are_refused(tmp_path):
    """A recording still in pieces, or a title of a hundred thousand letters, stops before anything is written."""
    blobs, archive = people.Blobs(), an_archive()
    testimony = a_testimony(blobs)
    take = testimony.recordings[0]
    raw = replaced(take, segments=(replaced(take.segments[0], encoding="pcm"),))

    for changed, refusal in (
        (replaced(testimony, recordings=(raw,)), RecordingNotSettled),
        (replaced(testimony, title="x" * 100_000), TestimonyTooLarge),
    ):
        with pytest.raises(refusal):
            write_volumes(a_writer(people.a_collector()), changed, None, blobs.drafts(), [archive.partner()], tmp_path)
    assert not list(tmp_path.iterdir())


def test_missing_folder_is_a_refusal(tmp_path):
    """A stick that isn't there is said to be gone."""
    with pytest.raises(StickGone):
        a_bundle(tmp_path / "gone")


def test_memory_stays_small(tmp_path):
    """Writing and reading hold a few buffers, whatever the length."""
    import tracemalloc

    blobs, archive, sender = people.Blobs(), an_archive(), people.a_collector()
    testimony = a_testimony(blobs, segments=(bytes(48 * 1024 * 1024),))
    tracemalloc.start()
    try:
        files = write_volumes(a_writer(sender), testimony, None, blobs.drafts(), [archive.partner()], tmp_path)
        inspect(tmp_path / files[0].name, a_desk(archive, sender.partner()), tmp_path / "q").forget()
        peak = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()

    assert peak < 24 * 1024 * 1024


def test_layout_is_known_before_writing():
    """The head's length follows from names and sizes alone."""
    assert bag.padded_total(8192, [0]) == 1024 * 1024
    assert bag.padded_total(8192, [10_000_000]) % 512 == 0
    assert msgspec.structs.asdict(receive.Desk(identity_text=None))["partners"] == ()


@pytest.mark.parametrize("size", [4 * 1024 * 1024, 9 * 1024 * 1024 + 12_345])
def test_long_sound_is_digested_beside_the_work(tmp_path, size):
    """What is long enough for a digest of its own arrives equal, byte for byte."""
    sound = os.urandom(size)
    carried = a_bundle(tmp_path, segments=(sound, b"short", sound[:5_000_000]))

    verified = inspect(carried.path, a_desk(carried.archive, carried.sender.partner()), tmp_path / "q")

    assert opened(verified, "data/audio/r01-s01.flac") == sound
    assert opened(verified, "data/audio/r01-s03.flac") == sound[:5_000_000]
    for payload in verified.payloads:
        sealed = (verified.folder / payload.blob).read_bytes()
        assert len(sealed) == payload.blob_byte_count
    sha256 = hashlib.sha256(carried.path.read_bytes()).hexdigest()
    assert sha256 == verified.ciphertext_sha256 == carried.files[0].sha256
