# SPDX-License-Identifier: Apache-2.0
"""The keepers of an archive, and the ceremony in which they learn who a witness is."""

from __future__ import annotations

from pathlib import Path

from testimony_app.i18n.catalogue import _
from testimony_app.model.partner import Role
from testimony_app.model.risks import DANGER, GO, RiskTalk
from testimony_app.ui.checking.check_page import CheckPage
from testimony_app.ui.checking.values import Checked, Trouble
from testimony_app.ui.dropbox.dropbox_page import DropBoxPage
from testimony_app.ui.dropbox.values import MadeBox
from testimony_app.ui.identity.before_page import BeforePage
from testimony_app.ui.identity.identity_page import IdentityPage
from testimony_app.ui.identity.values import ShownEnvelope, ShownIdentity
from testimony_app.ui.keepers.standing_page import StandingPage
from testimony_app.ui.keepers.values import KeepersStanding
from testimony_app.ui.keys.gather_page import GatherPage, to_learn
from testimony_app.ui.keys.make_page import MakePage
from testimony_app.ui.keys.sheet_texts import keepers_texts
from testimony_app.ui.keys.values import ReadSheet
from tests.screens.keys import Around
from tests.ui.flows import samples

RISKS = RiskTalk(answers=((DANGER, "possible"), ("travel", "a journey in spring")), decision=GO)

SHARED = KeepersStanding(is_named=True, needed=2, sheets=3, mark="3F2A", day="2026-11-12", is_tried=True)
SHEETS = (ReadSheet("", "3F2A", 2),)


def standing(shown, *, is_done=False):
    """Return the first page."""
    page = StandingPage()
    page.show_standing(shown)
    if is_done:
        page.show_done(_("These sheets open identities. Each keeper takes one home."), has_new_card=True)
    return Around(page, Role.ARCHIVE, _("Keepers"))


def make():
    """Return the making of the keepers' sheets."""
    page = MakePage(lambda _p, _s: "", keepers_texts())
    page.begin(is_archive=True, is_first=False)
    page.choose_folder(Path("/media/STICK"))
    return Around(page, Role.ARCHIVE, _("Keepers"))


def before(level, *, opens_alone=False):
    """Return what is said before an envelope is opened."""
    page = BeforePage()
    page.show_envelope(ShownEnvelope(samples.CODE, opens_alone, level))
    return Around(page, Role.ARCHIVE, _("Witness’s identity"))


def gather():
    """Return the gathering, with one sheet of two."""
    page = GatherPage(to_learn())
    page.entry.show_given(SHEETS)
    return Around(page, Role.ARCHIVE, _("Witness’s identity"))


def identity():
    """Return what stood in an envelope."""
    page = IdentityPage()
    names, place = (samples.WORDS["name"], "Bahar"), samples.WORDS["place"]
    page.show_identity(
        samples.CODE,
        ShownIdentity(names=names, birth_date="1341", birth_place=place, contacts=("+49 30 000000",), risks=RISKS),
    )
    return Around(page, Role.ARCHIVE, _("Witness’s identity"))


def drop_box(role, *, is_done=False):
    """Return the making of a drop box, before and after."""
    page = DropBoxPage(role, lambda _p, _s: "")
    page.choose_folder(Path("/media/STICK/box"))
    if is_done:
        is_archive = role is Role.ARCHIVE
        page.show_made(MadeBox(Path("/media/STICK/box"), "Archive in Berlin", 200, samples.NUMBER, is_archive))
    return Around(page, role, _("Drop box"))


def check(*troubles, is_done=False):
    """Return a check, before and after."""
    page = CheckPage()
    page.show_last("2026-10-21T17:05:09+00:00")
    if is_done:
        page.show_checked(Checked(1204, troubles))
    return Around(page, Role.ARCHIVE, _("Check everything"))


def screens():
    """Yield each page."""
    yield "check-1", check
    yield "check-2-well", lambda: check(is_done=True)
    yield (
        "check-3-damaged",
        lambda: check(Trouble("blob", "altered", samples.CODE), Trouble("custody", "log"), is_done=True),
    )
    yield "dropbox-1-archive", lambda: drop_box(Role.ARCHIVE)
    yield "dropbox-1-elsewhere", lambda: drop_box(Role.COLLECTOR)
    yield "dropbox-2-archive-made", lambda: drop_box(Role.ARCHIVE, is_done=True)
    yield "dropbox-2-elsewhere-made", lambda: drop_box(Role.COLLECTOR, is_done=True)
    yield "keepers-1-none", lambda: standing(KeepersStanding())
    yield "keepers-2-shared", lambda: standing(SHARED, is_done=True)
    yield "keepers-3-sheets", make
    yield "identity-1-before", lambda: before("archive_only")
    yield "identity-1-before-nobody", lambda: before("sealed", opens_alone=True)
    yield "identity-2-gather", gather
    yield "identity-3-shown", identity
