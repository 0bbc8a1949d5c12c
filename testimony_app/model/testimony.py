# SPDX-License-Identifier: Apache-2.0
"""A testimony and its parts, and the states it may be in."""

from __future__ import annotations

from enum import StrEnum

import msgspec

from testimony_app.model.consent import ConsentEvent
from testimony_app.model.ids import AttachmentId, BlobId, Code, TestimonyId
from testimony_app.model.person import NamedPerson, NamedPlace, Participant, Witness
from testimony_app.model.recording import Recording


class Kind(StrEnum):
    """How a testimony was taken."""

    INTERVIEW = "interview"
    SELF_RECORDED = "self_recorded"
    WRITTEN = "written"
    IMPORTED = "imported"


class State(StrEnum):
    """How far a testimony has come, on the collecting laptop and at the archive."""

    DRAFT = "draft"
    SEALED = "sealed"
    CARRIED = "carried"
    RECEIVED = "received"
    REMOVED = "removed"
    TO_REVIEW = "to_review"
    CATALOGUED = "catalogued"
    HELD_APART = "held_apart"
    INCOMPLETE = "incomplete"
    WITHDRAWN = "withdrawn"


class Session(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The meeting in which a testimony was taken."""

    place: str = ""
    gathering: str = ""
    participants: tuple[Participant, ...] = ()
    equipment: str = ""
    place_kind: str = ""
    """`home`, `hotel`, `hall`, `archive`, `online` or `other`; empty when it was not said."""
    precision: str = ""
    """How exactly `place` may be written down: `none`, `country`, `town` or `exact`."""
    meeting: int = 0
    """Which meeting with this witness it is, from 1; 0 when it was not said."""
    surroundings: str = ""
    """Who could see or hear, and how people sat."""
    given: str = ""
    """What the witness was given for it: `nothing`, `costs` or `other`."""


class Note(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something the interviewer wrote or marked, stamped with the recording's time."""

    id: str
    kind: str
    """`note`, `moment`, `break`, `break_over`, `sync_mark`, `do_not_pass_on`, `prompt` or `skipped`."""
    text: str
    at_seconds: float | None
    recording: str
    at: str
    until_seconds: float | None = None


class Statement(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A written testimony, or one version of it."""

    text: str
    language: str
    version: int
    saved_at: str


class Attachment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A photograph, letter or other file that belongs to a testimony, kept as it came."""

    id: AttachmentId
    blob: BlobId
    media_type: str
    title: str
    byte_count: int
    sha256: str
    role: str = "attachment"
    """`attachment`, or `original` for a sound file that was taken in untouched."""


class Testimony(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A whole testimony as the vault holds it, without the witness's real identity."""

    id: TestimonyId
    code: Code
    kind: Kind
    state: State
    created: str
    languages: tuple[str, ...] = ()
    title: str = ""
    witness: Witness = Witness()
    session: Session = Session()
    recordings: tuple[Recording, ...] = ()
    statement: Statement | None = None
    notes: tuple[Note, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    people: tuple[NamedPerson, ...] = ()
    places: tuple[NamedPlace, ...] = ()
    consent: tuple[ConsentEvent, ...] = ()

    @property
    def seconds(self) -> float:
        """Return the length of all that was recorded of the testimony itself."""
        spoken = ("testimony", "imported")
        return sum(recording.seconds for recording in self.recordings if recording.kind in spoken)

    @property
    def lacks_spoken_consent(self) -> bool:
        """Tell whether consent was given aloud, and no recording of it is here."""
        clips = {recording.id for recording in self.recordings}
        is_aloud = any(act.how == "spoken" for act in self.consent)
        return is_aloud and not any(act.spoken_clip in clips for act in self.consent)

    @property
    def word_count(self) -> int:
        """Return how many words the written statement has."""
        return len(self.statement.text.split()) if self.statement else 0
