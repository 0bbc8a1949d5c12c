# SPDX-License-Identifier: Apache-2.0
"""Whom somebody can call afterwards, written down for a gathering."""

from __future__ import annotations

from testimony_app.i18n.catalogue import _
from testimony_app.model.partner import Role
from testimony_app.ui.aftercare.aftercare_page import AftercarePage
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen
from tests.ui.flows import samples


class Around(Screen):
    """The page as its own screen shows it."""

    can_go_back = True
    role_for_pictures = Role.COLLECTOR

    def __init__(self, contacts):
        super().__init__()
        self.title = _("Afterwards")
        page = AftercarePage()
        page.show_contacts(contacts)
        fill(column(self), page)


def screens():
    """Yield it empty and with somebody in it."""
    yield "aftercare-1-empty", lambda: Around(())
    yield "aftercare-2", lambda: Around(samples.CONTACTS)
