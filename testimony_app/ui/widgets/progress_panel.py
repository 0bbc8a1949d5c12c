# SPDX-License-Identifier: Apache-2.0
"""A long job: what it does, how far it is, how long it still needs, and a way to stop it."""

from __future__ import annotations

from time import monotonic

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QProgressBar, QVBoxLayout

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits
from testimony_app.i18n.measures import spoken_duration
from testimony_app.ui.widgets.announce import announce
from testimony_app.ui.widgets.parts import button, label

_SETTLE_SECONDS = 1.5  # before this no guess of the time left is worth showing
_PARTS = 1000


class ProgressPanel(QFrame):
    """A card for one long job; `show_progress` takes amounts in any one unit."""

    cancel_requested = Signal()

    def __init__(self, title: str, *, name: str = "progress_panel", may_cancel: bool = True) -> None:
        super().__init__()
        self.setObjectName(name)
        self.setProperty("surface", "card")
        self._began = monotonic()
        self._title = label(title, "heading", name="progress_title")
        self._step = label("", "soft", name="progress_step")
        self._left = label("", "soft", name="progress_left")
        self._bar = QProgressBar()
        self._bar.setObjectName("progress_bar")
        self._bar.setAccessibleName(title)
        self._bar.setRange(0, _PARTS)  # never the moving bar of an unknown length: nothing here moves by itself
        self._bar.setTextVisible(False)
        self.cancel_button = button(_("Cancel"), "cancel_job")
        self.cancel_button.setVisible(may_cancel)
        self.cancel_button.clicked.connect(self._on_cancel)
        self._lay_out()

    def _lay_out(self) -> None:
        box = QVBoxLayout(self)
        box.setContentsMargins(24, 20, 24, 20)
        box.setSpacing(12)
        box.addWidget(self._title)
        box.addWidget(self._step)
        box.addWidget(self._bar)
        row = QHBoxLayout()
        row.addWidget(self._left, 1)
        row.addWidget(self.cancel_button, 0, Qt.AlignmentFlag.AlignBottom)
        box.addLayout(row)

    def begin(self, title: str) -> None:
        """Start over with another job."""
        self._began = monotonic()
        self._title.setText(title)
        self._bar.setAccessibleName(title)
        self._bar.reset()
        self._step.setText("")
        self._left.setText("")
        self.cancel_button.setEnabled(True)

    def show_progress(self, done: float, total: float, step: str = "") -> None:
        """Show how far the job is and, once it can be told, how long it still needs."""
        if step:
            self._step.setText(step)
        if total <= 0:
            return
        part = min(max(done / total, 0.0), 1.0)
        self._bar.setValue(round(part * _PARTS))
        self._left.setText(" · ".join(word for word in (_percent(part), self._time_left(part)) if word))

    def show_done(self, sentence: str) -> None:
        """Show that the job has ended well."""
        self._bar.setValue(_PARTS)
        self._step.setText(sentence)
        self._left.setText("")
        self.cancel_button.hide()
        announce(self, sentence)

    def _time_left(self, part: float) -> str:
        gone = monotonic() - self._began
        if gone < _SETTLE_SECONDS or part <= 0:
            return ""
        return _("about {time} left").format(time=spoken_duration(gone / part * (1 - part)))

    def _on_cancel(self) -> None:
        self.cancel_button.setEnabled(False)
        self._step.setText(_("Stopping. Nothing will be left half done."))
        self.cancel_requested.emit()


def _percent(part: float) -> str:
    return digits(_("{percent} %").format(percent=int(part * 100)))
