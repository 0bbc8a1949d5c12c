# SPDX-License-Identifier: Apache-2.0
"""A details file: what is known about a testimony besides its sound and words, as JSON.

Every member may be missing: `{"kind", "languages", "title", "witness": {"pseudonym", ...}, "session",
"identity": {"names", ...}, "people": [{"names": [...], "happened", "date_as_said", "place", ...}],
"places": [{"names": [...]}], "consent": {"language", "answers": {"P1": "yes", ...}, "how"},
"notes": ["..."]}`.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from testimony_app.clock import Clock
from testimony_app.intake import consent
from testimony_app.intake.errors import AttachmentUnreadable, BadDetails
from testimony_app.model.consent import Answer
from testimony_app.model.ids import TestimonyId, new_id
from testimony_app.model.person import Identity, NamedPerson, NamedPlace, Witness
from testimony_app.model.testimony import Kind, Session
from testimony_app.workspace import Workspace


class PersonGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named person without the identifier that the vault gives."""

    names: tuple[str, ...]
    happened: str = ""
    date_as_said: str = ""
    place: str = ""
    known_by: str = ""
    certainty: str = ""
    father_name: str = ""
    note: str = ""


class PlaceGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A named place without the identifier that the vault gives."""

    names: tuple[str, ...]
    kind: str = ""
    note: str = ""


class ConsentGiven(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Answers given to the current consent text."""

    answers: dict[str, Answer]
    language: str = "en"
    how: str = "written"
    identity_level: str = "sealed"


class Details(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole file."""

    kind: Kind | None = None
    languages: tuple[str, ...] = ()
    title: str = ""
    witness: Witness = Witness()
    session: Session = Session()
    identity: Identity | None = None
    people: tuple[PersonGiven, ...] = ()
    places: tuple[PlaceGiven, ...] = ()
    consent: ConsentGiven | None = None
    notes: tuple[str, ...] = ()


def read_details(path: Path) -> Details:
    """Return the details in a file; raises AttachmentUnreadable or BadDetails."""
    try:
        raw = path.read_bytes()
    except OSError as error:
        raise AttachmentUnreadable from error
    return parse_details(raw)


def parse_details(untrusted_bytes: bytes) -> Details:
    """Return the details that these bytes are; raises BadDetails."""
    try:
        return msgspec.json.decode(untrusted_bytes, type=Details)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadDetails from error


def apply_details(workspace: Workspace, draft: TestimonyId, details: Details, clock: Clock) -> None:
    """Write the details into a draft, each through the same door that the desktop uses."""
    interviews = workspace.interviews
    interviews.set_witness(
        draft,
        witness=details.witness,
        session=details.session,
        languages=details.languages,
        identity=details.identity,
        title=details.title,
    )
    if details.people or details.places:
        people = tuple(NamedPerson(id=new_id(), **msgspec.structs.asdict(one)) for one in details.people)
        places = tuple(NamedPlace(id=new_id(), **msgspec.structs.asdict(one)) for one in details.places)
        interviews.set_people(draft, people, places)
    if details.consent is not None:
        shown = consent.text(details.consent.language)
        given = details.consent
        interviews.give_consent(
            draft,
            consent.answered(shown, given.answers, clock, how=given.how, identity_level=given.identity_level),
        )
    for note in details.notes:
        interviews.add_note(draft, note)
