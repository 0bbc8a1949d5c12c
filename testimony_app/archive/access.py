# SPDX-License-Identifier: Apache-2.0
"""Which use of a testimony is allowed now, and why not: consent, embargo, objections and marked passages together.

The least of them decides. A level says at a glance how far a testimony may go, each use is asked for by itself,
and both come with their reasons, so that a person can check them:

    0 sealed          1 the archive's own people      2 researchers in the archive
    3 quoted without name      4 quoted with a name      5 heard outside

Only a yes is a yes, with one exception: what came without any answer about keeping (an old recording brought in) may be
worked on by the archive's own people until somebody asks.
"""

from __future__ import annotations

from datetime import date

import msgspec

from testimony_app.archive.errors import (
    ConsentForbids,
    ConsentWithdrawn,
    ObjectionOpen,
    PassagesNotPassedOn,
    UnderEmbargo,
)
from testimony_app.errors import Refusal
from testimony_app.model import release
from testimony_app.model.consent import Answer, ConsentState, current
from testimony_app.model.ids import TestimonyId
from testimony_app.model.partner import Role
from testimony_app.model.testimony import State, Testimony
from testimony_app.vault.vault import Vault

SEALED, ARCHIVE, READING_ROOM, QUOTED, NAMED, HEARD = range(6)
KEEPING = "P1"
WORK = "archive"
USES = {
    WORK: "P1",
    "transcription": "P2",
    "names": "P3",
    "research": "P4",
    "quote": "P5",
    "quote_named": "P6",
    "sound": "P7",
    "online": "P8",
    "court": "P9",
    "exhibition": "P10",
    "machine_transcription": "P11a",
    "machine_learning": "P11b",
    "contact": "P12",
    "successor": "P13",
}
"""Each use that the archive may be asked for, and the purpose that the consent speaks of."""
_RUNGS = ((READING_ROOM, "P4"), (QUOTED, "P5"), (NAMED, "P6"), (HEARD, "P7"))
_INSIDE = frozenset({WORK, "transcription", "contact", "successor"})
"""Uses in which nothing is shown to anybody but people bound to secrecy; no embargo waits for them."""
_NAMED_LEVELS = frozenset({"initials", "pseudonym", "full"})


class Reason(msgspec.Struct, frozen=True):
    """One thing that keeps a testimony at a level: a word from a closed list, and what it is about."""

    word: str
    """`withdrawn`, `keeping`, `answer`, `identity`, `embargo`, `objection` or `passages`."""
    level: int
    about: str = ""
    """A purpose, or a condition as the consent has it."""
    answer: str = ""
    review_year: int | None = None


class Access(msgspec.Struct, frozen=True):
    """How far a testimony may go now, why not farther, and which uses are allowed."""

    level: int
    reasons: tuple[Reason, ...]
    """Those that keep it at this level first."""
    allowed: tuple[str, ...]
    review_year: int | None = None
    is_review_due: bool = False


def access(testimony: Testimony, today: date, *, met: frozenset[str] = frozenset()) -> Access:
    """Return how far a testimony may go today; `met` are conditions that the archive has found to have come true."""
    state = current(testimony.consent)
    reasons = sorted(_reasons(testimony, state, today, met), key=lambda reason: reason.level)
    return Access(
        level=min((reason.level for reason in reasons), default=HEARD),
        reasons=tuple(reasons),
        allowed=tuple(use for use in USES if refusal(testimony, use, today, met=met) is None),
        review_year=state.review_year,
        is_review_due=state.review_year is not None and state.review_year <= today.year,
    )


