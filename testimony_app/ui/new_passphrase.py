# SPDX-License-Identifier: Apache-2.0
"""A passphrase to be chosen: typed twice or suggested, with an honest sentence about what it is worth."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QWidget

from testimony_app.crypto.passphrase import estimate, generate
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.strength import Level
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.ui import strength_words
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.widgets.confirm import confirm
from testimony_app.ui.widgets.parts import button, label, set_property
from testimony_app.ui.widgets.passphrase_field import PassphraseField


class NewPassphrase(QWidget):
    """Two fields, a suggestion, and the strength of what was typed."""

    submitted = Signal()

    def __init__(self) -> None:
        super().__init__()
        self._first = PassphraseField(_("Passphrase"), name="passphrase")
        self._again = PassphraseField(_("The same passphrase again"), name="passphrase_again", with_hints=False)
        self._strength = label("", "soft", name="strength")
        self._suggest = button(_("Suggest a strong one"), "suggest", "flat")
        self._suggested = label("", "heading", name="suggested")
        self._suggested.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self._suggested_help = label(_("Write it on paper now. It is shown only here."), "soft")
        box = fill(column(self), self._first, self._strength)
        box.addWidget(self._suggest, 0, Qt.AlignmentFlag.AlignLeading)
        fill(box, self._suggested, self._suggested_help, self._again)
        self._suggest.clicked.connect(lambda: self.suggest(generate()))
        self._first.edited.connect(self._show_strength)
        self._first.submitted.connect(self._again.setFocus)
        self._again.submitted.connect(self.submitted)
        self.setFocusProxy(self._first)
        self._hide_hints()

    def suggest(self, words: str) -> None:
        """Show these words as the suggestion, to be written down and typed again."""
        self._suggested.setText(ltr(words))
        self._suggested.show()
        self._suggested_help.show()
        self._first.fill(words)
        self._again.setFocus()

    def is_complete(self) -> bool:
        """Tell whether both fields hold the same; says beside them what is missing."""
        if self._first.is_empty():
            self._first.show_wrong(_("Choose a passphrase, or take a suggested one."))
            return False
        if not self._first.says_same_as(self._again):
            self._again.show_wrong(_("The two are not the same. Type it again."))
            return False
        return True

    def ask_if_weak(self, then: Callable[[], None]) -> None:
        """Run `then`, after one question if what was typed could be guessed."""
        if estimate(self._first.text_for_estimate()).level is not Level.WEAK:
            then()
            return
        confirm(
            self,
            then,
            title=_("This passphrase is weak"),
            what=_("Whoever takes this computer could guess it. A suggested one could not be guessed."),
            yes=_("Use it all the same"),
            no=_("Choose another one"),
        )

    def take(self) -> Secret:
        """Return what was typed as a Secret, and forget it here."""
        passphrase = self._first.take()
        self._again.clear()
        self._suggested.setText("")
        self._hide_hints()
        return passphrase

    def show_wrong(self, sentence: str) -> None:
        """Say beside the field why it wasn't taken."""
        self._first.show_wrong(sentence)

    def show_waiting(self, is_waiting: bool) -> None:
        """Offer no suggestion while something is under way."""
        self._suggest.setEnabled(not is_waiting)

    def _hide_hints(self) -> None:
        for part in (self._strength, self._suggested, self._suggested_help):
            part.hide()

    def _show_strength(self) -> None:
        self._strength.setVisible(not self._first.is_empty())
        found = estimate(self._first.text_for_estimate())
        self._strength.setText(strength_words.sentence(found))
        set_property(self._strength, "tone", strength_words.TONES[found.level])
