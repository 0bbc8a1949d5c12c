# SPDX-License-Identifier: Apache-2.0
"""Values with good defaults, so that a test says only what matters to it."""

from __future__ import annotations

import hashlib

from testimony_app.model.bundle import BundleFile
from testimony_app.model.consent import Answer, ConsentEvent, ConsentKind
from testimony_app.model.ids import BundleId, TestimonyId, new_code, new_id
from testimony_app.model.partner import Card, Role
from testimony_app.model.person import NamedPerson, NamedPlace, Participant, Witness
from testimony_app.model.recording import Segment
from testimony_app.model.testimony import Kind, Note, Session, State, Testimony


def a_testimony(**facts):
    """Return a draft of an interview in Persian."""
    defaults = {
        "id": TestimonyId(new_id()),
        "code": new_code(),
        "kind": Kind.INTERVIEW,
        "state": State.DRAFT,
        "created": "2026-01-31T17:05:09+00:00",
        "languages": ("fa",),
        "title": "An evening in autumn",
        "witness": Witness(pseudonym="Laleh", roles=("survivor",)),
        "session": Session(place="a borrowed hall", participants=(Participant(role="interviewer", name_or_code="K"),)),
    }
    return Testimony(**(defaults | facts))


def a_full_testimony(**facts):
    """Return a draft with notes, people, places and consent."""
    return a_testimony(
        notes=(Note(id=new_id(), kind="note", text="paused here", at_seconds=4.5, recording="", at="2026-01-31"),),
        people=(NamedPerson(id=new_id(), names=("Bahar", "Bahareh"), happened="executed"),),
        places=(NamedPlace(id=new_id(), names=("the old prison",)),),
        consent=(a_consent(),),
        **facts,
    )


def a_consent(**facts):
    """Return a consent to be recorded and archived."""
    defaults = {
        "id": new_id(),
        "kind": ConsentKind.BEFORE,
        "at": "2026-01-31T17:00:00+00:00",
        "how": "spoken",
        "language": "fa",
        "text_id": "general",
        "text_version": "1",
        "text_sha256": "ab" * 32,
        "answers": {"P1": Answer.YES, "P2": Answer.NO},
    }
    return ConsentEvent(**(defaults | facts))


def a_card(**facts):
    """Return an archive's card; its keys are letters only."""
    defaults = {
        "name": "An archive",
        "role": Role.ARCHIVE,
        "recipient": "age1pqx",
        "ed25519": "AA==",
        "composite": "BB==",
    }
    return Card(**(defaults | facts))


def a_bundle_file(seq=1, **facts):
    """Return a volume as its writer remembers it."""
    defaults = {
        "name": "K7QF2M9X.AGE",
        "byte_count": 1 << 20,
        "sha256": "cd" * 32,
        "tagmanifest_sha512": hashlib.sha512(str(seq).encode()).hexdigest(),
        "bundle": BundleId(new_id()),
        "group": new_id(),
        "index": 1,
        "count": 1,
        "seq": seq,
        "prev": None,
    }
    return BundleFile(**(defaults | facts))


def write_recording(vault, testimony, content, *, rate=48_000, seconds_of_kind="testimony"):
    """Record content, given as the bytes of a blob in 24 bit mono, through the vault's own slots, and finish."""
    recording = vault.recordings.begin(testimony, rate=rate, channels=1, bits=24, kind=seconds_of_kind)
    slot = vault.recordings.new_segments(recording.id, 2)[0]
    writer = slot.writer()
    writer.write(content)
    finished = writer.finish()
    frames = len(content) // 3
    segment = Segment(index=slot.index, blob=finished.blob, frames=frames, encoding="pcm")
    sizes = {finished.blob: (finished.byte_count, finished.sha512)}
    return vault.recordings.finish(recording.id, frames=frames, segments=[segment], sizes=sizes)
