# SPDX-License-Identifier: Apache-2.0
"""Looking at an attachment straight from its ciphertext, and taking one back before the seal."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.messages import describe
from testimony_app.model.ids import TestimonyId
from testimony_app.model.testimony import Attachment
from testimony_app.ui import wording
from testimony_app.ui.alerts import sentences
from testimony_app.ui.intake.attachment_page import AttachmentPage
from testimony_app.ui.intake.brought_ports import HeldLike, Keeps, Looks, SeenLike
from testimony_app.ui.jobs import Runs
from testimony_app.ui.widgets.confirm import confirm

_LONGEST_SIDE = 2000


class AttachmentAct(QObject):
    """Drives the page on which one attachment is seen."""

    removed = Signal()
    failed = Signal(object)

    def __init__(self, page: AttachmentPage, jobs: Runs, looks: Looks, keeps: Keeps | None = None) -> None:
        """Look at nothing; `looks` opens an attachment on the vault's thread, `keeps` takes one out."""
        super().__init__(page)
        self._page, self._jobs, self._looks, self._keeps = page, jobs, looks, keeps
        self._held: HeldLike | None = None
        page.page_wanted.connect(self._turn)

    def look(self, attachment: Attachment) -> None:
        """Open an attachment and show its first page."""
        self.close()
        self._page.begin(attachment.title)
        self._jobs.latest(self, "look", partial(self._looks, attachment), self._on_opened, self._on_refused)

    def close(self) -> None:
        """Let go of what is open; nothing of it stays on the screen."""
        held, self._held = self._held, None
        if held is not None:
            held.close()
        self._page.forget()

    def ask_to_remove(self, testimony: TestimonyId, attachment: Attachment) -> None:
        """Ask once, then take an attachment back for good."""
        what = _("It is destroyed on this computer. The file it came from stays where it is.")
        if attachment.role == "original":
            what += " " + _("The take that was made of it goes as well.")
        confirm(
            self._page.window(),
            lambda: self._remove(testimony, attachment),
            title=_("Take {file} out of this testimony?").format(file=wording.quoted(attachment.title)),
            what=what,
            yes=_("Take it out"),
            no=_("Keep it"),
            is_erasing=True,
        )

    def _remove(self, testimony: TestimonyId, attachment: Attachment) -> None:
        keeps = self._keeps
        if keeps is not None:
            remove = partial(keeps.remove_attachment, testimony, attachment.id)
            self._jobs.run(self, remove, lambda _left: self.removed.emit(), self.failed.emit)

    def _on_opened(self, held: HeldLike) -> None:
        self._held = held
        self._turn(0)

    def _turn(self, number: int) -> None:
        held = self._held
        if held is None:
            return
        self._page.show_waiting()
        look = partial(held.look, number, _LONGEST_SIDE)
        shown = lambda seen: self._on_seen(held, seen, number)  # noqa: E731
        refused = lambda error: self._on_refused(error) if held is self._held else None  # noqa: E731
        self._jobs.latest(self, "page", look, shown, refused, heavy=True)

    def _on_seen(self, held: HeldLike, seen: SeenLike, number: int) -> None:
        if held is self._held:
            self._page.show_page(_image(seen), number, seen.pages)

    def _on_refused(self, error: Exception) -> None:
        message = describe(error)
        self._page.show_refused(f"{message.what} {sentences(message)}")


def _image(seen: SeenLike) -> QImage:
    shared = QImage(seen.pixels, seen.width, seen.height, seen.width * 3, QImage.Format.Format_RGB888)
    # A copy of its own: Qt does not keep the bytes that it was given.
    return shared.copy()