def refusal(testimony: Testimony, use: str, today: date, *, met: frozenset[str] = frozenset()) -> Refusal | None:
    """Return what forbids a use, or None; raises KeyError for a use that there is not."""
    purpose, code, state = USES[use], testimony.code, current(testimony.consent)
    if state.withdrawn or testimony.state is State.WITHDRAWN:
        return ConsentWithdrawn(testimony=code)
    for asked in dict.fromkeys((KEEPING, purpose)):
        answer = state.answers.get(asked)
        if answer is not Answer.YES and not (asked == KEEPING and answer is None):
            return ConsentForbids(testimony=code, purpose=asked, answer=str(answer or "none"))
    if use in _INSIDE:
        return None
    if state.objections:
        return ObjectionOpen(testimony=code, objections=state.objections)
    if not _is_released(state, today, met):
        return UnderEmbargo(testimony=code, condition=release.kind(state.release), review=state.review_year)
    if _marked(testimony, state):
        return PassagesNotPassedOn(testimony=code, passages=_marked(testimony, state))
    return None


def is_closed(testimony: Testimony) -> bool:
    """Tell whether not even the archive's own people may work on it: nothing of it is heard, read or found."""
    return refusal(testimony, WORK, date.min) is not None


def check(vault: Vault, testimony: TestimonyId | str, use: str = WORK) -> Testimony:
    """Return the testimony if the consent allows this use of it now.

    Raises ConsentWithdrawn, ConsentForbids, ObjectionOpen, UnderEmbargo, PassagesNotPassedOn; a collector's own
    drafts and what it still holds are the witness's and the interviewer's, and are never refused here.
    """
    whole = vault.testimonies.get(testimony)
    if vault.role is Role.ARCHIVE:
        reason = refusal(whole, use, vault.clock.now().date(), met=met_conditions(vault, whole))
        if reason is not None:
            raise reason
    return whole


def of(vault: Vault, testimony: TestimonyId) -> Access:
    """Return how far a testimony of a vault may go today."""
    whole = vault.testimonies.get(testimony)
    return access(whole, vault.clock.now().date(), met=met_conditions(vault, whole))


def met_conditions(vault: Vault, testimony: Testimony) -> frozenset[str]:
    """Return the conditions that somebody here has found to have come true, each as the consent has it."""
    said = {event.release for event in testimony.consent if event.release}
    found = {
        str(entry.facts.get("act", "")) for entry in vault.custody.entries(testimony.id) if entry.event == CONDITION_MET
    }
    return frozenset(condition for condition in said if _act_of(testimony, condition) in found)


CONDITION_MET = "condition_met"


def confirm_condition(vault: Vault, testimony: TestimonyId) -> None:
    """Write down that what the release waits for has come true; a date needs nobody's word."""
    whole = vault.testimonies.get(testimony)
    # The log names the act of consent, never the words of the condition: they may hold a name.
    vault.custody.append(CONDITION_MET, testimony, act=_act_of(whole, current(whole.consent).release))


def _act_of(testimony: Testimony, condition: str) -> str:
    return next((event.id for event in reversed(testimony.consent) if event.release == condition), "")


def _reasons(testimony: Testimony, state: ConsentState, today: date, met: frozenset[str]) -> list[Reason]:
    if state.withdrawn or testimony.state is State.WITHDRAWN:
        return [Reason("withdrawn", SEALED)]
    keeping = state.answers.get(KEEPING)
    if keeping not in {Answer.YES, None}:
        return [Reason("keeping", SEALED, about=KEEPING, answer=str(keeping))]
    found = []
    lacking = next(((level, one) for level, one in _RUNGS if not state.allows(one)), None)
    if lacking is not None:
        level, purpose = lacking
        found.append(Reason("answer", level - 1, about=purpose, answer=str(state.answers.get(purpose, "none"))))
    if state.identity_level not in _NAMED_LEVELS:
        found.append(Reason("identity", QUOTED, about=state.identity_level))
    if not _is_released(state, today, met):
        found.append(Reason("embargo", ARCHIVE, about=state.release, review_year=state.review_year))
    if state.objections:
        found.append(Reason("objection", ARCHIVE))
    if _marked(testimony, state):
        found.append(Reason("passages", ARCHIVE))
    return found


def _is_released(state: ConsentState, today: date, met: frozenset[str]) -> bool:
    return release.is_over(state.release, today) or state.release in met


def _marked(testimony: Testimony, state: ConsentState) -> int:
    """Return how many passages are not to be passed on."""
    return len(state.passages) + sum(note.kind == "do_not_pass_on" for note in testimony.notes)
