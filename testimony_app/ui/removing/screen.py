# SPDX-License-Identifier: Apache-2.0
"""A sealed testimony on its way out of this computer; the only file here that talks to a service."""

from __future__ import annotations

from testimony_app.exchange import receipt, receipts, removal, turned_away
from testimony_app.i18n import refusals
from testimony_app.i18n.catalogue import _
from testimony_app.model.changes import Changes
from testimony_app.model.ids import TestimonyId
from testimony_app.model.testimony import Testimony
from testimony_app.ui import alerts
from testimony_app.ui.jobs import Runs
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.removing.kept_page import KeptPage
from testimony_app.ui.removing.values import Kept
from testimony_app.ui.screens import Screen
from testimony_app.vault.vault import Vault
from testimony_app.workspace import Workspace


class Removal:
    """What was sealed in one vault, and how it leaves; on the vault's thread."""

    def __init__(self, workspace: Workspace) -> None:
        """Work on an open vault."""
        self._workspace = workspace

    def kept(self, testimony: TestimonyId) -> Kept:
        """Return how a sealed testimony stands."""
        vault = self._workspace.vault
        known = vault.bundles.for_testimony(testimony)
        return Kept(
            row=vault.testimonies.row(testimony),
            byte_count=sum(one.file.byte_count for one in known),
            is_here=any((vault.out / one.file.name).exists() for one in known),
            open_conditions=removal.why_not(vault, testimony, is_confirmed=False),
            refusal=_refusal(vault, vault.testimonies.get(testimony)),
        )

    def remove(self, testimony: TestimonyId) -> Changes:
        """Remove what the receipt proves, after a person confirmed it. Raises RemovalRefused."""
        self._workspace.remove(testimony)
        return Changes(testimonies=frozenset({testimony}), topics=frozenset({"testimony"}))

    def erase(self, testimony: TestimonyId) -> Changes:
        """Destroy what is here at the witness's wish."""
        self._workspace.remove(testimony, erase=True)
        return Changes(testimonies=frozenset({testimony}), topics=frozenset({"testimony"}))


class KeptScreen(Screen):
    """One sealed testimony."""

    can_go_back = True

    def __init__(self, jobs: Runs, removing: Removal, argument: object) -> None:
        """Show the testimony with this identifier."""
        super().__init__()
        self.setObjectName("kept_screen")
        self.title = _("Sealed testimony")
        self._jobs, self._removing, self._id = jobs, removing, TestimonyId(str(argument))
        self._page = KeptPage()
        fill(column(self), self._page)
        self._page.remove_wanted.connect(self._on_remove)
        self._page.erase_wanted.connect(self._on_erase)
        self._page.amend_wanted.connect(lambda: self.go.emit("amend", str(self._id)))
        self._page.left.connect(lambda: self.go.emit("home", None))

    def arrived(self) -> None:
        """Ask how it stands."""
        kept = lambda: self._removing.kept(self._id)  # noqa: E731
        self._jobs.latest(self, "kept", kept, self._page.show_kept, self._show_error)

    def _on_remove(self) -> None:
        remove = lambda: self._removing.remove(self._id)  # noqa: E731
        self._jobs.run(self, remove, lambda _changes: self.arrived(), self._show_error)

    def _on_erase(self) -> None:
        erase = lambda: self._removing.erase(self._id)  # noqa: E731
        self._jobs.run(self, erase, lambda _changes: self.go.emit("home", None), self._show_error)

    def _show_error(self, error: Exception) -> None:
        self.noticed.emit(alerts.banner(error))


def _refusal(vault: Vault, testimony: Testimony) -> tuple[str, ...]:
    """Return what an archive's refusal means, unless a later receipt says that it has the testimony."""
    known = (one for one in vault.receipts.for_testimony(testimony.id) if one.direction == receipts.IN)
    made = [receipt.unpack(one.body).receipt for one in known]
    for one in reversed(made):
        if one.is_refusal and not turned_away.is_settled(vault, testimony, one):
            told = turned_away.told(testimony.code, one)
            message = refusals.by_archive(told.reason, may_carry_again=told.may_carry_again)
            return (message.what, message.safe, message.next_step)
    return ()
