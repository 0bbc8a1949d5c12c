# SPDX-License-Identifier: Apache-2.0
"""The band across every window of practice: what it is, its passphrase, and the ways out of it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QSizePolicy, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import digits, ltr
from testimony_app.ui.layouts import row
from testimony_app.ui.widgets.parts import button, label


class Band(QFrame):
    """A strip in a colour that stands nowhere else; with `passphrase` it also leads out."""

    role_wanted = Signal()
    """Somebody wants to be the other one: interviewer or archive."""
    leave_wanted = Signal()

    def __init__(self, passphrase: str = "", parent: QWidget | None = None) -> None:
        """Say that nothing is real, and the passphrase where there is room for it."""
        super().__init__(parent)
        self.setObjectName("practice_band")
        self.setProperty("surface", "practice")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Minimum)
        words = told(passphrase)
        self.setAccessibleName(words)
        self._words = label(words, "practice", name="practice_words")
        self._role = button(_("Change role"), "practice_role", "practice")
        self._leave = button(_("Leave practice"), "practice_leave", "practice")
        box = row(self, gap=8)
        box.setContentsMargins(24, 2, 24, 2)
        box.addWidget(self._words, 1)
        for made, wanted in ((self._role, self.role_wanted), (self._leave, self.leave_wanted)):
            box.addWidget(made)
            made.clicked.connect(wanted)
        self.offer(role=False, leave=False)

    def offer(self, *, role: bool, leave: bool) -> None:
        """Offer these ways out; none while a witness is alone with the screen."""
        self._role.setVisible(role)
        self._leave.setVisible(leave)


def told(passphrase: str = "") -> str:
    """Return what stands on the band."""
    if not passphrase:
        return _("Practice. Nothing here is real.")
    shown = ltr(digits(passphrase))
    return _("Practice. Nothing here is real. The passphrase is {passphrase}.").format(passphrase=shown)


def named(title: str) -> str:
    """Return a window's title with the mark of practice before it."""
    return _("Practice: {title}").format(title=title) if title else _("Practice")
