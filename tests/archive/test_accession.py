# SPDX-License-Identifier: Apache-2.0
from __future__ import annotations

import numpy as np
import pytest

from testimony_app.archive import accession, playback
from testimony_app.archive.errors import AlreadyHere, AnotherVersion, NotAnArchive, NotReadableHere
from testimony_app.exchange import payloads, receive
from testimony_app.model.testimony import State
from testimony_app.vault.errors import DiskFull
from testimony_app.vault.search_index import SearchIndex
from tests.archive.conftest import RATE, a_draft, a_draft_with_sound, replaced
from tests.builders import a_testimony


def verified_bundle(collector, archive, draft):
    """Seal a draft and return it as the archive's verifier hands it on, not yet taken in."""
    collector.sealing.seal(draft.id)
    file = next(collector.vault.out.iterdir())
    return receive.inspect(file, archive.desk(), archive.vault.quarantine)


def test_what_was_sealed_is_what_the_archive_holds(collector, send):
    """A testimony comes to the archive with its words, notes and consent, waiting for review."""
    draft = a_draft(collector, "It was a cold morning.")
    collector.interviews.add_note(draft.id, "names follow", at_seconds=12.5)
    before = collector.interviews.get(draft.id)

    there = send(before)

    assert there.state is State.TO_REVIEW
    assert (there.code, there.statement.text) == (before.code, before.statement.text)
    assert (there.notes, there.consent, there.witness) == (before.notes, before.consent, before.witness)


def test_sound_is_heard_at_the_archive_as_it_was_recorded(collector, archive, send):
    """Every sample arrives, across segments, and from the middle as from the start."""
    samples = np.random.default_rng(7).integers(-(2**22), 2**22, RATE, dtype=np.int32).reshape(-1, 1) << 8

    there = send(a_draft_with_sound(collector, samples))

    sound = playback.open_recording(archive.vault, there.recordings[0])
    assert np.array_equal(sound.read(2 * RATE), samples)
    sound.seek(RATE // 2 - 100)
    assert np.array_equal(sound.read(200), samples[RATE // 2 - 100 : RATE // 2 + 100])
    sound.close()


def test_volumes_may_come_in_any_order(collector, archive, tmp_path, monkeypatch):
    """A testimony split over several files is incomplete until the last of them, whichever that is, has come."""
    monkeypatch.setattr(payloads, "ITEMS_PER_VOLUME", 2)
    samples = np.arange(RATE, dtype=np.int32).reshape(-1, 1) << 8
    draft = a_draft_with_sound(collector, samples)
    collector.sealing.seal(draft.id)
    stick = tmp_path / "stick"
    stick.mkdir()
    files = collector.export(stick).written[0].files
    assert len(files) > 1

    states = []
    for name in reversed([file.name for file in sorted(stick.iterdir())]):
        assert archive.import_bundles([stick / name]).findings[0].outcome == "imported"
        states.append(archive.catalogue.record(draft.id).state)

    assert states == [State.INCOMPLETE] * (len(states) - 1) + [State.TO_REVIEW]
    there = archive.catalogue.record(draft.id)
    assert [segment.index for segment in there.recordings[0].segments] == [0, 1]
    sound = playback.open_recording(archive.vault, there.recordings[0])
    assert np.array_equal(sound.read(2 * RATE), samples)
    sound.close()


def test_custody_says_from_whom_it_was_received(collector, archive, send):
    """The archive's log names the sender's card, the bundle and its digests."""
    there = send(a_draft(collector, "A text."))

    received = next(entry for entry in archive.vault.custody.entries(there.id) if entry.event == "received_from")

    assert received.facts["signer"] == "Laptop 3"
    assert received.facts["sender"] == archive.vault.partners.all()[0].fingerprint
    assert len(received.facts["ciphertext_sha256"]) == 64


def test_the_signed_pages_are_kept_as_they_came(collector, archive, send):
    """What was signed can be checked again from the archive alone."""
    there = send(a_draft(collector, "A text."))

    roles = {attachment.role for attachment in there.attachments}

    assert {accession.SIGNED_PAGE, accession.SIGNED_TESTIMONY} <= roles


def test_the_same_bundle_twice_changes_nothing(collector, archive):
    """A bundle that is here already is refused, and its quarantine is emptied."""
    draft = a_draft(collector, "A text.")
    first = verified_bundle(collector, archive, draft)
    accession.accept(archive.vault, first, archive.clock)
    length = archive.vault.custody.head()
    file = next(collector.vault.out.iterdir())
    desk = replaced(archive.desk(), history=type(archive.desk().history)())
    second = receive.inspect(file, desk, archive.vault.quarantine)

    with pytest.raises(AlreadyHere):
        accession.accept(archive.vault, second, archive.clock)

    assert archive.vault.custody.head() == length
    assert list(archive.vault.quarantine.iterdir()) == []


def test_two_testimonies_with_one_code_are_both_kept_and_found(collector, archive, send):
    """Codes are drawn by each laptop; a chance meeting loses nothing."""
    draft = a_draft(collector, "A text.")
    archive.vault.testimonies.add(a_testimony(code=draft.code, state=State.TO_REVIEW))

    send(draft)

    assert archive.catalogue.search(draft.code).total == 2


def test_a_failure_on_the_way_leaves_nothing_and_can_be_repeated(collector, archive, monkeypatch):
    """When the disk is full in the middle, the vault is as before, and the same stick can be taken in later."""
    draft = a_draft(collector, "A text.")
    length = archive.vault.custody.head()
    with monkeypatch.context() as context:
        context.setattr(SearchIndex, "put", _full_disk)
        with pytest.raises(DiskFull):
            accession.accept(archive.vault, verified_bundle(collector, archive, draft), archive.clock)
    assert archive.vault.custody.head() == length
    assert archive.vault.testimonies.rows().total == 0

    file = next(collector.vault.out.iterdir())
    again = receive.inspect(file, archive.desk(), archive.vault.quarantine)
    accession.accept(archive.vault, again, archive.clock)

    assert archive.catalogue.record(draft.id).statement.text == "A text."


def _full_disk(*_arguments):
    raise DiskFull


def test_another_bundle_of_the_same_testimony_is_refused(collector, archive):
    """What is in the archive is never replaced by a bundle that only says that it is the same."""
    draft = a_draft(collector, "A text.")
    archive.vault.testimonies.add(replaced(draft, statement=None, state=State.TO_REVIEW))

    with pytest.raises(AnotherVersion):
        accession.accept(archive.vault, verified_bundle(collector, archive, draft), archive.clock)

    assert archive.catalogue.record(draft.id).statement is None


def test_a_collector_takes_nothing_in(collector, archive):
    """Only an archive keeps what others collected."""
    bundle = verified_bundle(collector, archive, a_draft(collector, "A text."))

    with pytest.raises(NotAnArchive):
        accession.accept(collector.vault, bundle, collector.clock)


def test_what_is_not_here_cannot_be_played(collector, archive):
    """A recording without its sound says so instead of playing silence."""
    draft = a_draft_with_sound(collector, np.zeros((RATE, 1), np.int32))
    recording = draft.recordings[0]
    collector.sealing.seal(draft.id)

    with pytest.raises(NotReadableHere):
        playback.open_recording(collector.vault, recording)
