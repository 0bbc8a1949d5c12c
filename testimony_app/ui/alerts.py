# SPDX-License-Identifier: Apache-2.0
"""How an error is shown: beside the field, in a banner, or in a dialog.

Beside the field if it answers an act, in a banner if work can go on, in a dialog only if it cannot. The words come
from i18n/messages.py: what happened, what is safe, what to do now.
"""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from testimony_app.errors import Refusal
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.i18n.messages import Message, describe
from testimony_app.ui import theme
from testimony_app.ui.widgets.announce import announce
from testimony_app.ui.widgets.banner import Banner
from testimony_app.ui.widgets.parts import button, label


def sentences(message: Message) -> str:
    """Return what is safe and what to do now, as one paragraph."""
    return " ".join(part for part in (message.safe, message.next_step) if part)


def field_text(error: Exception) -> str:
    """Return an error in the few words that stand beside a field: what happened, what to do now."""
    message = describe(error)
    return " ".join(part for part in (message.what, message.next_step) if part)


def banner(error: Exception, *, action: str = "") -> Banner:
    """Return a banner that tells an error with its code."""
    message = describe(error)
    tone = "care" if isinstance(error, Refusal) else "record"
    help_line = f"{sentences(message)} {_code_line(message)}".strip()
    return Banner(message.what, tone, help_line=help_line, action=action)


def dialog(parent: QWidget, error: Exception) -> QDialog:
    """Open a dialog that tells an error after which the work can't go on, and return it."""
    message = describe(error)
    return _dialog(parent, message.what, sentences(message), _code_line(message))


def calm_dialog(parent: QWidget, code: str) -> QDialog:
    """Open the dialog of last resort: one calm sentence and a short code."""
    return _dialog(
        parent,
        _("Something went wrong inside Govah."),
        _("What was saved is safe. You can go on. If it happens again, start Govah anew."),
        _("Code: {code}").format(code=ltr(code)),
    )


class FieldMessage(QLabel):
    """Room beside a field for what went wrong; empty and out of the way until then."""

    def __init__(self, *, name: str = "field_message") -> None:
        super().__init__()
        self.setObjectName(name)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWordWrap(True)
        self.setProperty("tone", "record")
        self.hide()

    def show_error(self, error: Exception) -> None:
        """Show an error in few words and say it to a screen reader."""
        self.show_text(field_text(error))

    def show_text(self, text: str) -> None:
        """Show a sentence, or nothing."""
        self.setText(text)
        self.setVisible(bool(text))
        announce(self, text)

    def clear(self) -> None:
        """Say nothing."""
        self.show_text("")


def _code_line(message: Message) -> str:
    return _("Code: {code}").format(code=ltr(message.code)) if message.code else ""


def _dialog(parent: QWidget, what: str, then: str, code: str) -> QDialog:
    sheet = QDialog(parent)
    sheet.setObjectName("error_dialog")
    sheet.setWindowTitle(_("Govah"))
    sheet.setAccessibleName(what)
    sheet.setAccessibleDescription(then)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.setMinimumWidth(theme.pixels(420))
    box = QVBoxLayout(sheet)
    box.setContentsMargins(32, 32, 32, 24)
    box.setSpacing(16)
    box.addWidget(label(what, "heading"))
    box.addWidget(label(then))
    if code:
        box.addWidget(label(code, "small"))
    row = QHBoxLayout()
    row.addStretch(1)
    closer = button(_("Close"), "error_close", "main")
    closer.clicked.connect(sheet.accept)
    row.addWidget(closer)
    box.addLayout(row)
    sheet.open()
    announce(sheet, " ".join(part for part in (what, then) if part))
    return sheet
