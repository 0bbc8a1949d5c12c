# SPDX-License-Identifier: Apache-2.0
"""The SQL for testimonies: adding, reading whole, listing, changing, erasing.

What a testimony consists of is written in the rooms' own stores (`recordings`, `statements`, `attachments`,
`consents`, `notes`); this file puts the parts together. The state of each testimony also stands in the custody
log, so that a page put back is noticed.
"""

from __future__ import annotations

import re
from typing import Any, BinaryIO

import msgspec

from testimony_app.model.ids import Code, TestimonyId, parse_code
from testimony_app.model.person import Identity, NamedPerson, NamedPlace, Witness
from testimony_app.model.testimony import Attachment, Kind, Note, Session, State, Statement, Testimony
from testimony_app.vault.attachments import Attachments
from testimony_app.vault.blobs import Blobs
from testimony_app.vault.columns import text, value
from testimony_app.vault.consents import Consents
from testimony_app.vault.custody import Custody
from testimony_app.vault.database import Database
from testimony_app.vault.erasing import erase, forget_content
from testimony_app.vault.errors import CodeNotUnique, NotFound, UnknownCode
from testimony_app.vault.listing import Listing
from testimony_app.vault.notes import Notes
from testimony_app.vault.recordings import Recordings
from testimony_app.vault.statements import Statements

_IDENTIFIER = re.compile(r"[0-9a-f]{32}")
_COLUMNS = "id, code, kind, state, created, languages, title, witness, session, people, places"


class Parts(msgspec.Struct, frozen=True):
    """The stores that hold a testimony's parts."""

    recordings: Recordings
    statements: Statements
    attachments: Attachments
    consents: Consents
    notes: Notes
    blobs: Blobs


