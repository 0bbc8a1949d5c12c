# SPDX-License-Identifier: Apache-2.0
"""A collector and an archive that know each other, and what carries a testimony between them."""

from __future__ import annotations

import io

import msgspec
import numpy as np
import pytest

from testimony_app.archive.catalogue import Catalogue
from testimony_app.audio import encode
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.pcm import HeldPcm
from testimony_app.crypto.secret import Secret
from testimony_app.model.consent import Answer
from testimony_app.model.partner import Role
from testimony_app.model.recording import RecordingState, Segment
from testimony_app.model.testimony import State, Statement
from testimony_app.vault.vault import Vault
from tests.builders import a_consent, a_testimony

RATE = 48_000


def passphrase():
    """Return a passphrase to be wiped by whoever takes it."""
    return Secret(bytearray(b"seven quiet words nobody would ever guess"))


@pytest.fixture
def catalogue(tmp_path, clock, cheap):
    """Return the catalogue of an archive's vault that holds nothing yet."""
    vault = Vault.create(
        tmp_path / "vault", role=Role.ARCHIVE, name="The archive", passphrase=passphrase(), clock=clock, cost=cheap
    )
    yield Catalogue(vault)
    vault.lock()


@pytest.fixture
def keep(catalogue):
    """Return what puts a testimony with a text or other facts into the catalogue."""

    def kept(text="", **facts):
        statement = Statement(text=text, language="pes", version=1, saved_at="2026-01-31") if text else None
        testimony = a_testimony(**({"state": State.TO_REVIEW, "statement": statement} | facts))
        catalogue._vault.testimonies.add(testimony)
        catalogue.put_in_index(testimony.id)
        return testimony

    return kept


@pytest.fixture
def archive(tmp_path, clock, cheap):
    """Return an archive's workspace; it is locked when the test ends."""
    from testimony_app.workspace import create_workspace

    opened = create_workspace(
        tmp_path / "archive", passphrase(), role=Role.ARCHIVE, name="The archive", clock=clock, cost=cheap
    )
    yield opened
    opened.close()


@pytest.fixture
def collector(tmp_path, clock, cheap, archive):
    """Return a collector's workspace that trusts the archive, and is trusted by it."""
    from testimony_app.workspace import create_workspace

    opened = create_workspace(
        tmp_path / "collector", passphrase(), role=Role.COLLECTOR, name="Laptop 3", clock=clock, cost=cheap
    )
    introduce(archive, opened, tmp_path / "archive.card")
    introduce(opened, archive, tmp_path / "collector.card")
    yield opened
    opened.close()


@pytest.fixture
def send(collector, archive, tmp_path):
    """Return what seals a draft, carries it over and takes it in; gives the testimony at the archive."""

    def carry(testimony):
        stick = tmp_path / f"stick-{testimony.code}"
        stick.mkdir()
        collector.sealing.seal(testimony.id)
        collector.export(stick, [testimony.code])
        imported = archive.import_bundles([stick])
        assert [finding.outcome for finding in imported.findings] == ["imported"]
        return archive.catalogue.record(testimony.id)

    return carry


def introduce(one, to, path):
    """Let one workspace's card be compared and pinned by another."""
    one.write_card(path)
    to.trust(path, one.safety_number())


def a_draft(collector, text="", **facts):
    """Return a consented draft in the collector's vault, with a written text if one is given."""
    draft = a_testimony(consent=(a_consent(answers={"P1": Answer.YES}),), **facts)
    collector.vault.testimonies.add(draft)
    if text:
        collector.interviews.save_statement(draft.id, text, "pes")
    return collector.interviews.get(draft.id)


def a_draft_with_sound(collector, samples):
    """Return a draft with a finished recording of these samples in two segments."""
    draft = a_draft(collector, "With a recording.")
    vault = collector.vault
    recording = vault.recordings.begin(draft.id, rate=RATE, channels=1, bits=24)
    pieces = np.array_split(samples, 2)
    segments = []
    for slot, piece in zip(vault.recordings.new_segments(recording.id, 2, "flac"), pieces, strict=True):
        flac = io.BytesIO()
        encode.pcm_to_flac(HeldPcm(piece, SoundFormat(RATE, 1, 24)), flac)
        writer = slot.writer()
        writer.write(flac.getvalue())
        finished = writer.finish()
        segments.append(Segment(index=slot.index, blob=finished.blob, frames=len(piece), encoding="flac"))
    vault.recordings.finish(recording.id, frames=len(samples), segments=segments, state=RecordingState.COMPLETE)
    return collector.interviews.get(draft.id)


def replaced(value, **changes):
    """Return a value with some members changed."""
    return msgspec.structs.replace(value, **changes)
