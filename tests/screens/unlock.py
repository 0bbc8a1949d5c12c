# SPDX-License-Identifier: Apache-2.0
"""First start and unlocking, as they stand at each step."""

from __future__ import annotations

from pathlib import Path

from testimony_app.errors import Refusal
from testimony_app.model.partner import Role
from testimony_app.ui.unlock.create_page import CreatePage
from testimony_app.ui.unlock.first_start import Begun, FirstStart
from testimony_app.ui.unlock.screen import UnlockScreen

FOLDER = Path("/media/laptop/Govah/Autumn gathering")


class IdleJobs:
    """Jobs that never finish: a picture needs none."""

    def run(self, owner, work, done=None, failed=None, *, heavy=False):
        """Do nothing."""

    def latest(self, owner, name, work, done, failed=None, *, heavy=False):
        """Do nothing."""


def first_start(page, role=Role.COLLECTOR):
    """Return first start at a page."""
    return FirstStart(IdleJobs(), lambda _w: None, lambda _r: FOLDER, lambda _p, _s: "", Begun(page, role))


def filled_in():
    """Return the page of a new vault with a suggested passphrase."""
    screen = first_start("create")
    page = screen.findChild(CreatePage)
    page._name.setText("Interviewer 4")
    page._passphrase.suggest("laundry ancient veteran similar exotic pumps dwarf")
    return screen


def unlock(folder):
    """Return the unlock screen for a folder."""
    return UnlockScreen(IdleJobs(), lambda _f, _p: None, folder, lambda _p, _s: "")


def refused():
    """Return the unlock screen after a wrong passphrase."""
    screen = unlock(FOLDER)
    error = type("Wrong", (Refusal,), {"code": "vault.wrong-passphrase"})()
    screen._on_failed(error)
    return screen


def screens():
    """Yield each step of first start, and unlocking as it begins and as it is refused."""
    yield "unlock-1-language", lambda: first_start("language")
    yield "unlock-2-role", lambda: first_start("role")
    yield "unlock-3-create", lambda: first_start("create")
    yield "unlock-4-create-suggested", filled_in
    yield "unlock-5-create-archive", lambda: first_start("create", Role.ARCHIVE)
    yield "unlock-6-unlock", lambda: unlock(FOLDER)
    yield "unlock-7-no-vault", lambda: unlock(None)
    yield "unlock-8-wrong-passphrase", refused