class Testimonies(Listing):
    """The testimonies of one vault."""

    def __init__(self, database: Database, custody: Custody, parts: Parts) -> None:
        """Work on this database."""
        super().__init__(database)
        self._custody = custody
        self._parts = parts

    def add(self, testimony: Testimony, *, signer: str = "") -> Testimony:
        """Write a testimony with all its parts and return it; its blobs must be in the vault already."""
        with self._database.transaction():
            sql = (
                f"INSERT INTO testimony ({_COLUMNS}, pseudonym, signer, seconds, word_count)"  # noqa: S608
                " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
            )
            values = (
                testimony.id, testimony.code, testimony.kind, testimony.state, testimony.created,
                text(testimony.languages), testimony.title, text(testimony.witness), text(testimony.session),
                text(testimony.people), text(testimony.places),
                testimony.witness.pseudonym, signer, testimony.seconds, testimony.word_count,
            )  # fmt: skip
            self._database.execute(sql, values)
            self._log_state(testimony.id, testimony.state)
            self._add_parts(testimony)
        return testimony

    def _add_parts(self, testimony: Testimony) -> None:
        for recording in testimony.recordings:
            self._parts.recordings.add(testimony.id, recording)
        for note in testimony.notes:
            self._parts.notes.add(testimony.id, note)
        for attachment in testimony.attachments:
            self._parts.attachments.add(testimony.id, attachment)
        for event in testimony.consent:
            self._parts.consents.add(testimony.id, event)
        if testimony.statement is not None:
            self._parts.statements.add(testimony.id, testimony.statement)

    def get(self, testimony: str) -> Testimony:
        """Return a whole testimony, without the witness's identity. Raises NotFound."""
        row = self._database.row(f"SELECT {_COLUMNS} FROM testimony WHERE id = ?", (testimony,))  # noqa: S608
        if row is None:
            raise NotFound(what="testimony")
        return self._whole(row)

    def by_code(self, code: str) -> Testimony:
        """Return the testimony with a code, in any spelling of it, or with an identifier.

        Raises NotACode, UnknownCode; CodeNotUnique when two laptops drew the same code.
        """
        if _IDENTIFIER.fullmatch(code):
            return self.get(code)
        spelled = parse_code(code)
        rows = self._database.rows(f"SELECT {_COLUMNS} FROM testimony WHERE code = ?", (spelled,))  # noqa: S608
        if not rows:
            raise UnknownCode(code=spelled)
        if len(rows) > 1:
            raise CodeNotUnique(code=spelled, testimonies=len(rows))
        return self._whole(rows[0])

    def _whole(self, row: tuple[Any, ...]) -> Testimony:
        identifier = TestimonyId(row[0])
        return Testimony(
            id=identifier,
            code=Code(row[1]),
            kind=Kind(row[2]),
            state=State(row[3]),
            created=row[4],
            languages=value(row[5], tuple[str, ...]),
            title=row[6],
            witness=value(row[7], Witness),
            session=value(row[8], Session),
            people=value(row[9], tuple[NamedPerson, ...]),
            places=value(row[10], tuple[NamedPlace, ...]),
            recordings=self._parts.recordings.of(identifier),
            statement=self._parts.statements.latest(identifier),
            notes=self._parts.notes.of(identifier),
            attachments=self._parts.attachments.of(identifier),
            consent=self._parts.consents.of(identifier),
        )

    def exists(self, testimony: str) -> bool:
        """Tell whether the vault holds this testimony."""
        return self._database.row("SELECT 1 FROM testimony WHERE id = ?", (testimony,)) is not None

    def state(self, testimony: str) -> State:
        """Return how far a testimony has come. Raises NotFound."""
        found = self._database.value("SELECT state FROM testimony WHERE id = ?", (testimony,))
        if found is None:
            raise NotFound(what="testimony")
        return State(found)

    def set_state(self, testimony: str, state: State, *, remark: str = "") -> None:
        """Move a testimony on, with a word from a closed list for its row. Raises NotFound."""
        with self._database.transaction():
            sql = "UPDATE testimony SET state = ?, remark = ? WHERE id = ?"
            if not self._database.execute(sql, (state, remark, testimony)):
                raise NotFound(what="testimony")
            self._log_state(testimony, state)

    def set_remark(self, testimony: str, remark: str) -> None:
        """Change the word from a closed list that its row shows."""
        self._database.execute("UPDATE testimony SET remark = ? WHERE id = ?", (remark, testimony))

    def set_details(  # noqa: PLR0913 - each is a fact of its own, given by name
        self,
        testimony: str,
        *,
        witness: Witness | None = None,
        session: Session | None = None,
        languages: tuple[str, ...] | None = None,
        title: str | None = None,
        people: tuple[NamedPerson, ...] | None = None,
        places: tuple[NamedPlace, ...] | None = None,
    ) -> None:
        """Change what is given and leave the rest. Raises NotFound."""
        changes: dict[str, str] = {} if title is None else {"title": title}
        nested = {"witness": witness, "session": session, "languages": languages, "people": people, "places": places}
        changes.update({column: text(new) for column, new in nested.items() if new is not None})
        if witness is not None:
            changes["pseudonym"] = witness.pseudonym
        if not self.exists(testimony):
            raise NotFound(what="testimony")
        if changes:
            columns = ", ".join(f"{column} = ?" for column in changes)
            sql = f"UPDATE testimony SET {columns} WHERE id = ?"  # noqa: S608  (our own column names)
            self._database.execute(sql, (*changes.values(), testimony))

    def identity(self, testimony: str) -> Identity | None:
        """Return who the witness is, if that was written down and still stands."""
        body = self._database.value("SELECT body FROM identity WHERE testimony = ?", (testimony,))
        return None if body is None else value(body, Identity)

    def set_identity(self, testimony: str, identity: Identity | None) -> None:
        """Write down who the witness is, or destroy what was written."""
        self._database.execute("DELETE FROM identity WHERE testimony = ?", (testimony,))
        if identity is not None and not identity.is_empty():
            self._database.execute("INSERT INTO identity VALUES (?, ?)", (testimony, text(identity)))

    def forget_content(self, testimony: str) -> None:
        """Destroy everything that could be read of a testimony; its code, state, dates, languages and length stay."""
        forget_content(self._database, self._custody, self._parts.blobs, testimony)

    def erase(self, testimony: str, reason: str) -> None:
        """Destroy a testimony; a line in the custody log with its code and the reason is all that stays."""
        erase(self._database, self._custody, self._parts.blobs, testimony, reason)

    def add_note(self, testimony: str, note: Note) -> None:
        """Put a note after the others."""
        self._parts.notes.add(testimony, note)

    def remove_note(self, note: str) -> None:
        """Remove a note."""
        self._parts.notes.remove(note)

    def save_statement(self, testimony: str, text: str, language: str, *, new_version: bool = True) -> Statement:
        """Keep a written text, as a version of its own or in place of the newest, and return it."""
        return self._parts.statements.save(testimony, text, language, new_version=new_version)

    def statement_history(self, testimony: str) -> tuple[Statement, ...]:
        """Return the versions of the written text, newest first."""
        return self._parts.statements.history(testimony)

    def attach(
        self, testimony: str, source: BinaryIO, *, media_type: str, title: str, role: str = "attachment"
    ) -> Attachment:
        """Stream a file into the vault and return the attachment."""
        return self._parts.attachments.attach(testimony, source, media_type=media_type, title=title, role=role)

    def add_attachment(self, testimony: str, attachment: Attachment) -> None:
        """Write down an attachment whose blob is in the vault already."""
        self._parts.attachments.add(testimony, attachment)

    def _log_state(self, testimony: str, state: State) -> None:
        self._custody.append("state", testimony, row=f"state/{testimony}", value=str(state))
