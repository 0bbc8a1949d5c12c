# SPDX-License-Identifier: Apache-2.0
"""Writing instead of speaking, with large letters and, where the laptop's own keys don't serve, keys on the screen."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtGui import QFontMetrics
from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.ui import theme
from testimony_app.ui.keyboard.keyboard import Keyboard
from testimony_app.ui.kiosk.parts import LARGE, big_button, line
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.bidi_edit import BidiEdit

_EDGE = 16


class WritePage(QWidget):
    """Tells each draft within two seconds; nothing has to be pressed to keep it."""

    draft_written = Signal(str)
    done = Signal()

    def __init__(self, question: str, text: str, language: str) -> None:
        """Show a question and what was written to it."""
        super().__init__()
        self.setObjectName("kiosk_write")
        self._question = line(question, "question")
        self._edit = BidiEdit(question, name="statement", placeholder=_("Write as you would tell it."))
        self._edit.setFont(theme.font("witness"))
        self._edit.setMinimumHeight(QFontMetrics(self._edit.font()).height() + 2 * _EDGE)
        self._edit.show_text(text)
        self._keyboard = Keyboard(language)
        self._keyboard.type_into(self._edit)
        self._keyboard.hide()
        self._keys = big_button(_("Keys on the screen"), "show_keyboard")
        self._keys.setCheckable(True)
        self._done = big_button(_("Done"), "written", "main")
        self._lay_out()
        self._keys.toggled.connect(self._on_keys)
        self._done.clicked.connect(self._on_done)
        self._edit.draft_changed.connect(self.draft_written)

    @property
    def widget(self) -> QWidget:
        """The page itself."""
        return self

    @property
    def said(self) -> str:
        """The question, for reading aloud."""
        return self._question.text()

    def flush(self) -> None:
        """Tell the draft now."""
        self._edit.flush()

    def take_focus(self) -> None:
        """Put the cursor into the field."""
        self._edit.setFocus()

    def _lay_out(self) -> None:
        box = column(self, gap=12)
        fill(box, self._question)
        box.addWidget(self._edit, 1)
        fill(box, self._keyboard, fill(row(gap=16), self._keys, None, self._done))

    def _on_keys(self, is_wanted: bool) -> None:
        self._keyboard.setVisible(is_wanted)
        # With the largest letters there is room for the keys or for the question, which was read; the field keeps its.
        self._question.setHidden(is_wanted and theme.scale() > LARGE)
        self._edit.setFocus()

    def _on_done(self) -> None:
        self.flush()
        self.done.emit()
