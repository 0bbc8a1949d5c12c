# SPDX-License-Identifier: Apache-2.0
"""A changed mind: the page for it, and what an archive shows of what was said."""

from __future__ import annotations

import msgspec

from testimony_app.i18n import catalogue
from testimony_app.i18n.catalogue import _
from testimony_app.intake import consent
from testimony_app.model.consent import Answer, ConsentEvent, ConsentKind
from testimony_app.model.partner import Role
from testimony_app.model.person import Witness
from testimony_app.model.testimony import Session, State
from testimony_app.ui.amend.amend_page import AmendPage
from testimony_app.ui.amend.others_card import OthersCard
from testimony_app.ui.amend.values import Standing
from testimony_app.ui.archive.archive_page import ArchivePage
from testimony_app.ui.archive.values import Allowed, Why
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen
from testimony_app.ui.widgets.parts import Column
from tests.ui.flows import samples


class Around(Screen):
    """A page as its own screen would stand there."""

    can_go_back = True

    def __init__(self, page, role=Role.COLLECTOR):
        super().__init__()
        self.title = _("Consent")
        self.role_for_pictures = role
        fill(column(self), page)


def standing(*, is_archive=False):
    """Return a sealed testimony that somebody speaks about."""
    text = consent.text(catalogue.language())
    return Standing(
        code=samples.CODE,
        state=State.CARRIED,
        is_archive=is_archive,
        questions=tuple((one.purpose, one.title, one.help) for one in text.questions),
        answers={"P1": Answer.YES, "P4": Answer.YES} if is_archive else None,
        objections=1 if is_archive else 0,
    )


def amend(*, is_archive=False, is_done=False):
    """Return the page, before and after."""
    page = AmendPage()
    page.show_standing(standing(is_archive=is_archive))
    if is_done:
        page.show_done(_("It is sealed for the archive. Carry it there with the next export."))
    return Around(page, Role.ARCHIVE if is_archive else Role.COLLECTOR)


def others():
    """Return the card for somebody else who has a say, alone."""
    made = OthersCard()
    made.show_standing(standing(is_archive=True))
    holder = Column(860)
    fill(holder.box, made, None)
    return Around(holder, Role.ARCHIVE)


def an_act(kind, at, **facts):
    """Return an act of consent."""
    defaults = {"answers": {}, "identity_level": "", "release": ""}
    return ConsentEvent(
        id="0" * 32,
        kind=kind,
        at=at,
        how="spoken",
        language="fa",
        text_id="general",
        text_version="v1",
        text_sha256="0" * 64,
        **(defaults | facts),
    )


def acts():
    """Return what somebody said over the years."""
    yes = {"P1": Answer.YES, "P2": Answer.YES, "P4": Answer.YES, "P5": Answer.NO}
    return (
        an_act(ConsentKind.BEFORE, "2025-11-22T10:02:00+01:00", answers=yes, identity_level="archive_only"),
        an_act(
            ConsentKind.AMENDMENT,
            "2026-02-01T18:30:00+01:00",
            answers={"P4": Answer.ASK_AGAIN},
            release="after_my_death",
            review_year=2040,
        ),
    )


def opened(*, is_withdrawn=False):
    """Return a testimony at the archive that waits for its time, or one that was withdrawn."""
    shown = samples.opened()
    events = acts()
    if is_withdrawn:
        gone = an_act(ConsentKind.FULL_WITHDRAWAL, "2026-03-05T09:00:00+01:00", wish="destroy")
        bare = msgspec.structs.replace(
            shown.testimony, consent=(*events, gone), state=State.WITHDRAWN, people=(), places=(), notes=(),
            recordings=(), statement=None, attachments=(), witness=Witness(), session=Session(),
        )  # fmt: skip
        return msgspec.structs.replace(shown, testimony=bare, allowed=Allowed(0, (Why("withdrawn"),)))
    embargo = Why("embargo", about="after_my_death", review_year=2040)
    answer = Why("answer", about="P4", answer="ask_me_again")
    allowed = Allowed(1, (embargo, answer), review_year=2040)
    bare = msgspec.structs.replace(
        shown.testimony, consent=events, statement=None, notes=(), people=(), places=(), attachments=()
    )
    return msgspec.structs.replace(shown, testimony=bare, allowed=allowed, custody=())


def at_the_archive(*, is_withdrawn=False):
    """Return the archive with such a testimony open."""
    made = ArchivePage()
    made.filters.show_counts(samples.COUNTS)
    made.show_results(samples.results(), text=samples.SOUGHT, is_empty_archive=False)
    made.detail.show_opened(opened(is_withdrawn=is_withdrawn))
    return Around(made, Role.ARCHIVE)


def screens():
    """Yield the page and what follows from it."""
    yield "consent-later-1", amend
    yield "consent-later-2-archive", lambda: amend(is_archive=True)
    yield "consent-later-2-others", others
    yield "consent-later-3-done", lambda: amend(is_done=True)
    yield "consent-at-archive-1-embargo", at_the_archive
    yield "consent-at-archive-2-withdrawn", lambda: at_the_archive(is_withdrawn=True)
