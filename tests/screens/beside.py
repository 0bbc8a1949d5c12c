# SPDX-License-Identifier: Apache-2.0
"""What goes on beside an interview's steps: listening, the second recorder, files, versions, and the keys."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QImage, QLinearGradient, QPainter

from testimony_app.i18n.catalogue import _
from testimony_app.model.testimony import Statement
from testimony_app.ui import quietly
from testimony_app.ui.archive.archive_page import ArchivePage
from testimony_app.ui.intake.attachment_page import AttachmentPage
from testimony_app.ui.intake.bringing_page import BringingPage
from testimony_app.ui.intake.record_page import RecordPage
from testimony_app.ui.intake.recorder_panel import IDLE, RECORDING
from testimony_app.ui.intake.versions_page import VersionsPage
from testimony_app.ui.layouts import fill
from testimony_app.ui.settings.commands_card import CommandsCard
from testimony_app.ui.widgets.confirm import ConfirmSheet
from testimony_app.ui.widgets.parts import Column
from tests.screens.flows import Around, archive, record
from tests.ui.flows import samples


def listening():
    """Return the third step while a take is listened to."""
    made = record(IDLE)
    takes = made.findChild(RecordPage).recorder.takes
    takes.show_opened("r1", samples.PEAKS)
    takes.show_playing(is_playing=True)
    takes.show_position(1290.0)
    return made


def second_recorder(state):
    """Return the third step with a second recorder that runs along."""
    made = record(state)
    second = made.findChild(RecordPage).recorder.second
    second.show_takes(has_takes=state == IDLE)
    second.show_serial("H1n 004711")
    return made


def bringing():
    """Return a sound file on its way in."""
    made = BringingPage()
    made.begin("telephone.m4a")
    made.show_progress(420, 1000)
    return Around(made, title=samples.CODE, step="recording")


def picture():
    """Return an invented photograph: dusk over a wall."""
    made = QImage(1200, 800, QImage.Format.Format_RGB32)
    painter = QPainter(made)
    sky = QLinearGradient(0, 0, 0, 800)
    sky.setColorAt(0.0, QColor(40, 60, 90))
    sky.setColorAt(1.0, QColor(230, 170, 120))
    painter.fillRect(made.rect(), sky)
    painter.fillRect(0, 560, 1200, 240, QColor(80, 70, 60))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(QColor(250, 230, 200))
    painter.drawEllipse(860, 380, 120, 120)
    painter.end()
    return made


def seen(*, pages=1):
    """Return a photograph, or a page of a letter, that is looked at."""
    made = AttachmentPage(_("Back to the interview"))
    made.begin("letter.jpg" if pages == 1 else "letter.pdf")
    made.show_page(picture(), 1 if pages > 1 else 0, pages)
    return Around(made, title=samples.CODE, step="recording")


def not_seen():
    """Return a file from which no picture can be shown."""
    made = AttachmentPage(_("Back to the interview"))
    made.begin("scan.tif")
    made.show_refused(_("No picture can be shown from this file.") + " " + _("The file is kept as it came."))
    return Around(made, title=samples.CODE, step="recording")


def seen_in_the_archive():
    """Return a photograph that came with a testimony, looked at in the archive."""
    made = archive()
    page = made.findChild(ArchivePage)
    page.seen.begin("letter.jpg")
    page.seen.show_page(picture(), 0, 1)
    page.show_seen()
    return made


def versions():
    """Return the versions of a written testimony."""
    made = VersionsPage()
    text = samples.statement()
    made.show_versions(
        (
            Statement(text + "\n" + text, "pes", 3, "2026-11-22T17:20:00+01:00"),
            Statement(text, "pes", 2, "2026-11-22T16:05:00+01:00"),
            Statement(text.split("\n", maxsplit=1)[0], "pes", 1, "2026-11-20T10:00:00+01:00"),
        )
    )
    return Around(made, title=samples.CODE, step="recording")


def keys():
    """Return the keys of recorder and player."""
    page = Column(760)
    fill(page.box, CommandsCard(), None)
    return Around(page, title=_("Settings"))


def headphones():
    """Return the question before the first listening."""
    made = ConfirmSheet(None, **quietly.words())
    made.setMaximumSize(900, 420)
    return made


def no_versions():
    """Return the versions of a testimony in which nothing was written yet."""
    made = VersionsPage()
    made.show_versions(())
    return Around(made, title=samples.CODE, step="recording")


def screens():
    """Yield each page and state."""
    yield "interview-3-listening", listening
    yield "interview-3-second-recorder", lambda: second_recorder(IDLE)
    yield "interview-3-second-recorder-runs", lambda: second_recorder(RECORDING)
    yield "interview-3-bringing", bringing
    yield "interview-3-photograph", seen
    yield "interview-3-letter", lambda: seen(pages=3)
    yield "interview-3-no-picture", not_seen
    yield "interview-3-versions", versions
    yield "interview-3-versions-none", no_versions
    yield "interview-3-headphones", headphones
    yield "archive-3-photograph", seen_in_the_archive
    yield "settings-keys", keys
