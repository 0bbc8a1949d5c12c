# SPDX-License-Identifier: Apache-2.0
"""The running time of a recording, in large digits that don't dance."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.measures import spoken_duration, timer
from testimony_app.ui.widgets.parts import label


def timer_label(*, name: str = "timer") -> QLabel:
    """Return a label for a running time; give it to `show_time`."""
    made = label(kind="timer", name=name, wraps=False)
    made.setAlignment(Qt.AlignmentFlag.AlignCenter)
    show_time(made, 0)
    return made


def show_time(shown: QLabel, seconds: float) -> None:
    """Show so many seconds as 00:42:17, in the digits of the language."""
    text = timer(seconds)
    if shown.text() != text:
        shown.setText(text)
        shown.setAccessibleName(_("Time recorded: {time}").format(time=spoken_duration(seconds)))
