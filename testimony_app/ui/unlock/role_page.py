# SPDX-License-Identifier: Apache-2.0
"""What this vault is for."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout

from testimony_app.i18n.catalogue import _
from testimony_app.model.partner import Role
from testimony_app.ui.widgets.card_button import CardButton
from testimony_app.ui.widgets.parts import Column, button, label


class RolePage(Column):
    """Collect testimonies, or keep them as an archive; or open a vault that is here already."""

    chosen = Signal(object)
    """A Role."""
    practice_wanted = Signal()
    open_wanted = Signal()
    back = Signal()

    def __init__(self) -> None:
        super().__init__(900)
        self.box.addStretch(1)
        self.box.addWidget(label(_("What will you do with Govah?"), "title"))
        self.box.addWidget(label(_("Each vault has one purpose. You can make another one later."), "lead"))
        self.box.addSpacing(8)
        row = QHBoxLayout()
        row.setSpacing(16)
        collect = CardButton(
            _("Collect testimonies"), _("Record and write down, then seal for an archive"), "collect", is_main=True
        )
        keep = CardButton(_("Archive"), _("Receive, check, find and listen"), "archive")
        practise = CardButton(_("Practice"), _("Try it with invented people; nothing is real"), "practice")
        practise.clicked.connect(self.practice_wanted)
        collect.clicked.connect(lambda: self.chosen.emit(Role.COLLECTOR))
        keep.clicked.connect(lambda: self.chosen.emit(Role.ARCHIVE))
        self.setFocusProxy(collect)
        row.addWidget(collect)
        row.addWidget(keep)
        row.addWidget(practise)
        self.box.addLayout(row)
        self.box.addSpacing(16)
        self.box.addLayout(self._below())
        self.box.addStretch(2)

    def _below(self) -> QHBoxLayout:
        row = QHBoxLayout()
        back = button(_("Back"), "role_back")
        back.clicked.connect(self.back)
        there = button(_("Open a vault that is here already"), "open_existing", "flat")
        there.clicked.connect(self.open_wanted)
        row.addWidget(back)
        row.addStretch(1)
        row.addWidget(there)
        return row
