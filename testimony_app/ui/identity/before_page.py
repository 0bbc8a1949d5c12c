# SPDX-License-Identifier: Apache-2.0
"""Before an envelope is opened: what the witness allowed, who is in the room, and what will happen."""

from __future__ import annotations

from PySide6.QtCore import Signal

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.ui.identity.values import ShownEnvelope
from testimony_app.ui.intake.consent_around import level_words
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.banner import Banner
from testimony_app.ui.widgets.parts import Column, button, card, label

NOBODY = "sealed"


class BeforePage(Column):
    """Says what will happen; opens nothing."""

    begun = Signal()
    left = Signal()

    def __init__(self) -> None:
        """Say nothing until the envelope is known."""
        super().__init__(760)
        self.setObjectName("before_identity")
        self._title, self._level = label("", "title", name="identity_title"), label("", "lead", name="identity_level")
        self._wish, self._steps = column(), label("", "body", name="identity_steps")
        self._back = button(_("Leave it closed"), "identity_back")
        self._begin = button("", "begin_identity", "main")
        inner = card(name="identity_steps_card")
        fill(column(inner, edge=24, gap=12), label(_("What will happen"), "heading"), self._steps)
        fill(self.box, self._title, self._level, self._wish, inner, fill(row(), self._back, None, self._begin), None)
        self._begin.clicked.connect(self.begun)
        self._back.clicked.connect(self.left)

    def show_envelope(self, envelope: ShownEnvelope) -> None:
        """Show whose envelope it is, who opens it, and what the witness wished."""
        self._title.setText(_("Who is the witness of {code}?").format(code=ltr(envelope.code)))
        asked = _("The witness said who may know the name: {answer}.")
        self._level.setText(asked.format(answer=level_words(envelope.level)) if envelope.level else "")
        self._level.setVisible(bool(envelope.level))
        emptied(self._wish)
        if envelope.level == NOBODY:
            told = _("The witness has not allowed that anybody learns it.")
            help_line = _("Open it only if the witness has asked you to.")
            self._wish.addWidget(Banner(told, "care", help_line=help_line, may_close=False))
        self._steps.setText("\n".join(_alone() if envelope.opens_alone else _together()))
        words = _("Open the envelope") if envelope.opens_alone else _("Gather the sheets")
        self._begin.setText(words)
        self._begin.setAccessibleName(words)
        self._back.setFocus()


def _together() -> tuple[str, ...]:
    return (
        _("1. Only keepers, and who must know, are in the room."),
        _("2. Each keeper gives a sheet. Nobody looks at another’s."),
        _("3. The name is shown once, and written nowhere."),
        _("4. The log says that it was opened, and when."),
    )


def _alone() -> tuple[str, ...]:
    return (
        _("1. Only who must know is in the room."),
        _("2. It is sealed to the archive’s own key: no sheets are needed."),
        _("3. The name is shown once, and written nowhere."),
        _("4. The log says that it was opened, and when."),
    )
