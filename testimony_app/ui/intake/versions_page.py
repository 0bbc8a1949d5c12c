# SPDX-License-Identifier: Apache-2.0
"""The versions of a written testimony by time: read one, and go back to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.dates import show_moment
from testimony_app.i18n.measures import counted
from testimony_app.model.testimony import Statement
from testimony_app.ui import wording
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.widgets.bidi_edit import BidiEdit
from testimony_app.ui.widgets.parts import button, card, label

_LISTED = 320


class VersionsPage(QWidget):
    """Nothing is lost by going back: what stands now stays a version, too."""

    wanted = Signal(object)
    """The Statement that somebody goes back to."""
    left = Signal()

    def __init__(self) -> None:
        """Show no version."""
        super().__init__()
        self.setObjectName("versions_page")
        self.setProperty("surface", "paper")
        self._versions: tuple[Statement, ...] = ()
        self._list = QListWidget()
        self._list.setObjectName("versions_list")
        self._list.setAccessibleName(_("Versions, the newest first"))
        self._list.setMaximumWidth(_LISTED)
        self._list.currentRowChanged.connect(self._on_row)
        self._text = BidiEdit(_("The version as it was"), name="version_text")
        self._text.setReadOnly(True)
        self._take = button(_("Go back to this version"), "version_take", "main")
        self._back = button(_("Back"), "versions_back")
        self._take.clicked.connect(self._on_taken)
        self._back.clicked.connect(self.left)
        holder = card(name="version_card")
        fill(column(holder, edge=20), self._text)
        both = fill(row(gap=20), self._list, holder)
        both.setStretch(1, 1)
        whole = column(self, gap=16)
        whole.setContentsMargins(64, 24, 64, 16)
        fill(
            whole,
            label(_("Earlier versions"), "title"),
            label(_("What stands now is kept as well, whichever you go back to."), "soft"),
            both,
            fill(row(gap=12), self._back, None, self._take),
        )
        whole.setStretch(2, 1)

    def show_versions(self, versions: tuple[Statement, ...]) -> None:
        """Show the versions, newest first; the first one stands now."""
        self._versions = versions
        self._list.blockSignals(True)
        self._list.clear()
        for number, version in enumerate(versions):
            self._list.addItem(QListWidgetItem(_line(version, is_now=number == 0)))
        self._list.blockSignals(False)
        self._list.setCurrentRow(1 if len(versions) > 1 else 0)
        self._list.setFocus(Qt.FocusReason.OtherFocusReason)

    def _on_row(self, number: int) -> None:
        is_there = 0 <= number < len(self._versions)
        self._text.show_text(self._versions[number].text if is_there else "")
        self._take.setEnabled(is_there and number > 0)

    def _on_taken(self) -> None:
        number = self._list.currentRow()
        if 0 < number < len(self._versions):
            self.wanted.emit(self._versions[number])


def _line(version: Statement, *, is_now: bool) -> str:
    when = _("As it stands now") if is_now else show_moment(version.saved_at)
    words = counted(len(version.text.split()), "{count} word", "{count} words")
    return when + wording.DOT + words
