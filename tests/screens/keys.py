# SPDX-License-Identifier: Apache-2.0
"""The ways of opening, recovery sheets, and the unlock screen's harder moments."""

from __future__ import annotations

from pathlib import Path

from testimony_app.errors import Damage
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import auto
from testimony_app.model.partner import Role
from testimony_app.ui.duress.limits_page import LimitsPage
from testimony_app.ui.duress.setting_page import SettingPage
from testimony_app.ui.duress.values import Standing as Forced
from testimony_app.ui.keys.gather_page import GatherPage, to_recover, to_try
from testimony_app.ui.keys.make_page import MakePage
from testimony_app.ui.keys.passphrase_page import PassphrasePage
from testimony_app.ui.keys.sheet_texts import recovery_texts
from testimony_app.ui.keys.values import MadeSheets, ReadSheet, ShownWay, Standing
from testimony_app.ui.keys.ways_page import WaysPage
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen
from testimony_app.ui.unlock.renew_page import RenewPage
from testimony_app.ui.unlock.rolled_back_page import RolledBackPage
from tests.screens.unlock import FOLDER, unlock

WAYS = (
    ShownWay(0, "passphrase", is_mine=True, may_drop=True),
    ShownWay(2, "passphrase_and_file", is_mine=False, may_drop=True),
    ShownWay(5, "recovery", is_mine=False, may_drop=True),
)
MADE = MadeSheets(
    ("sheet-1-of-3.html", "sheet-2-of-3.html", "sheet-3-of-3.html"), "/media/STICK", 2, "3F2A", is_archive_key=True
)
SHEETS = (ReadSheet("", "3F2A", 2),)


class Around(Screen):
    """A page as its own screen would stand there."""

    can_go_back = True

    def __init__(self, page, role, title=""):
        super().__init__()
        self.title, self.role_for_pictures = title or _("Ways of opening"), role
        fill(column(self), page)


def ways(*, is_tried, has_sheets=True):
    """Return the list of ways."""
    page = WaysPage()
    page.show_standing(Standing(WAYS if has_sheets else WAYS[:1], has_sheets, is_tried, is_archive=True))
    return Around(page, Role.ARCHIVE)


def passphrase():
    """Return the page of a further passphrase with a second half."""
    page = PassphrasePage(lambda _p, _s: "/media/STICK")
    page.begin(None)
    page._half.setChecked(True)
    page._on_choose()
    return Around(page, Role.COLLECTOR)


def make(*, is_done=False):
    """Return the making of sheets, before and after."""
    page = MakePage(lambda _p, _s: "")
    page.begin(is_archive=True, is_first=True)
    page.choose_folder(Path("/media/STICK"))
    if is_done:
        page.show_made(MADE)
    return Around(page, Role.ARCHIVE)


def tried():
    """Return the try, with one sheet of two."""
    page = GatherPage(to_try(recovery_texts()))
    page.entry.show_given(SHEETS)
    page.show_sheets(SHEETS)
    return Around(page, Role.ARCHIVE)


def gather():
    """Return recovery at the unlock screen, with one sheet of two."""
    page = GatherPage(to_recover(_("Open {vault} with recovery sheets").format(vault=auto(FOLDER.name))))
    page.entry.show_given(SHEETS)
    return Around(page, None)


def rolled_back():
    """Return the unlock screen after an older state was found."""
    screen = unlock(FOLDER)
    screen._on_failed(type("Older", (Damage,), {"code": "vault.rolled-back"})())
    return screen


def force(standing):
    """Return what a passphrase under force can't do."""
    page = LimitsPage()
    page.show_standing(standing)
    return Around(page, Role.COLLECTOR)


def forced():
    """Return the setting of one, with erasing chosen."""
    page = SettingPage(lambda _p, _s: "")
    page.begin(FOLDER.parent)
    page.other.choose(FOLDER)
    page._erases.setChecked(True)
    return Around(page, Role.COLLECTOR)


def rolled_back_with_sheets():
    """Return the same after sheets were given."""
    page = RolledBackPage(with_sheets=True)
    page.begin()
    return Around(page, None)


def screens():
    """Yield each page."""
    yield "keys-1-ways", lambda: ways(is_tried=True)
    yield "keys-2-ways-untried", lambda: ways(is_tried=False, has_sheets=False)
    yield "keys-3-passphrase", passphrase
    yield "keys-4-sheets", make
    yield "keys-5-sheets-made", lambda: make(is_done=True)
    yield "keys-6-try", tried
    yield "keys-7-force", lambda: force(Forced(may_leave_over_border=True))
    yield "keys-7-force-set", lambda: force(Forced(is_set=True, erases=True, may_leave_over_border=True))
    yield "keys-8-force-setting", forced
    yield "unlock-9-sheets", gather
    yield "unlock-9-new-passphrase", lambda: Around(RenewPage(), None)
    yield "unlock-9-rolled-back", rolled_back
    yield "unlock-9-rolled-back-sheets", rolled_back_with_sheets
    yield "unlock-9-renew-restore", lambda: Around(RenewPage(_("Restore")), None)
