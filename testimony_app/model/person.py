# SPDX-License-Identifier: Apache-2.0
"""Who speaks, who listens, and who is spoken of."""

from __future__ import annotations

import msgspec

from testimony_app.model.risks import RiskTalk


class Witness(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The witness as the content side knows them: a pseudonym, never a real name."""

    pseudonym: str = ""
    roles: tuple[str, ...] = ()
    birth_decade: str = ""
    mother_tongue: str = ""
    note: str = ""


class Identity(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Who the witness really is; kept apart, sealed to the keepers' key, destroyable alone."""

    names: tuple[str, ...] = ()
    birth_date: str = ""
    birth_place: str = ""
    contacts: tuple[str, ...] = ()
    safe_hours: str = ""
    note: str = ""
    guardian: str = ""
    """Who decides for or with the witness: a name, and how they are related."""
    proxy: str = ""
    """Who may decide when the witness no longer can."""
    risks: RiskTalk = RiskTalk()
    """What was talked over before the interview."""

    def is_empty(self) -> bool:
        """Tell whether nothing about the person was written down."""
        return self == Identity()


class Participant(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody in the room: a role, and a name or code."""

    role: str
    name_or_code: str = ""
    note: str = ""


class NamedPerson(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A person a testimony names, as said, in whichever script, and what is told of them."""

    id: str
    names: tuple[str, ...]
    happened: str = ""
    date_as_said: str = ""
    earliest: str = ""
    latest: str = ""
    calendar: str = ""
    place: str = ""
    known_by: str = ""
    certainty: str = ""
    father_name: str = ""
    note: str = ""
    recording: str = ""
    at_seconds: float | None = None
    missing: tuple[tuple[str, str], ...] = ()
    """What was not said, and why: `unknown`, `declined` or `not_asked`, three different answers."""


class NamedPlace(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A place a testimony names, as said."""

    id: str
    names: tuple[str, ...]
    kind: str = ""
    note: str = ""
