# SPDX-License-Identifier: Apache-2.0
"""Asks once, in plain words, before something that can't be undone."""

from __future__ import annotations

from collections.abc import Callable
from typing import Required, TypedDict, Unpack

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QHBoxLayout, QVBoxLayout, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.ui import theme
from testimony_app.ui.widgets.announce import announce
from testimony_app.ui.widgets.parts import button, label


class Words(TypedDict, total=False):
    """What a question says: `title`, `what` goes, `yes`, `no`, and whether something is erased."""

    title: Required[str]
    what: Required[str]
    yes: Required[str]
    no: str
    is_erasing: bool


class ConfirmSheet(QDialog):
    """A question with two answers; the safe one has the focus and answers to Escape."""

    def __init__(self, parent: QWidget, **words: Unpack[Words]) -> None:
        super().__init__(parent)
        title, what, yes = words["title"], words["what"], words["yes"]
        no, is_erasing = words.get("no", ""), words.get("is_erasing", False)
        self.setObjectName("confirm_sheet")
        self.setWindowTitle(title)
        self.setAccessibleName(title)
        self.setAccessibleDescription(what)
        self.setMinimumWidth(theme.pixels(420))
        self.yes_button = button(yes, "confirm_yes", "erase" if is_erasing else "main")
        self.no_button = button(no or _("Go back"), "confirm_no")
        self.yes_button.clicked.connect(self.accept)
        self.no_button.clicked.connect(self.reject)
        box = QVBoxLayout(self)
        box.setContentsMargins(32, 32, 32, 24)
        box.setSpacing(16)
        box.addWidget(label(title, "heading"))
        box.addWidget(label(what, "body"))
        box.addSpacing(8)
        row = QHBoxLayout()
        row.addWidget(self.no_button)
        row.addStretch(1)
        row.addSpacing(32)
        row.addWidget(self.yes_button)
        box.addLayout(row)
        self.no_button.setFocus()


def confirm(parent: QWidget, then: Callable[[], None], **words: Unpack[Words]) -> ConfirmSheet:
    """Ask, and run `then` on yes; returns at once with the sheet that stands over the window."""
    sheet = ConfirmSheet(parent, **words)
    sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    sheet.accepted.connect(then)
    sheet.open()
    announce(sheet, f"{words['title']} {words['what']}")
    return sheet
