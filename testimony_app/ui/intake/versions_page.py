# SPDX-License-Identifier: Apache-2.0
"""The versions of a written testimony by time: read one, and go back to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QButtonGroup, QScrollArea, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.dates import show_moment
from testimony_app.i18n.measures import counted
from testimony_app.model.testimony import Statement
from testimony_app.ui import theme
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.bidi_edit import BidiEdit
from testimony_app.ui.widgets.parts import button, card, label

_LISTED = 260


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
        self._chosen = 0
        self._lines = QButtonGroup(self)
        self._lines.idClicked.connect(self._show)
        self._list = column(gap=8)
        self._none = label(_("Nothing was written yet. Each sitting leaves a version here."), "soft")
        self._text = BidiEdit(_("The version as it was"), name="version_text")
        self._text.setReadOnly(True)
        self._take = button(_("Go back to this version"), "version_take", "main")
        self._back = button(_("Back"), "versions_back")
        self._take.clicked.connect(self._on_taken)
        self._back.clicked.connect(self.left)
        holder = card(name="version_card")
        fill(column(holder, edge=20), self._text)
        both = fill(row(gap=20), self._scrolled(), holder)
        both.setStretch(1, 1)
        whole = column(self, gap=16)
        whole.setContentsMargins(32, 24, 32, 16)
        fill(
            whole,
            label(_("Earlier versions"), "title"),
            label(_("What stands now is kept as well, whichever you go back to."), "soft"),
            self._none,
            both,
            fill(row(gap=12), self._back, None, self._take),
        )
        whole.setStretch(3, 1)

    def show_versions(self, versions: tuple[Statement, ...]) -> None:
        """Show the versions, newest first; the first one stands now."""
        self._versions = versions
        emptied(self._list)
        self._none.setVisible(not versions)
        for number, version in enumerate(versions):
            line = button(_line(version, is_now=number == 0), f"version_{version.version}")
            line.setCheckable(True)
            self._lines.addButton(line, number)
            self._list.addWidget(line)
        self._list.addStretch(1)
        self._show(1 if len(versions) > 1 else 0)
        chosen = self._lines.button(self._chosen)
        if chosen is not None:
            chosen.setChecked(True)
            chosen.setFocus(Qt.FocusReason.OtherFocusReason)

    def _show(self, number: int) -> None:
        self._chosen = number
        self._text.show_text(self._versions[number].text if number < len(self._versions) else "")
        self._take.setEnabled(0 < number < len(self._versions))

    def _on_taken(self) -> None:
        if 0 < self._chosen < len(self._versions):
            self.wanted.emit(self._versions[self._chosen])

    def _scrolled(self) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("surface", "inner")
        inner.setLayout(self._list)
        area = QScrollArea()
        area.setObjectName("versions_list")
        area.setAccessibleName(_("Versions, the newest first"))
        area.setProperty("surface", "inner")
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        area.setWidget(inner)
        area.setFixedWidth(theme.pixels(_LISTED))
        return area


def _line(version: Statement, *, is_now: bool) -> str:
    when = _("As it stands now") if is_now else show_moment(version.saved_at)
    words = counted(len(version.text.split()), "{count} word", "{count} words")
    return f"{when}\n{words}"
