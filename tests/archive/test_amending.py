# SPDX-License-Identifier: Apache-2.0
"""What a witness says after sealing reaches the archive and holds there."""

from __future__ import annotations

import numpy as np
import pytest

from testimony_app.archive import access, accession, amending, playback
from testimony_app.archive.errors import (
    AlreadyHere,
    ConsentWithdrawn,
    Destroyed,
    NotAnArchive,
    NotWithdrawn,
)
from testimony_app.exchange import receive
from testimony_app.intake.amending import Amendment
from testimony_app.model.consent import Answer, ConsentKind
from testimony_app.model.testimony import State
from tests.archive.conftest import RATE, a_draft, a_draft_with_sound, introduce

WITHDRAWAL = Amendment(kind=ConsentKind.FULL_WITHDRAWAL)


@pytest.fixture
def bring(collector, archive, tmp_path):
    """Return what carries everything that waits to the archive; gives what became of each file."""
    number = iter(range(100))

    def carry():
        stick = tmp_path / f"further-{next(number)}"
        stick.mkdir()
        collector.export(stick)
        return [(one.outcome, one.carries, one.reason) for one in archive.import_bundles([stick]).findings]

    return carry


def test_a_withdrawal_silences_what_was_heard(collector, archive, send, bring):
    """The recording that played a moment ago plays no more, and no word of it is found or shown."""
    kept = send(a_draft_with_sound(collector, np.zeros((RATE, 1), np.int32)))
    playback.open_recording(archive.vault, kept.recordings[0]).close()
    assert archive.catalogue.search("recording").total == 1

    collector.amend(kept.code, WITHDRAWAL)
    assert bring() == [("imported", "consent", "")]

    for act in (
        lambda: playback.open_recording(archive.vault, kept.recordings[0]),
        lambda: archive.catalogue.record(kept.id),
    ):
        with pytest.raises(ConsentWithdrawn):
            act()
    assert archive.catalogue.search("recording").total == 0
    (row,) = archive.catalogue.page().rows
    assert (row.state, row.pseudonym, row.remark) == (State.WITHDRAWN, "", "withdrawn")
    archive.catalogue.put_in_index(kept.id)
    assert archive.catalogue.search("recording").total == 0


def test_what_was_destroyed_does_not_come_back(collector, archive, send, bring):
    """A line in the log stays, and keeps out the same testimony in another bundle."""
    draft = a_draft(collector, "A text.")
    again = receive.inspect
    kept = send(draft)
    with pytest.raises(NotWithdrawn):
        amending.destroy(archive.vault, kept.id)
    collector.amend(kept.code, Amendment(kind=ConsentKind.FULL_WITHDRAWAL, wish="destroy"))
    bring()
    assert archive.catalogue.page().rows[0].remark == "wishes_destruction"

    amending.destroy(archive.vault, kept.id)

    (tombstone,) = [entry for entry in archive.vault.custody.entries(kept.id) if entry.event == "erased"]
    assert set(tombstone.facts) == {"code", "reason", "blobs", "without"}
    assert archive.vault.testimonies.rows().total == 0
    assert not any(archive.vault.folder.joinpath("blobs").rglob("?" * 32))
    collector.vault.testimonies.erase(kept.id, reason="test")
    collector.vault.testimonies.add(draft)
    collector.sealing.seal(draft.id)
    file = max(collector.vault.out.iterdir(), key=lambda path: path.stat().st_mtime_ns)
    new = collector.vault.bundles.for_testimony(draft.id)[-1].file.name
    verified = again(file.with_name(new), archive.desk(), archive.vault.quarantine)
    with pytest.raises(Destroyed):
        accession.accept(archive.vault, verified, archive.clock)


def test_answers_change_one_by_one(collector, archive, send, bring):
    """A later yes or no replaces the one before it, and what the testimony may be used for follows."""
    kept = send(a_draft(collector, "A text."))
    assert access.of(archive.vault, kept.id).level == access.ARCHIVE

    collector.amend(kept.code, Amendment(answers={"P4": Answer.YES, "P5": Answer.YES}))
    bring()
    widened = access.of(archive.vault, kept.id)
    collector.amend(kept.code, Amendment(answers={"P4": Answer.NO}))
    bring()
    narrowed = access.of(archive.vault, kept.id)

    assert widened.level == access.QUOTED
    assert "research" in widened.allowed
    assert narrowed.level == access.ARCHIVE
    assert "research" not in narrowed.allowed
    assert "quote" in narrowed.allowed
    kinds = [event.kind for event in archive.catalogue.record(kept.id).consent]
    assert kinds == [ConsentKind.BEFORE, ConsentKind.AMENDMENT, ConsentKind.PARTIAL_WITHDRAWAL]


