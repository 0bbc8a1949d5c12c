# SPDX-License-Identifier: Apache-2.0
"""What stands round an interview: the risks that were talked over, who is present, whether the witness goes on.

What is dangerous to know of a person (journeys, a case, health) goes to the identity, never into the testimony. The
custody log learns that it was talked over and what was decided, in words of closed lists; no word of the witness.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import msgspec

from testimony_app import __version__
from testimony_app.clock import Clock, stamp
from testimony_app.intake import consent
from testimony_app.intake.errors import NotADraft, NothingAgreed, ReasonMissing
from testimony_app.model.consent import ConsentKind
from testimony_app.model.ids import TestimonyId
from testimony_app.model.person import Identity
from testimony_app.model.risks import RiskTalk
from testimony_app.model.testimony import Session, State, Testimony

if TYPE_CHECKING:
    from testimony_app.vault.vault import Vault

SPOKEN_CONSENT = "consent_statement"
"""The kind of recording that holds a consent given aloud."""


class Circumstances:
    """The drafts of one vault, as far as what stands round the words is concerned."""

    def __init__(self, vault: Vault, clock: Clock) -> None:
        """Work on an open vault."""
        self._vault = vault
        self._clock = clock

    def consider_risks(self, testimony_id: TestimonyId, talk: RiskTalk) -> Identity:
        """Return the identity that now holds what was talked over; the log says what was decided.

        Raises ReasonMissing when waiting was advised and it goes on without a reason.
        """
        self._draft(testimony_id)
        if talk.goes_on and talk.advises_waiting and not talk.reason.strip():
            raise ReasonMissing
        known = self._vault.testimonies.identity(testimony_id) or Identity()
        talk = msgspec.structs.replace(talk, at=stamp(self._clock.now()))
        identity = msgspec.structs.replace(known, risks=talk)
        advised = "waiting" if talk.advises_waiting else "nothing"
        with self._vault.transaction():
            self._vault.testimonies.set_identity(testimony_id, identity)
            self._vault.custody.append("risks_considered", testimony_id, decision=talk.decision, advised=advised)
        return identity

    def confirm(self, testimony_id: TestimonyId, kind: ConsentKind, *, clip: str = "") -> Testimony:
        """Return the draft with one more act of consent that changes nothing: said again, after a break or on record.

        `clip` is the recording in which it was said. Raises NothingAgreed before anything was agreed to.
        """
        draft = self._draft(testimony_id)
        if not draft.consent:
            raise NothingAgreed
        self._vault.consents.add(testimony_id, consent.said_again(draft.consent[-1], self._clock, kind, clip=clip))
        return self._vault.testimonies.get(testimony_id)

    def link_spoken_consent(self, testimony_id: TestimonyId) -> Testimony:
        """Return the draft in which every recorded consent belongs to an act; a clip is linked once, in its order."""
        draft = self._draft(testimony_id)
        known = {act.spoken_clip for act in draft.consent}
        loose = [one.id for one in draft.recordings if one.kind == SPOKEN_CONSENT and one.id not in known]
        for clip in loose if draft.consent else ():
            draft = self.confirm(testimony_id, _kind_of_clip(draft), clip=clip)
        return draft

    def _log_session(self, before: Session, now: Session, testimony_id: TestimonyId) -> None:
        """Write down who is present in which role, and where, when that has changed; no name, no place."""
        facts = _told(now)
        if facts != _told(before):
            self._vault.custody.append("session_noted", testimony_id, program=__version__, **facts)

    def _draft(self, testimony_id: TestimonyId) -> Testimony:
        testimony = self._vault.testimonies.get(testimony_id)
        if testimony.state is not State.DRAFT:
            raise NotADraft(code=testimony.code)
        return testimony


def _kind_of_clip(draft: Testimony) -> ConsentKind:
    """Tell what a recorded consent is: the opening, until something of the testimony itself was recorded."""
    return ConsentKind.AFTER if draft.seconds else ConsentKind.ON_RECORD


def _told(session: Session) -> dict[str, str]:
    roles = " ".join(sorted(one.role for one in session.participants))
    meeting = str(session.meeting) if session.meeting else ""
    facts = {
        "roles": roles,
        "place_kind": session.place_kind,
        "precision": session.precision,
        "given": session.given,
        "meeting": meeting,
    }
    return {name: fact for name, fact in facts.items() if fact}
