# SPDX-License-Identifier: Apache-2.0
"""The steps of taking a testimony and which may follow which.

Each step can be left and come back to while the testimony is a draft; nothing here changes a testimony
that is sealed. All of it runs on the thread that opened the vault.
"""

from __future__ import annotations

import mimetypes
from datetime import datetime
from pathlib import Path

import msgspec

from testimony_app.clock import stamp
from testimony_app.intake.circumstances import Circumstances
from testimony_app.intake.errors import AttachmentUnreadable
from testimony_app.model.consent import Answer, ConsentEvent, current
from testimony_app.model.ids import TestimonyId, new_code, new_id
from testimony_app.model.person import Identity, NamedPerson, NamedPlace, Witness
from testimony_app.model.recording import RecordingState
from testimony_app.model.testimony import Attachment, Kind, Note, Session, State, Statement, Testimony
from testimony_app.vault.errors import NotFound

_SITTING_SECONDS = 300.0
_FEW_WORDS = 5
STEPS = ("witness", "consent", "recording", "people", "review")


class Step(msgspec.Struct, frozen=True):
    """One step of an interview: whether it is done, and whether it may be entered."""

    name: str
    is_done: bool
    may_enter: bool


class Interviews(Circumstances):
    """The drafts of one vault: started, filled step by step, erased at the witness's wish."""

    def start(self, kind: Kind = Kind.INTERVIEW, languages: tuple[str, ...] = ()) -> Testimony:
        """Return a new empty draft with a fresh code."""
        draft = Testimony(
            id=TestimonyId(new_id()),
            code=new_code(),
            kind=kind,
            state=State.DRAFT,
            created=stamp(self._clock.now()),
            languages=languages,
        )
        return self._vault.testimonies.add(draft)

    def get(self, testimony_id: TestimonyId) -> Testimony:
        """Return the testimony as it stands now."""
        return self._vault.testimonies.get(testimony_id)

    def by_code(self, code: str) -> Testimony:
        """Return the testimony with this code; raises UnknownCode."""
        return self._vault.testimonies.by_code(code)

    def identity(self, testimony_id: TestimonyId) -> Identity | None:
        """Return who the witness really is, while the draft still holds it."""
        return self._vault.testimonies.identity(testimony_id)

    def set_witness(
        self,
        testimony_id: TestimonyId,
        *,
        witness: Witness,
        session: Session,
        languages: tuple[str, ...],
        identity: Identity | None = None,
        title: str = "",
    ) -> Testimony:
        """Return the draft with who speaks, who is present, and in which languages."""
        before = self._draft(testimony_id).session
        with self._vault.transaction():
            self._vault.testimonies.set_details(
                testimony_id, witness=witness, session=session, languages=languages, title=title
            )
            self._log_session(before, session, testimony_id)
            if identity is not None:
                self._vault.testimonies.set_identity(testimony_id, identity)
            self._vault.custody.append("metadata_edited", testimony_id, fields="witness session languages")
        return self.get(testimony_id)

    def give_consent(self, testimony_id: TestimonyId, event: ConsentEvent) -> Testimony:
        """Return the draft with one more event of consent; earlier ones stay."""
        self._draft(testimony_id)
        self._vault.consents.add(testimony_id, event)
        return self.get(testimony_id)

    def add_note(
        self,
        testimony_id: TestimonyId,
        text: str,
        *,
        kind: str = "note",
        recording: str = "",
        at_seconds: float | None = None,
        until_seconds: float | None = None,
    ) -> Note:
        """Return a note or mark, stamped with the recording's time where one is running."""
        self._draft(testimony_id)
        note = Note(
            id=new_id(),
            kind=kind,
            text=text,
            at_seconds=at_seconds,
            recording=recording,
            at=stamp(self._clock.now()),
            until_seconds=until_seconds,
        )
        self._vault.testimonies.add_note(testimony_id, note)
        return note

    def forget_notes(self, testimony_id: TestimonyId, recording: str, from_seconds: float) -> int:
        """Remove the notes and marks of a recording from a time on, which the witness took back; return how many."""
        draft = self._draft(testimony_id)
        gone = [
            note
            for note in draft.notes
            if note.recording == recording and note.at_seconds is not None and note.at_seconds >= from_seconds
        ]
        for note in gone:
            self._vault.testimonies.remove_note(note.id)
        return len(gone)

    def set_people(
        self,
        testimony_id: TestimonyId,
        people: tuple[NamedPerson, ...],
        places: tuple[NamedPlace, ...] = (),
    ) -> Testimony:
        """Return the draft with the people and places it names."""
        self._draft(testimony_id)
        with self._vault.transaction():
            self._vault.testimonies.set_details(testimony_id, people=people, places=places)
            self._vault.custody.append("metadata_edited", testimony_id, fields="people places")
        return self.get(testimony_id)

    def save_statement(
        self, testimony_id: TestimonyId, text: str, language: str, *, new_version: bool = False
    ) -> Statement:
        """Return the saved version of a written testimony; earlier versions stay while it is a draft.

        It takes the place of the version before, as somebody types on; a new one begins after a pause of some
        minutes, and when words that stood there are gone: what was struck out by mistake can be gone back to.
        """
        latest = self._draft(testimony_id).statement
        begins_anew = new_version or latest is None or self._is_old(latest) or _loses(latest.text, text)
        return self._vault.testimonies.save_statement(testimony_id, text, language, new_version=begins_anew)

    def statement_history(self, testimony_id: TestimonyId) -> tuple[Statement, ...]:
        """Return every version of the written testimony, newest first."""
        return self._vault.testimonies.statement_history(testimony_id)

    def attach(self, testimony_id: TestimonyId, path: Path, title: str = "") -> Attachment:
        """Return the attachment that now holds an encrypted copy of a file; the file itself stays.

        Raises AttachmentUnreadable.
        """
        self._draft(testimony_id)
        try:
            source = path.open("rb")
        except OSError as error:
            raise AttachmentUnreadable from error
        with source:
            media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
            return self._vault.testimonies.attach(testimony_id, source, media_type=media_type, title=title or path.name)

    def remove_attachment(self, testimony_id: TestimonyId, attachment_id: str) -> Testimony:
        """Return the draft without a file that was attached: its key, then the file, are gone.

        With somebody else's recording goes the copy that was made of it for listening. Raises NotADraft, NotFound.
        """
        draft = self._draft(testimony_id)
        if attachment_id not in {one.id for one in draft.attachments}:
            raise NotFound(what="attachment")
        with self._vault.transaction():
            for recording in draft.recordings:
                if recording.original == attachment_id:
                    self._vault.recordings.discard(recording.id)
            self._vault.attachments.remove(attachment_id)
        return self.get(testimony_id)

    def erase(self, testimony_id: TestimonyId) -> None:
        """Destroy a draft at the witness's wish: keys, sound, words; a line without content stays."""
        self._draft(testimony_id)
        self._vault.testimonies.erase(testimony_id, reason="witness")

    def discard_untouched(self, testimony_id: TestimonyId) -> bool:
        """Remove a draft that was begun and left with nothing in it; tell whether it was one."""
        vault = self._vault
        if not vault.testimonies.exists(testimony_id) or not is_untouched(self.get(testimony_id)):
            return False
        if self.identity(testimony_id) is not None:
            return False
        vault.testimonies.erase(testimony_id, reason="untouched")
        return True

    def steps(self, testimony: Testimony) -> tuple[Step, ...]:
        """Return every step, whether it is done, and whether it may be entered now."""
        agreed = current(testimony.consent).answers.get("P1")
        done = {
            "witness": bool(testimony.witness.pseudonym or testimony.languages),
            "consent": agreed is not None,
            "recording": bool(testimony.recordings or testimony.statement),
            "people": bool(testimony.people or testimony.places),
            "review": testimony.state is not State.DRAFT,
        }
        is_draft = testimony.state is State.DRAFT
        may_record = is_draft and agreed in (Answer.YES, Answer.ASK_AGAIN)
        enter = dict.fromkeys(STEPS, is_draft) | {"recording": may_record}
        return tuple(Step(name, done[name], enter[name]) for name in STEPS)

    def _is_old(self, statement: Statement) -> bool:
        try:
            since = self._clock.now() - datetime.fromisoformat(statement.saved_at)
        except (ValueError, TypeError):
            return True
        return abs(since.total_seconds()) > _SITTING_SECONDS


def _loses(before: str, after: str) -> bool:
    """Tell whether more than a few words that stood there don't any more."""
    return len(before.split()) - len(after.split()) > _FEW_WORDS


def is_being_recorded(testimony: Testimony) -> bool:
    """Tell whether a recording of this testimony has not been finished."""
    return any(recording.state is RecordingState.RECORDING for recording in testimony.recordings)


def is_untouched(testimony: Testimony) -> bool:
    """Tell whether a draft holds nothing that anybody put there."""
    return testimony == Testimony(
        id=testimony.id,
        code=testimony.code,
        kind=testimony.kind,
        state=State.DRAFT,
        created=testimony.created,
    )
