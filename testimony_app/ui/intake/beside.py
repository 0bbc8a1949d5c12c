# SPDX-License-Identifier: Apache-2.0
"""What goes on beside the steps of an interview: files come in and are looked at, versions, the second recorder.

Its pages stand in the same place as the steps, for as long as somebody looks at them; the recorder goes on meanwhile.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtWidgets import QStackedWidget, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.model.ids import RecordingId
from testimony_app.model.recording import Recording
from testimony_app.model.testimony import Attachment, Statement, Testimony
from testimony_app.ui import wording
from testimony_app.ui.intake.attachment_act import AttachmentAct
from testimony_app.ui.intake.attachment_page import AttachmentPage
from testimony_app.ui.intake.bringing_act import BringingAct
from testimony_app.ui.intake.bringing_page import BringingPage
from testimony_app.ui.intake.brought_ports import Brought
from testimony_app.ui.intake.record_page import RecordPage
from testimony_app.ui.intake.versions_page import VersionsPage
from testimony_app.ui.intake.write_page import WritePage
from testimony_app.ui.jobs import Runs

_SHOWN_AFTER_MILLISECONDS = 300
SYNC_MARK = "sync_mark"
Stamp = Callable[[], tuple[str, float | None]]


class Beside(QObject):
    """Drives the pages beside the steps."""

    over = Signal()
    """The step may be shown again."""
    changed = Signal()
    """The draft holds something more, or less."""
    failed = Signal(object)

    def __init__(self, stack: QStackedWidget, jobs: Runs, brought: Brought, stamp: Stamp) -> None:
        """Be away; `stamp` tells the running recording and its time."""
        super().__init__(stack)
        self._stack, self._jobs, self._brought, self._stamp = stack, jobs, brought, stamp
        self._testimony: Testimony | None = None
        self._shown: QWidget | None = None
        self._seen = AttachmentPage(_("Back to the interview"))
        self._versions, self._coming = VersionsPage(), BringingPage()
        for page in (self._seen, self._versions, self._coming):
            stack.addWidget(page)
        self._looking = AttachmentAct(self._seen, jobs, brought.looks, brought.keeps)
        self._bringing = BringingAct(self, jobs, brought.brings, lambda: bool(stamp()[0]))
        self._soon = QTimer(self, singleShot=True, interval=_SHOWN_AFTER_MILLISECONDS)
        self._soon.timeout.connect(lambda: self._put_up(self._coming))
        self._connect()

    @property
    def is_on(self) -> bool:
        """Whether one of its pages is up."""
        return self._shown is not None

    @property
    def is_busy(self) -> bool:
        """Whether a file is on its way in."""
        return self._bringing.is_busy

    def watch(self, record: RecordPage, write: WritePage) -> None:
        """Listen to the pages from which all of this is asked for."""
        self._record, self._write = record, write
        record.notes.look_wanted.connect(self._on_look)
        record.notes.remove_wanted.connect(self._on_remove)
        write.versions_wanted.connect(self._on_versions)
        second = record.recorder.second
        second.serial_given.connect(self._on_serial)
        second.clapped.connect(self._on_clap)
        second.card_chosen.connect(lambda name: self._on_card(Path(name)))

    def open(self, testimony: Testimony) -> None:
        """Work on this draft, and show which second recorder runs along."""
        self._testimony = testimony
        brings, known = self._brought.brings, testimony.id
        self._jobs.run(self, lambda: brings.serial_of(known), self._record.recorder.second.show_serial)

    def renew(self, testimony: Testimony) -> None:
        """Take note of how the draft stands now, and show what is attached."""
        self._testimony = testimony
        shown = tuple((one, self._brought.may_be_seen(one)) for one in testimony.attachments)
        self._record.notes.show_attachments(shown)
        self._record.recorder.second.show_takes(has_takes=_ours(testimony) is not None)

    def bring(self, paths: list[Path]) -> None:
        """Take files in."""
        if self._testimony is not None:
            self._bringing.bring(self._testimony.id, paths)

    def recorder_rests(self) -> None:
        """Take in what waited for the recorder."""
        if not self._stamp()[0]:
            self._bringing.go_on()

    def left(self) -> None:
        """Take nothing more in and let go of what is seen: the screen is left, or the program ends."""
        self._bringing.cancel()
        self._looking.close()

    def close(self) -> None:
        """Take the page down that is up, and forget what was seen."""
        self._looking.close()
        if self._shown is not None and self._shown is not self._coming:
            self._shown = None
            self.over.emit()

    def _connect(self) -> None:
        for page in (self._seen, self._versions):
            page.left.connect(self.close)
        self._versions.wanted.connect(self._on_version)
        self._coming.cancelled.connect(self._bringing.cancel)
        self._looking.removed.connect(self.changed)
        self._looking.failed.connect(self.failed)
        self._bringing.failed.connect(self.failed)
        self._bringing.taken.connect(self.changed)
        self._bringing.began.connect(self._on_began)
        self._bringing.told.connect(self._coming.show_progress)
        self._bringing.rested.connect(self._on_rested)
        self._bringing.waits.connect(self._on_waits)
        self._bringing.without_sound.connect(self._on_without_sound)

    def _put_up(self, page: QWidget) -> None:
        self._shown = page
        self._stack.setCurrentWidget(page)

    def _on_began(self, name: str) -> None:
        # While somebody speaks, the recorder stays in sight; and what is done at once needs no page.
        if not self._stamp()[0]:
            self._coming.begin(name)
            self._soon.start()

    def _on_rested(self) -> None:
        self._soon.stop()
        if self._shown is self._coming:
            self._shown = None
            self.over.emit()

    def _on_waits(self, name: str) -> None:
        told = _("{file} is taken in when the recording is finished.").format(file=wording.quoted(name))
        self._record.recorder.show_trouble(told, "", tone="plain")

    def _on_without_sound(self, name: str) -> None:
        told = _("No sound could be read from {file}.").format(file=wording.quoted(name))
        self._record.recorder.show_trouble(told, _("It is kept as an attachment, as it came."))

    def _on_look(self, attachment: str) -> None:
        found = self._attached(attachment)
        if found is not None:
            self._put_up(self._seen)
            self._looking.look(found)

    def _on_remove(self, attachment: str) -> None:
        found = self._attached(attachment)
        if found is not None and self._testimony is not None:
            self._looking.ask_to_remove(self._testimony.id, found)

    def _attached(self, attachment: str) -> Attachment | None:
        known = self._testimony.attachments if self._testimony is not None else ()
        return next((one for one in known if one.id == attachment), None)

    def _on_versions(self) -> None:
        testimony, keeps = self._testimony, self._brought.keeps
        if testimony is not None:
            self._put_up(self._versions)
            look = partial(keeps.statement_history, testimony.id)
            self._jobs.latest(self, "versions", look, self._versions.show_versions, self.failed.emit)

    def _on_version(self, version: Statement) -> None:
        testimony, keeps = self._testimony, self._brought.keeps
        if testimony is None:
            return
        keep = lambda: keeps.save_statement(testimony.id, version.text, version.language, new_version=True)  # noqa: E731

        def kept(_statement: Statement) -> None:
            self._write.show_statement(version.text)
            self._write.show_kept()
            self.close()
            self.changed.emit()

        self._jobs.run(self, keep, kept, self.failed.emit)

    def _on_serial(self, serial: str) -> None:
        testimony, brings = self._testimony, self._brought.brings
        if testimony is not None and serial:
            self._jobs.run(self, lambda: brings.runs_along(testimony.id, serial), failed=self.failed.emit)

    def _on_clap(self) -> None:
        testimony, brings = self._testimony, self._brought.brings
        recording, at = self._stamp()
        if testimony is None or at is None:
            return
        mark = lambda: brings.mark(testimony.id, RecordingId(recording), at)  # noqa: E731

        def marked(_note: object) -> None:
            self._record.recorder.second.show_clapped()
            self.changed.emit()

        self._jobs.run(self, mark, marked, self.failed.emit)

    def _on_card(self, path: Path) -> None:
        testimony = self._testimony
        ours = _ours(testimony) if testimony is not None else None
        if testimony is not None and ours is not None:
            self._bringing.bring_card(testimony.id, path, ours.id)


def _ours(testimony: Testimony) -> Recording | None:
    """Return our recording beside which a card is laid: the one with the clap, else the longest."""
    own = [one for one in testimony.recordings if one.kind == "testimony" and one.frames]
    clapped = {note.recording for note in testimony.notes if note.kind == SYNC_MARK}
    return max(own, key=lambda one: (one.id in clapped, one.seconds), default=None)
