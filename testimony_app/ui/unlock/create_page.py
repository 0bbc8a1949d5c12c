# SPDX-License-Identifier: Apache-2.0
"""Make a vault: its name, its folder, its passphrase."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import msgspec
from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from testimony_app.crypto.secret import Secret
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.model.partner import Role
from testimony_app.ui.alerts import FieldMessage
from testimony_app.ui.new_passphrase import NewPassphrase
from testimony_app.ui.widgets.bidi_edit import BidiLine
from testimony_app.ui.widgets.check import Check
from testimony_app.ui.widgets.parts import Column, button, card, label

ChoosesFolder = Callable[[QWidget, str], str]


class NewVault(msgspec.Struct, frozen=True):
    """What somebody asked for; the passphrase is a Secret and is wiped by whoever makes the vault."""

    role: Role
    folder: Path
    name: str
    passphrase: Secret
    keep_until_receipt: bool = False


class Filled(msgspec.Struct, frozen=True):
    """What was filled in so far and may be kept: all but the passphrase."""

    folder: Path
    name: str
    keep_until_receipt: bool


class CreatePage(Column):
    """Name, folder, passphrase twice, and what it means."""

    wanted = Signal(object)
    """A NewVault."""
    back = Signal()

    def __init__(self, role: Role, folder: Path, choose_folder: ChoosesFolder) -> None:
        super().__init__(720)
        self._role, self._folder, self._choose_folder = role, folder, choose_folder
        self._make_parts()
        self._lay_out()
        self._connect()
        self._show_folder()
        self.setFocusProxy(self._name)

    def _make_parts(self) -> None:
        is_archive = self._role is Role.ARCHIVE
        self._name = BidiLine(_("Name of the archive") if is_archive else _("Your name or a code"), name="vault_name")
        self._place = label("", "code", name="vault_folder")
        self._place_button = button(_("Choose another folder"), "choose_folder", "flat")
        self._place_wrong = FieldMessage(name="folder_wrong")
        self._name_wrong = FieldMessage(name="name_wrong")
        self._passphrase = NewPassphrase()
        self._keep = Check(_("Keep a readable copy until the archive's receipt"), name="keep_until_receipt")
        self._create = button(_("Create the vault"), "create_vault", "main")
        self._back = button(_("Back"), "create_back")

    def _lay_out(self) -> None:
        self.box.addWidget(label(_("Make your vault"), "title"))
        self.box.addWidget(label(_("Everything you record is kept in it, encrypted from the first second."), "lead"))
        self.box.addWidget(card(self._about()))
        self.box.addWidget(card(self._secret()))
        if self._role is Role.COLLECTOR:
            self.box.addWidget(card(self._copy()))
        row = QHBoxLayout()
        row.addWidget(self._back)
        row.addStretch(1)
        row.addWidget(self._create)
        self.box.addLayout(row)
        self.box.addStretch(1)

    def _about(self) -> QVBoxLayout:
        box = _inner()
        box.addWidget(label(self._name.accessibleName(), "strong"))
        box.addWidget(self._name)
        box.addWidget(self._name_wrong)
        box.addWidget(label(_("It stands on your card. Partners see it; a code is enough."), "small"))
        box.addSpacing(8)
        box.addWidget(label(_("Folder"), "strong"))
        row = QHBoxLayout()
        row.addWidget(self._place, 1)
        row.addWidget(self._place_button)
        box.addLayout(row)
        box.addWidget(self._place_wrong)
        return box

    def _secret(self) -> QVBoxLayout:
        box = _inner()
        box.addWidget(self._passphrase)
        box.addWidget(label(_("Nobody can open the vault without it. It can't be reset."), "small", tone="care"))
        return box

    def _copy(self) -> QVBoxLayout:
        box = _inner()
        box.addWidget(self._keep)
        box.addWidget(label(_("Without it, a sealed testimony can't be opened here any more. That is safer."), "small"))
        return box

    def _connect(self) -> None:
        self._place_button.clicked.connect(self._on_choose)
        self._passphrase.submitted.connect(self._on_create)
        self._create.clicked.connect(self._on_create)
        self._back.clicked.connect(self.back)

    def filled(self) -> Filled:
        """Return what was filled in, without the passphrase."""
        return Filled(self._folder, self._name.text(), self._keep.isChecked())

    def show_filled(self, filled: Filled) -> None:
        """Show what was filled in before the page was built anew."""
        self._folder = filled.folder
        self._name.setText(filled.name)
        self._keep.setChecked(filled.keep_until_receipt)
        self._show_folder()

    def show_error(self, message: str, *, is_about_folder: bool) -> None:
        """Say why the vault was not made, beside what can be changed."""
        self.show_waiting(False)
        if is_about_folder:
            self._place_wrong.show_text(message)
        else:
            self._passphrase.show_wrong(message)

    def show_waiting(self, is_waiting: bool) -> None:
        """Show that the vault is being made."""
        for part in (self._create, self._back, self._place_button):
            part.setEnabled(not is_waiting)
        self._passphrase.show_waiting(is_waiting)
        self._create.setText(_("Making the vault …") if is_waiting else _("Create the vault"))

    def _show_folder(self) -> None:
        self._place.setText(ltr(str(self._folder)))

    def _on_choose(self) -> None:
        chosen = self._choose_folder(self, str(self._folder.parent))
        if chosen:
            self._folder = Path(chosen)
            self._place_wrong.clear()
            self._show_folder()

    def _on_create(self) -> None:
        if not self._create.isEnabled() or not self._is_complete():
            return
        self._passphrase.ask_if_weak(self._tell)

    def _is_complete(self) -> bool:
        if not self._name.text().strip():
            self._name_wrong.show_text(_("Give the vault a name or a code."))
            self._name.setFocus()
            return False
        self._name_wrong.clear()
        return self._passphrase.is_complete()

    def _tell(self) -> None:
        passphrase = self._passphrase.take()
        self.show_waiting(True)
        name, keep = self._name.text().strip(), self._keep.isChecked()
        self.wanted.emit(NewVault(self._role, self._folder, name, passphrase, keep))


def _inner() -> QVBoxLayout:
    box = QVBoxLayout()
    box.setContentsMargins(24, 20, 24, 20)
    box.setSpacing(8)
    return box
