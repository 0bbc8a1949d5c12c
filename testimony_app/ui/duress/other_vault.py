# SPDX-License-Identifier: Apache-2.0
"""Which other vault: a new one beside this one, or one that is here already; and its passphrase."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from testimony_app.crypto.secret import Secret
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.ui.alerts import FieldMessage
from testimony_app.ui.layouts import column, field, fill, row
from testimony_app.ui.new_passphrase import NewPassphrase
from testimony_app.ui.widgets.bidi_edit import BidiLine
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.parts import button, label
from testimony_app.ui.widgets.passphrase_field import PassphraseField

ChoosesFolder = Callable[[QWidget, str], str]
_NEW, _HERE = "new", "here"
_SEPARATORS = frozenset('/\\:*?"<>|')


class OtherVault(QWidget):
    """Tells what was chosen; makes and opens nothing."""

    submitted = Signal()

    def __init__(self, choose_folder: ChoosesFolder) -> None:
        """Offer to make a new one."""
        super().__init__()
        self._choose_folder, self._beside, self._folder = choose_folder, Path(), Path()
        self._which = Choice(_("The other vault"), name="other_which")
        self._which.offer([(_NEW, _("A new one, made now")), (_HERE, _("One that is here already"))], _NEW)
        self._folder_name, self._name, self._new = BidiLine("", name=""), BidiLine("", name=""), NewPassphrase()
        self._place = label("", "code", name="other_folder")
        self._pick = button(_("Choose its folder"), "pick_other")
        self._passphrase = PassphraseField(_("Its own passphrase"), name="other_passphrase")
        self._wrong = FieldMessage(name="other_wrong")
        self._making, self._choosing = QWidget(), QWidget()
        self._lay_out()
        self._which.chosen.connect(lambda _value: self._show_which())
        self._pick.clicked.connect(self._on_pick)
        self._new.submitted.connect(self.submitted)
        self._passphrase.submitted.connect(self.submitted)
        self.setFocusProxy(self._which)
        self.begin(Path())

    def begin(self, beside: Path) -> None:
        """Begin anew, for a vault in this folder."""
        self._beside, self._folder = beside, Path()
        self._which.setCurrentIndex(0)
        for line in (self._folder_name, self._name):
            line.clear()
        self._new.take().wipe()
        self._passphrase.clear()
        self._wrong.clear()
        self._show_which()

    @property
    def other(self) -> Path | None:
        """The folder of a vault that is here already, or None for a new one."""
        return self._folder if self._which.value() == _HERE else None

    @property
    def folder_name(self) -> str:
        """What the folder of a new one is called."""
        return self._folder_name.text().strip()

    @property
    def name(self) -> str:
        """What a new one is called on its card."""
        return self._name.text().strip()

    def is_complete(self) -> bool:
        """Tell whether everything is filled in; says beside the fields what is missing."""
        self._wrong.clear()
        if self.other is None:
            return self._has_names() and self._new.is_complete()
        if self.other == Path():
            self._wrong.show_text(_("Choose the folder of the other vault."))
        elif self._passphrase.is_empty():
            self._passphrase.show_wrong(_("Type the passphrase of the other vault."))
        else:
            return True
        return False

    def ask_if_weak(self, then: Callable[[], None]) -> None:
        """Run `then`, after one question if a new passphrase could be guessed."""
        if self.other is None:
            self._new.ask_if_weak(then)
        else:
            then()

    def take(self) -> Secret:
        """Return the other vault's passphrase as a Secret, and forget it here."""
        return self._new.take() if self.other is None else self._passphrase.take()

    def show_wrong(self, sentence: str) -> None:
        """Say why it wasn't taken."""
        self._wrong.show_text(sentence)

    def choose(self, folder: Path) -> None:
        """Take a vault that is here already, as if somebody had picked it."""
        self._which.setCurrentIndex(1)
        self._folder = folder
        self._show_which()

    def _lay_out(self) -> None:
        names = row(gap=24)
        fill(
            names,
            field(
                _("Name of its folder"),
                self._folder_name,
                "other_folder_name",
                help_line=_("It lies beside this vault. Take an everyday word."),
            ),
            field(_("Your name or a code"), self._name, "other_name"),
        )
        fill(column(self._making, gap=12), names, self._new)
        where = fill(row(), self._place, self._pick)
        where.setStretch(0, 1)
        fill(column(self._choosing, gap=12), where, self._passphrase)
        above = label(_("The other vault"), "strong")
        above.setBuddy(self._which)
        fill(column(self, gap=12), above, self._which, self._making, self._choosing, self._wrong)

    def _show_which(self) -> None:
        is_new = self._which.value() == _NEW
        self._making.setVisible(is_new)
        self._choosing.setVisible(not is_new)
        self._place.setText(ltr(str(self._folder)) if self._folder != Path() else _("No folder is chosen yet."))

    def _has_names(self) -> bool:
        if not self.folder_name or _SEPARATORS & set(self.folder_name) or self.folder_name.startswith("."):
            self._wrong.show_text(_("Type a plain name for the folder."))
            self._folder_name.setFocus()
            return False
        if not self.name:
            self._wrong.show_text(_("Give the vault a name or a code."))
            self._name.setFocus()
            return False
        return True

    def _on_pick(self) -> None:
        chosen = self._choose_folder(self, str(self._beside))
        if chosen:
            self.choose(Path(chosen))
