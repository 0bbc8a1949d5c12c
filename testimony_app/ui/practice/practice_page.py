# SPDX-License-Identifier: Apache-2.0
"""What practice is, in five short lines, and the choice of a role."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits, ltr
from testimony_app.model.partner import Role
from testimony_app.ui import theme
from testimony_app.ui.widgets.card_button import CardButton
from testimony_app.ui.widgets.parts import Column, card, label
from testimony_app.ui.widgets.progress_panel import ProgressPanel

_LINE = 560


class PracticePage(Column):
    """Interviewer or archive; both can be tried one after the other."""

    chosen = Signal(object)
    """A Role."""

    def __init__(self, passphrase: str) -> None:
        """Tell the passphrase and offer the roles."""
        super().__init__(900)
        self._collect = CardButton(
            _("As the interviewer"),
            _("Take an interview, seal it, put it on the stick"),
            "practice_collect",
            is_main=True,
        )
        self._keep = CardButton(
            _("As the archive"), _("Import from the stick, check, search, listen"), "practice_archive"
        )
        self._progress = ProgressPanel(_("Inventing people and voices …"), may_cancel=False)
        self._progress.hide()
        self._lay_out(passphrase)
        self._collect.clicked.connect(lambda: self.chosen.emit(Role.COLLECTOR))
        self._keep.clicked.connect(lambda: self.chosen.emit(Role.ARCHIVE))
        self.setFocusProxy(self._collect)

    def show_preparing(self) -> None:
        """Show that the material is being made."""
        self._progress.begin(_("Inventing people and voices …"))
        self._offer(is_offered=False)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self._progress.show_progress(done, total)

    def show_choice(self) -> None:
        """Offer the roles again."""
        self._offer(is_offered=True)

    def _lay_out(self, passphrase: str) -> None:
        self.box.addStretch(1)
        self.box.addWidget(label(_("Practice"), "title"))
        self.box.addWidget(label(_("Try everything. Nothing here is real, and nothing can go wrong."), "lead"))
        row = QHBoxLayout()
        row.setSpacing(16)
        row.addWidget(self._collect)
        row.addWidget(self._keep)
        self.box.addLayout(row)
        self.box.addWidget(self._progress)
        self.box.addWidget(card(_facts(passphrase)))
        self.box.addStretch(2)

    def _offer(self, *, is_offered: bool) -> None:
        self._progress.setVisible(not is_offered)
        self._collect.setEnabled(is_offered)
        self._keep.setEnabled(is_offered)


def _facts(passphrase: str) -> QVBoxLayout:
    box = QVBoxLayout()
    box.setContentsMargins(24, 20, 24, 20)
    box.setSpacing(10)
    shown = ltr(digits(passphrase))
    for words in (
        _("The people and places are invented. The voices are generated."),
        _("The microphone hears nobody, not even you."),
        _("The stick is pretended. What you put on it, the archive finds."),
        _("Passphrase, wherever one is asked for: {passphrase}").format(passphrase=shown),
        _("When you leave, all of it is destroyed. Put nothing real into it."),
    ):
        line = label(words)
        line.setMinimumWidth(theme.pixels(_LINE))  # so that the page knows how little height it needs
        box.addWidget(line)
    return box
