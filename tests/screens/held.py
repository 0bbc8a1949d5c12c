# SPDX-License-Identifier: Apache-2.0
"""Bundles held apart: nobody knows the signer, somebody does by now; and none at all."""

from __future__ import annotations

from pathlib import Path

from testimony_app.i18n.catalogue import _
from testimony_app.model.partner import Role
from testimony_app.ui.held.held_page import HeldPage
from testimony_app.ui.held.values import HeldBundle
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen

NUMBER = " ".join(f"{group:05d}" for group in range(31415, 43415, 1000))
BUNDLES = (
    HeldBundle(Path("a.AGE"), 48_700_000, "T-6YYT-0Z"),
    HeldBundle(Path("b.AGE"), 9_300_000, "T-3MLA-7B", "Interviewer 7", "3f9a52d07c41be88" + "0" * 48, NUMBER),
)


class Around(Screen):
    """A page as its own screen would stand there."""

    can_go_back = True
    role_for_pictures = Role.ARCHIVE

    def __init__(self, bundles):
        super().__init__()
        self.title = _("Held apart")
        page = HeldPage()
        page.show_bundles(bundles)
        fill(column(self), page)


def screens():
    """Yield the page with two bundles and with none."""
    yield "held-1", lambda: Around(BUNDLES)
    yield "held-2-none", lambda: Around(())