def test_consent_may_come_before_its_testimony(collector, archive, bring):
    """On one stick the order of file names is chance; consent that came alone waits on its stick."""
    draft = a_draft(collector, "A text.")
    collector.sealing.seal(draft.id)
    collector.amend(draft.code, WITHDRAWAL)
    waiting = collector.vault.bundles.of_consent(draft.id)[0].file.name
    first = receive.inspect(collector.vault.out / waiting, archive.desk(), archive.vault.quarantine)
    with pytest.raises(Exception, match=r"archive\.testimony-not-here"):
        accession.accept(archive.vault, first, archive.clock)

    outcomes = bring()

    assert sorted(outcomes) == [("imported", "consent", ""), ("imported", "testimony", "")]
    assert archive.vault.testimonies.state(draft.id) is State.WITHDRAWN


def test_only_the_sender_changes_a_consent(collector, archive, send, tmp_path, clock, cheap):
    """Another laptop, though trusted, can't speak about a testimony that it did not send."""
    from testimony_app.model.partner import Role
    from testimony_app.workspace import create_workspace
    from tests.archive.conftest import passphrase

    kept = send(a_draft(collector, "A text."))
    other = create_workspace(
        tmp_path / "other", passphrase(), role=Role.COLLECTOR, name="Laptop 4", clock=clock, cost=cheap
    )
    introduce(archive, other, tmp_path / "archive2.card")
    introduce(other, archive, tmp_path / "other.card")
    other.vault.testimonies.add(_stub(kept))
    other.amend(kept.code, WITHDRAWAL)
    file = next(other.vault.out.iterdir())

    verified = receive.inspect(file, archive.desk(), archive.vault.quarantine)
    with pytest.raises(Exception, match=r"archive\.another-sender"):
        accession.accept(archive.vault, verified, archive.clock)

    assert archive.vault.testimonies.state(kept.id) is State.TO_REVIEW
    other.close()


def _stub(kept):
    from tests.builders import a_testimony

    return a_testimony(id=kept.id, code=kept.code, state=State.SEALED)


def test_the_same_consent_twice_changes_nothing(collector, archive, send, bring):
    """A stick that is read again adds no act."""
    kept = send(a_draft(collector, "A text."))
    collector.amend(kept.code, Amendment(answers={"P5": Answer.NO}))
    bring()
    name = collector.vault.bundles.of_consent(kept.id)[0].file.name

    with pytest.raises(Exception, match=r"exchange\.already-here") as raised:
        receive.inspect(collector.vault.out / name, archive.desk(), archive.vault.quarantine)

    assert not isinstance(raised.value, AlreadyHere)
    assert len(archive.catalogue.record(kept.id).consent) == 2


def test_what_the_archive_was_told_holds_at_once(collector, archive, send):
    """An archivist who hears the witness's wish writes it down; a collector's vault takes no such act in."""
    kept = send(a_draft(collector, "A text."))

    archive.amend(kept.code, WITHDRAWAL)

    assert archive.vault.testimonies.state(kept.id) is State.WITHDRAWN
    with pytest.raises(NotAnArchive):
        amending.add(collector.vault, kept.id, ())


def test_nothing_of_the_act_stays_on_the_laptop(collector, archive, send):
    """Sealed is sealed, for consent too: the collector's vault knows that something went, not what."""
    kept = send(a_draft(collector, "A text."))

    collector.amend(kept.code, Amendment(answers={"P5": Answer.NO}, note="said on the stairs"))

    assert collector.vault.consents.of(kept.id) == ()
    logged = collector.vault.custody.entries(kept.id)[-1]
    assert (logged.event, logged.facts["kind"]) == ("consent_sealed", "partial_withdrawal")
    assert "stairs" not in str(collector.vault.custody.entries())
