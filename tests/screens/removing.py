# SPDX-License-Identifier: Apache-2.0
"""A sealed testimony: waiting, received too early, and free to be removed."""

from __future__ import annotations

import msgspec

from testimony_app.i18n import refusals
from testimony_app.i18n.catalogue import _
from testimony_app.model.partner import Role
from testimony_app.model.testimony import State
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.removing.kept_page import KeptPage
from testimony_app.ui.removing.values import NO_RECEIPT, NOT_CONFIRMED, Kept
from testimony_app.ui.screens import Screen
from tests.ui.flows import samples


class Around(Screen):
    """A page as its own screen would stand there."""

    can_go_back = True
    role_for_pictures = Role.COLLECTOR

    def __init__(self, page):
        super().__init__()
        self.title = _("Sealed testimony")
        fill(column(self), page)


def kept(state, *conditions, refusal=()):
    """Return a sealed testimony in a state, with what is open, or what an archive's refusal means."""
    page = KeptPage()
    row = next(row for row in samples.COLLECTED.rows if row.state is not State.DRAFT)
    shown = msgspec.structs.replace(row, state=state)
    page.show_kept(Kept(shown, 48_700_000, is_here=True, open_conditions=conditions, refusal=refusal))
    return Around(page)


def refused():
    """Return one that the archive refused because its copy was damaged."""
    message = refusals.by_archive("exchange.bundle-altered", may_carry_again=True)
    return kept(State.SEALED, "not-accepted", refusal=(message.what, message.safe, message.next_step))


def screens():
    """Yield the page in each of its states."""
    yield "kept-1-waiting", lambda: kept(State.CARRIED, NO_RECEIPT)
    yield "kept-2-too-early", lambda: kept(State.RECEIVED, "too-few-copies", "too-early", NOT_CONFIRMED)
    yield "kept-3-may-be-removed", lambda: kept(State.RECEIVED, NOT_CONFIRMED)
    yield "kept-4-refused", refused
