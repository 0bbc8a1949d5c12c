# SPDX-License-Identifier: Apache-2.0
"""Before a border, backups, and the way back from one."""

from __future__ import annotations

from pathlib import Path

from testimony_app.i18n.catalogue import _
from testimony_app.model.partner import Role
from testimony_app.ui.backup.backup_page import BackupPage
from testimony_app.ui.border.border_page import BorderPage
from testimony_app.ui.border.values import Emptied, Hindrance, Outlook
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.restore.restore_page import RestorePage
from testimony_app.ui.screens import Screen
from tests.ui.flows import samples

NUMBER = " ".join(f"{group:05d}" for group in range(27182, 39182, 1000))


class Around(Screen):
    """A page as its own screen would stand there."""

    can_go_back = True

    def __init__(self, page, title, role=Role.COLLECTOR):
        super().__init__()
        self.title, self.role_for_pictures = title, role
        fill(column(self), page)


def border(*, step=""):
    """Return the page before a border: the question, held up, at work, done."""
    page = BorderPage()
    held = (Hindrance("1", "T-9QXD-2A", _("This testimony holds no sound, text or attachment yet.")),)
    page.show_outlook(Outlook(2, 5, held if step == "held" else ()))
    page.places.show_sticks((samples.STICK,))
    if step == "working":
        page.show_begun()
        page.show_progress("comparing", 3, 7)
    if step == "done":
        page.show_emptied(Emptied(("T-7K2F-Q9", "T-3MLA-7B"), 212_000_000, "STICK", NUMBER))
    return Around(page, _("Before a border"))


def backup(*, is_done=False):
    """Return the page of backups."""
    page = BackupPage()
    page.places.show_sticks((samples.STICK,))
    page.show_last("2026-10-21T17:05:09+00:00")
    if is_done:
        page.show_made(12, 240, 98_000_000, "STICK")
    return Around(page, _("Backup"), Role.ARCHIVE)


def restore(*, is_done=False, is_working=False):
    """Return the way back from a backup."""
    page = RestorePage(lambda _p, _s: "")
    page.choose(Path("/media/STICK/backup"), Path("/media/laptop/Govah/Archive"))
    if is_done:
        page.show_restored(1204, 0)
    if is_working:
        page.show_begun()
        page.show_read(400, 1000)
    return Around(page, _("Restore a backup"), None)


def screens():
    """Yield each page."""
    yield "border-1", border
    yield "border-2-held-up", lambda: border(step="held")
    yield "border-3-working", lambda: border(step="working")
    yield "border-4-done", lambda: border(step="done")
    yield "backup-1", backup
    yield "backup-2-done", lambda: backup(is_done=True)
    yield "unlock-9-restore", restore
    yield "unlock-9-restoring", lambda: restore(is_working=True)
    yield "unlock-9-restored", lambda: restore(is_done=True)
