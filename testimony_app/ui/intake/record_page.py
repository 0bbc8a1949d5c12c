# SPDX-License-Identifier: Apache-2.0
"""The third step: the guide, the recorder and the notes side by side; or an editor, for writing instead."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _, pgettext
from testimony_app.ui import commands, theme
from testimony_app.ui.intake.guide_panel import GuidePanel
from testimony_app.ui.intake.notes_panel import NotesPanel
from testimony_app.ui.intake.recorder_panel import IDLE, RecorderPanel
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.parts import button

_ROOM_FOR_THREE = 980


class RecordPage(QWidget):
    """Three panels that know nothing of each other."""

    continued = Signal()
    write_wanted = Signal()
    break_wanted = Signal()
    hide_wanted = Signal()
    """Somebody came in."""

    def __init__(self) -> None:
        """Start idle, without guide and notes."""
        super().__init__()
        self.setObjectName("record_page")
        self.setAccessibleName(pgettext("step", "Recording"))
        self.setProperty("surface", "paper")
        self.guide, self.recorder, self.notes = GuidePanel(), RecorderPanel(), NotesPanel()
        self._next = button(_("Continue"), "next_step", "main")
        self._next.clicked.connect(self.continued)
        self._write = button(_("Write instead"), "write_instead")
        self._write.clicked.connect(self.write_wanted)
        self._break = button(_("A break"), "take_break", said=_("A break: pauses, and shows a quiet page"))
        self._break.clicked.connect(self.break_wanted)
        self._hide = button(_("Someone came in"), "someone_came_in", said=_("Someone came in: pauses, and hides"))
        self._hide.setToolTip(commands.key_words(commands.HIDE))
        self._hide.clicked.connect(self.hide_wanted)
        commands.bind(self, commands.HIDE, self.hide_wanted.emit)
        commands.bind(self, commands.BREAK, self.break_wanted.emit)
        self._panels = fill(row(gap=20), self.guide, self.recorder, self.notes)
        for place, share in enumerate((29, 62, 29)):
            self._panels.setStretch(place, share)
        whole = column(self, gap=12)
        whole.setContentsMargins(24, 24, 24, 16)
        fill(whole, self._panels, fill(row(gap=12), self._write, self._break, self._hide, None, self._next))
        whole.setStretch(0, 1)

    def hasHeightForWidth(self) -> bool:
        """Return that the page takes the height it is given: what needs more scrolls inside it."""
        return False

    def show_state(self, state: str) -> None:
        """Show the recorder's state; going on is offered only while nothing is being recorded."""
        self.recorder.show_state(state)
        self._next.setVisible(state == IDLE)
        self._write.setVisible(state == IDLE)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Leave the guide out where three panels would crowd each other."""
        super().resizeEvent(event)
        self.guide.setVisible(self.width() >= theme.pixels(_ROOM_FOR_THREE))
