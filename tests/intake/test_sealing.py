# SPDX-License-Identifier: Apache-2.0
"""The one moment after which nothing may change: either the draft is whole, or it is sealed; nothing lies between."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from testimony_app.crypto.secret import Secret
from testimony_app.intake.errors import (
    DraftChanged,
    KeepingRefused,
    NoArchiveKnown,
    NotADraft,
    NothingToSeal,
    StillRecording,
)
from testimony_app.intake.sealing import Sealing
from testimony_app.model.consent import Answer
from testimony_app.model.partner import Role
from testimony_app.model.testimony import State
from testimony_app.vault.errors import DiskFull, NotFound
from testimony_app.vault.vault import Vault
from tests.builders import a_bundle_file, a_card, a_consent, a_testimony, write_recording

PASSPHRASE = b"seven quiet words nobody would ever guess"
CANARY = "the lamp by the third window"


class Press:
    """What plans and writes bundles: leaves a file in the vault's folder and remembers what it was given."""

    def __init__(self, vault):
        self.vault = vault
        self.given = None
        self.is_wiped = False

    def __call__(self, testimony, recipients):
        self.given = (testimony, tuple(card.name for card in recipients))
        self.file = a_bundle_file(seq=self.vault.bundles.next_seq())
        return self

    def write(self, progress=None):
        """Write the file, and say so before and after."""
        if progress is not None:
            progress(0, 1)
        (self.vault.out / self.file.name).write_bytes(b"sealed")
        return [self.file]

    def wipe(self):
        """Remember that the keys were to be forgotten."""
        self.is_wiped = True


@pytest.fixture
def press(vault):
    """Return a writer of bundles that writes nothing of what it is given."""
    return Press(vault)


@pytest.fixture
def sealing(vault, press):
    """Return what seals the drafts of a vault that knows one archive."""
    vault.partners.pin(a_card(), "f" * 64, b"{}")
    return Sealing(vault, press)


@pytest.fixture
def spoken(vault):
    """Return a consented draft with a statement and a recording."""
    draft = vault.testimonies.add(a_testimony(consent=(a_consent(),)))
    vault.testimonies.save_statement(draft.id, CANARY, "en")
    write_recording(vault, draft.id, bytes(range(256)) * 900)
    return vault.testimonies.get(draft.id)


def test_what_is_sealed_can_not_be_opened_here_any_more(vault, sealing, press, spoken):
    """The bundle's writer gets the whole testimony; then words, sound and keys are gone from this vault."""
    blob = spoken.recordings[0].segments[0].blob

    sealed = sealing.seal(spoken.id)

    left = vault.testimonies.get(spoken.id)
    assert press.given[0].statement.text == CANARY
    assert (sealed.code, sealed.files, left.state) == (spoken.code, ("K7QF2M9X.AGE",), State.SEALED)
    assert CANARY not in repr(left)
    assert left.statement is None
    with pytest.raises(NotFound):
        vault.blobs.open(blob)


def test_a_vault_that_keeps_copies_keeps_them(tmp_path, clock, cheap):
    """Where the owner chose so, a readable copy stays until the receipt."""
    vault = Vault.create(
        tmp_path / "keeping",
        role=Role.COLLECTOR,
        name="Laptop 4",
        passphrase=Secret(bytearray(PASSPHRASE)),
        clock=clock,
        keep_until_receipt=True,
        cost=cheap,
    )
    vault.partners.pin(a_card(), "f" * 64, b"{}")
    draft = vault.testimonies.add(a_testimony())
    vault.testimonies.save_statement(draft.id, CANARY, "en")

    Sealing(vault, Press(vault)).seal(draft.id)

    left = vault.testimonies.get(draft.id)
    vault.lock()
    assert (left.state, left.statement.text) == (State.SEALED, CANARY)


def test_a_seal_that_fails_leaves_the_draft_and_no_file(vault, sealing, spoken, monkeypatch):
    """When the laptop can't write down what it sealed, the bundle is taken back and the draft is whole."""

    def broken(*_arguments, **_facts):
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(vault.testimonies, "forget_content", broken)

    with pytest.raises(OSError, match="No space"):
        sealing.seal(spoken.id)

    left = vault.testimonies.get(spoken.id)
    assert (left.state, left.statement.text) == (State.DRAFT, CANARY)
    assert vault.bundles.for_testimony(spoken.id) == ()
    assert list(vault.out.iterdir()) == []


