# SPDX-License-Identifier: Apache-2.0
"""Consent changed, narrowed or withdrawn: in a draft at once, after sealing by a small bundle of its own.

What was sealed can't be opened here any more, so an act of consent that comes later isn't kept here either: it goes
into a signed bundle for the archive, and a line in the custody log says that it went. A readable copy, where this vault
keeps one, is destroyed when everything is withdrawn.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

import msgspec

from testimony_app.clock import Clock
from testimony_app.intake import consent
from testimony_app.intake.errors import BadAmendment, NoArchiveKnown
from testimony_app.model.bundle import BundleFile
from testimony_app.model.consent import AFTER_SEALING, CLOSE, DESTROY, LIFTED, Answer, ConsentEvent, ConsentKind
from testimony_app.model.ids import Code, TestimonyId
from testimony_app.model.partner import Card, Role
from testimony_app.model.release import is_release
from testimony_app.model.testimony import State, Testimony
from testimony_app.vault.bundles import CONSENT

if TYPE_CHECKING:
    from testimony_app.vault.vault import Vault

LEVELS = ("sealed", "archive_only", "archive_and_court", "initials", "pseudonym", "full")
PURPOSES = ("P1", "P2", "P3", "P4", "P5", "P6", "P7", "P8", "P9", "P10", "P11a", "P11b", "P12", "P13")
WriteConsent = Callable[[Testimony, Sequence[ConsentEvent], Sequence[Card]], BundleFile]
"""Writes the bundle, handed in so that taking and carrying stay strangers."""
_WISHES = {ConsentKind.FULL_WITHDRAWAL: {"", CLOSE, DESTROY}, ConsentKind.OBJECTION: {"", LIFTED}}


class Amendment(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What the witness says now; what is left empty stays as it was."""

    answers: dict[str, Answer] = {}
    identity_level: str = ""
    release: str = ""
    review_year: int | None = None
    passages: tuple[tuple[float, float], ...] = ()
    kind: ConsentKind | None = None
    """Told by what is said, unless it is an objection, a renewal or a proxy."""
    wish: str = ""
    given_by: str = "witness"
    how: str = "written"
    capacity: str = "self"
    language: str = "en"
    understood: bool = False
    note: str = ""


class Amended(msgspec.Struct, frozen=True):
    """What was written down, and the bundle that waits to be carried; a draft needs none."""

    id: TestimonyId
    code: Code
    kind: ConsentKind
    files: tuple[str, ...] = ()


class Amending:
    """Acts of consent about the testimonies of one collector's vault."""

    def __init__(self, vault: Vault, clock: Clock, write_consent: WriteConsent) -> None:
        """Write with what makes bundles."""
        self._vault, self._clock, self._write_consent = vault, clock, write_consent

    def amend(self, testimony_id: TestimonyId, amendment: Amendment) -> Amended:
        """Return what was written down; on any failure nothing was. Raises BadAmendment, NoArchiveKnown."""
        event = act_of(amendment, self._clock)
        testimony = self._vault.testimonies.get(testimony_id)
        if testimony.state is State.DRAFT:
            self._vault.consents.add(testimony_id, event)
            return Amended(testimony.id, testimony.code, event.kind)
        file = self._write_consent(testimony, (event,), self._recipients())
        try:
            self._write_down(testimony, event, file)
        except BaseException:
            (self._vault.out / file.name).unlink(missing_ok=True)
            raise
        return Amended(testimony.id, testimony.code, event.kind, (file.name,))

    def _recipients(self) -> tuple[Card, ...]:
        cards = tuple(one.card for one in self._vault.partners.trusted() if one.card.role is Role.ARCHIVE)
        if not cards:
            raise NoArchiveKnown
        return cards

    def _write_down(self, testimony: Testimony, event: ConsentEvent, file: BundleFile) -> None:
        vault = self._vault
        has_copy = any(known.kept_content for known in vault.bundles.for_testimony(testimony.id))
        with vault.transaction():
            vault.bundles.add(testimony.id, file, carries=CONSENT)
            vault.custody.append("consent_sealed", testimony.id, kind=str(event.kind), bundle=file.bundle)
            if has_copy and event.kind is ConsentKind.FULL_WITHDRAWAL:
                vault.testimonies.forget_content(testimony.id)
                vault.bundles.mark_forgotten(testimony.id)
            elif has_copy:
                vault.consents.add(testimony.id, event)


def act_of(amendment: Amendment, clock: Clock) -> ConsentEvent:
    """Return the act that an amendment is; raises BadAmendment, NoSuchConsentText."""
    kind = _kind(amendment)
    _check(amendment, kind)
    shown = consent.text(amendment.language)
    event = consent.answered(
        shown, amendment.answers, clock, how=amendment.how, kind=kind, understood=amendment.understood
    )
    return msgspec.structs.replace(
        event,
        identity_level=amendment.identity_level,
        release=amendment.release,
        review_year=amendment.review_year,
        passages=amendment.passages,
        wish=amendment.wish,
        given_by=amendment.given_by,
        capacity=amendment.capacity,
        note=amendment.note,
    )


def _kind(amendment: Amendment) -> ConsentKind:
    if amendment.kind is not None:
        return amendment.kind
    said = set(amendment.answers.values())
    opens = said - {Answer.NO} or amendment.identity_level or amendment.release
    return ConsentKind.AMENDMENT if opens else ConsentKind.PARTIAL_WITHDRAWAL


def _check(amendment: Amendment, kind: ConsentKind) -> None:
    """Refuse what says nothing, or what nobody could act on."""
    says = amendment.answers or amendment.identity_level or amendment.release or amendment.passages
    may_be_bare = {ConsentKind.FULL_WITHDRAWAL, ConsentKind.OBJECTION, ConsentKind.PROXY}
    sensible = {
        "empty": bool(says) or kind in may_be_bare,
        "kind": kind in AFTER_SEALING,
        "purpose": set(amendment.answers) <= set(PURPOSES),
        "level": amendment.identity_level in {"", *LEVELS},
        "release": is_release(amendment.release, amendment.review_year),
        "passages": all(0 <= start < end for start, end in amendment.passages),
        "wish": amendment.wish in _WISHES.get(kind, {""}),
    }
    for why, holds in sensible.items():
        if not holds:
            raise BadAmendment(why=why)
