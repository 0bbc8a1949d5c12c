# SPDX-License-Identifier: Apache-2.0
"""A changed mind, written down: at an archive it holds at once, elsewhere it is sealed for the archive."""

from __future__ import annotations

from testimony_app.i18n import catalogue as words
from testimony_app.i18n.catalogue import _
from testimony_app.intake import consent
from testimony_app.intake.amending import Amended, Amendment
from testimony_app.model.consent import ConsentKind, current
from testimony_app.model.ids import TestimonyId
from testimony_app.model.partner import Role
from testimony_app.ui import alerts
from testimony_app.ui.amend.amend_page import AmendPage
from testimony_app.ui.amend.values import Standing, Wish
from testimony_app.ui.jobs import Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen
from testimony_app.workspace import Workspace


class Wishes:
    """Acts of consent about one vault's testimonies; on the vault's thread."""

    def __init__(self, workspace: Workspace) -> None:
        """Work on an open vault."""
        self._workspace = workspace

    def standing(self, testimony: TestimonyId) -> Standing:
        """Return what somebody may speak about."""
        vault = self._workspace.vault
        row, acts = vault.testimonies.row(testimony), vault.consents.of(testimony)
        text = consent.text(_language())
        return Standing(
            code=row.code,
            state=row.state,
            is_archive=self._workspace.role is Role.ARCHIVE,
            questions=tuple((one.purpose, one.title, one.help) for one in text.questions),
            answers=dict(current(acts).answers) if acts else None,
            objections=current(acts).objections,
        )

    def amend(self, testimony: TestimonyId, wish: Wish) -> Amended:
        """Write it down; raises BadAmendment, NoArchiveKnown."""
        return self._workspace.amend(testimony, as_amendment(wish))


class AmendScreen(Screen):
    """One testimony, one change of mind."""

    can_go_back = True

    def __init__(self, jobs: Runs, wishes: Wishes, argument: object) -> None:
        """Speak about the testimony with this identifier."""
        super().__init__()
        self.setObjectName("amend_screen")
        self.title = _("Consent")
        self._jobs, self._wishes, self._id = jobs, wishes, TestimonyId(str(argument))
        self._is_archive = False
        self._page = AmendPage()
        fill(column(self), self._page)
        self._page.wished.connect(self._on_wished)
        self._page.left.connect(self.back)

    def arrived(self) -> None:
        """Ask what holds now."""
        self._jobs.latest(self, "standing", lambda: self._wishes.standing(self._id), self._show, self._show_error)

    def _show(self, standing: Standing) -> None:
        self._is_archive = standing.is_archive
        self._page.show_standing(standing)

    def _on_wished(self, wish: Wish) -> None:
        self._jobs.run(self, lambda: self._wishes.amend(self._id, wish), self._on_amended, self._show_error)

    def _on_amended(self, amended: Amended) -> None:
        if self._is_archive:
            told = _("It holds from now on.")
        else:
            told = _("It is sealed for the archive. Carry it there with the next export.")
        if amended.kind is ConsentKind.FULL_WITHDRAWAL and self._is_archive:
            told = _("The testimony is closed. Whether it is destroyed can be decided beside it.")
        self._page.show_done(told)

    def _show_error(self, error: Exception) -> None:
        self.noticed.emit(alerts.banner(error))


def as_amendment(wish: Wish) -> Amendment:
    """Return what the services call it."""
    if wish.is_withdrawal:
        return Amendment(kind=ConsentKind.FULL_WITHDRAWAL, wish=wish.wish, given_by=wish.given_by, language=_language())
    return Amendment(
        answers=wish.answers,
        identity_level=wish.identity_level,
        release=wish.release,
        review_year=wish.review_year,
        kind=wish.kind,
        wish=wish.wish,
        given_by=wish.given_by,
        note=wish.note,
        language=_language(),
    )


def _language() -> str:
    codes = consent.languages()
    return next((code for code in (words.language(), words.SOURCE_LANGUAGE) if code in codes), codes[0])