def test_it_is_sealed_to_archives_that_are_trusted(vault, sealing, press, spoken):
    """A collector's card and a revoked archive's are no recipients."""
    vault.partners.pin(a_card(name="Another laptop", role=Role.COLLECTOR, recipient="age1pqy"), "c" * 64, b"{1}")
    vault.partners.pin(a_card(name="An old archive", recipient="age1pqz"), "d" * 64, b"{2}")
    vault.partners.revoke("d" * 64)

    sealing.seal(spoken.id)

    assert press.given[1] == ("An archive",)


@pytest.mark.parametrize(
    ("facts", "reason"),
    [
        ({}, NothingToSeal),
        ({"consent": (a_consent(answers={"P1": Answer.NO}),)}, KeepingRefused),
        ({"state": State.SEALED}, NotADraft),
    ],
    ids=["empty", "refused", "sealed"],
)
def test_what_stands_in_the_way_is_said(vault, sealing, facts, reason):
    """An empty draft, a no to being kept and a testimony already sealed are refused, each with its reason."""
    draft = vault.testimonies.add(a_testimony(**facts))

    assert isinstance(sealing.why_not(draft), reason)
    with pytest.raises(reason):
        sealing.seal(draft.id)


def test_a_recording_that_still_runs_is_not_sealed(vault, sealing):
    """The seal waits for the last word."""
    draft = vault.testimonies.add(a_testimony())
    vault.recordings.begin(draft.id, rate=48_000, channels=1, bits=24)

    with pytest.raises(StillRecording):
        sealing.seal(draft.id)


def test_without_an_archive_nothing_is_sealed(vault, press, spoken):
    """A laptop that knows no archive keeps its draft."""
    with pytest.raises(NoArchiveKnown):
        Sealing(vault, press).seal(spoken.id)

    assert vault.testimonies.get(spoken.id).state is State.DRAFT


class Stopped(Exception):
    """Somebody pressed Cancel."""


def planned(sealing, testimony):
    """Return a seal that has been planned."""
    seal = sealing.under_way(testimony.id)
    seal.begin()
    seal.convert()
    seal.plan()
    return seal


def test_a_seal_that_is_stopped_leaves_the_draft_and_no_file(vault, sealing, press, spoken):
    """Stopped while the bundle is written, or after it: the draft is whole, and the keys in hand are forgotten."""

    def stop(_done, _total):
        raise Stopped

    with pytest.raises(Stopped):
        planned(sealing, spoken).write(stop)
    late = planned(sealing, spoken)
    late.write()
    late.take_back()

    left = vault.testimonies.get(spoken.id)
    assert (left.state, left.statement, left.seconds) == (State.DRAFT, spoken.statement, spoken.seconds)
    assert list(vault.out.iterdir()) == []
    assert press.is_wiped


def test_the_bundle_is_written_without_the_database(vault, sealing, spoken):
    """The long step may run on another thread, where the database can't be touched."""
    seal = planned(sealing, spoken)

    with ThreadPoolExecutor(1) as bench:
        bench.submit(seal.write).result()

    assert seal.commit().code == spoken.code


def test_a_draft_that_was_changed_meanwhile_is_not_destroyed(vault, sealing, spoken):
    """A word typed between the plan and the commit isn't in the bundle: nothing is sealed, nothing lost."""
    seal = planned(sealing, spoken)
    seal.write()
    vault.testimonies.save_statement(spoken.id, CANARY + " and more", "en")

    with pytest.raises(DraftChanged):
        seal.commit()

    left = vault.testimonies.get(spoken.id)
    assert (left.state, left.statement.text) == (State.DRAFT, CANARY + " and more")
    assert list(vault.out.iterdir()) == []


def test_a_disk_too_full_to_turn_the_keys_over_does_not_undo_the_seal(vault, sealing, spoken, monkeypatch):
    """What was written down as sealed keeps its bundle, whatever the disk says afterwards."""

    def full():
        raise DiskFull

    monkeypatch.setattr(vault, "rotate", full)

    sealed = sealing.seal(spoken.id)

    assert vault.testimonies.get(spoken.id).state is State.SEALED
    assert [file.name for file in vault.out.iterdir()] == list(sealed.files)
