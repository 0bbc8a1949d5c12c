# SPDX-License-Identifier: Apache-2.0
"""Practice: its first screen, and the band over work, over a witness alone, over the cover and on a question."""

from __future__ import annotations

from pathlib import Path

from testimony_app.i18n.catalogue import _
from testimony_app.intake.kiosk import Step
from testimony_app.practice.ground import PASSPHRASE
from testimony_app.ui.frame.cover import Cover
from testimony_app.ui.practice.band import Band
from testimony_app.ui.practice.practice_page import PracticePage
from testimony_app.ui.unlock.unlock_page import UnlockPage
from testimony_app.ui.widgets.confirm import ConfirmSheet
from tests.screens import flows, kiosk
from tests.screens.flows import Around


def marked(screen, *, ways_out=True):
    """Return a screen as it stands in practice."""
    band = Band(PASSPHRASE)
    band.offer(role=ways_out, leave=ways_out)
    screen.band_for_pictures = band
    return screen


def first(*, is_preparing=False):
    """Return the choice of a role."""
    page = PracticePage(PASSPHRASE)
    if is_preparing:
        page.show_preparing()
        page.show_progress(3, 8)
    return marked(Around(page, role=None))


def unlock():
    """Return the unlock screen of a practice vault."""
    page = UnlockPage(Path("/tmp/govah-practice-x1/collector"))
    page.offer_this_one_only()
    return marked(Around(page, role=None))


def covered():
    """Return the cover of practice."""
    screen = marked(Around(Cover(), role=None))
    screen.is_bare = True
    return screen


def question():
    """Return the question before leaving."""
    sheet = ConfirmSheet(
        None,
        title=_("Leave practice?"),
        what=_("Everything you did here is destroyed. Your real vaults are not touched."),
        yes=_("Leave practice"),
    )
    sheet.layout().setMenuBar(Band(parent=sheet))
    sheet.setMaximumSize(900, 420)
    return sheet


def screens():
    """Yield what is marked."""
    yield "practice-1-first", first
    yield "practice-2-preparing", lambda: first(is_preparing=True)
    yield "practice-3-home", lambda: marked(flows.home())
    yield "practice-4-recording", lambda: marked(flows.record(flows.RECORDING))
    yield "practice-5-alone", lambda: marked(kiosk.at(Step.PROMPT, 3), ways_out=False)
    yield "practice-6-cover", covered
    yield "practice-7-unlock", unlock
    yield "practice-8-question", question
