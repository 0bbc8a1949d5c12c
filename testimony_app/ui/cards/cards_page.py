# SPDX-License-Identifier: Apache-2.0
"""Cards: add another's after comparing sixty digits, hand out one's own, see who is trusted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.dates import show_moment
from testimony_app.i18n.letters import latin_digits
from testimony_app.i18n.measures import fraction
from testimony_app.model.partner import Role
from testimony_app.ui import wording
from testimony_app.ui.alerts import FieldMessage
from testimony_app.ui.cards.digits_view import DigitsView
from testimony_app.ui.cards.values import KnownCard, OwnCard, ReadCard
from testimony_app.ui.layouts import column, emptied, field, fill, row
from testimony_app.ui.widgets.bidi_edit import BidiLine
from testimony_app.ui.widgets.chip import Chip
from testimony_app.ui.widgets.parts import Column, button, card, label, set_property

_DIGITS = 60


class CardsPage(QWidget):
    """Trust comes from people: nothing is trusted until somebody typed what its owner told them."""

    card_chosen = Signal(object)
    """Path of a card file."""
    trust_wanted = Signal(str)
    """The sixty digits as they were told."""
    save_wanted = Signal(object)
    """Path to write one's own card to."""
    left = Signal()

    def __init__(self, role: Role) -> None:
        """Show the page for a collector, who needs the archive's card, or for an archive, which needs theirs."""
        super().__init__()
        self.setObjectName("cards_page")
        self._role = role
        self._make_parts()
        self._lay_out()
        self._connect()

    def show_own(self, own: OwnCard) -> None:
        """Show this vault's own card."""
        self._own_name.setText(wording.quoted(own.name))
        self._number.show_number(own.safety_number)

    def show_known(self, known: tuple[KnownCard, ...]) -> None:
        """Show whose cards were compared."""
        emptied(self._known)
        for one in known:
            self._known.addWidget(_known_line(one))
        if not known:
            self._known.addWidget(label(_("Nobody’s card was compared yet."), "soft"))

    def show_card(self, read: ReadCard) -> None:
        """Show a card that was read, and ask for the digits its owner tells."""
        self._told.clear()
        self._message.clear()
        self._read_name.setText(wording.quoted(read.name))
        self._read_role.show_word(role_word(read.role), "action")
        self._compare.show()
        # One main action at a time: choosing steps back once there is something to compare.
        set_property(self._choose, "weight", "plain")
        self._told.setFocus()

    def show_trusted(self, name: str) -> None:
        """Show that the digits were the same and the card is trusted from now on."""
        self._compare.hide()
        set_property(self._choose, "weight", "main")
        self._message.clear()
        self._done.setText(_("{name} is trusted from now on.").format(name=wording.quoted(name)))
        self._done.show()

    def show_error(self, error: Exception) -> None:
        """Show beside the field what is wrong with the card or the digits."""
        self._message.show_error(error)

    def show_saved(self, name: str) -> None:
        """Show that one's own card was written."""
        self._saved.setText(_("Saved as {name}.").format(name=wording.quoted(name)))

    def _make_parts(self) -> None:
        whose = _("Choose the archive’s card…") if self._role is Role.COLLECTOR else _("Choose a card…")
        self._choose = button(whose, "choose_card", "main")
        self._compare = QWidget()
        self._read_name, self._read_role = label("", "heading", name="card_name", wraps=False), Chip()
        self._told = BidiLine("", name="")
        self._told.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
        self._count = label("", "small", name="digits_typed", wraps=False)
        self._trust = button(_("Compare and trust"), "trust_button", "main")
        self._message = FieldMessage(name="card_message")
        self._done = label("", "strong", name="card_trusted", tone="sealed")
        self._own_name, self._number = label("", "heading", name="own_name"), DigitsView()
        self._save = button(_("Save this card…"), "save_card")
        self._saved = label("", "soft", name="card_saved")
        self._known = column(gap=8)
        self._leave = button(_("Done"), "cards_done")

    def _lay_out(self) -> None:
        page = Column(860)
        fill(
            page.box,
            label(_("Cards"), "title"),
            label(_("A card holds public keys only. It may travel openly, on any stick."), "lead"),
            8,
            self._other_card(),
            self._own_card(),
            self._known_card(),
            8,
            fill(row(), self._leave, None),
            None,
        )
        fill(column(self), page)

    def _other_card(self) -> QFrame:
        holder = card(name="other_card")
        told = field(
            _("The 60 digits that its owner tells you"),
            self._told,
            "digits_told",
            help_line=_("By voice or on paper, not from the stick the card came on."),
        )
        head = fill(row(gap=12), self._read_name, self._read_role, None)
        fill(column(self._compare, gap=12), head, told, fill(row(), self._count, None, self._trust))
        self._compare.hide()
        self._done.hide()
        title = _("The archive’s card") if self._role is Role.COLLECTOR else _("An interviewer’s card")
        fill(
            column(holder, edge=20, gap=12),
            label(title, "heading"),
            label(_why(self._role), "soft"),
            self._compare,
            self._message,
            self._done,
            fill(row(), self._choose, None),
        )
        return holder

    def _own_card(self) -> QFrame:
        holder = card(name="own_card")
        fill(
            column(holder, edge=20, gap=12),
            label(_("Your own card"), "heading"),
            self._own_name,
            label(_("Whoever adds your card asks you for these digits. Read them aloud."), "soft"),
            self._number,
            fill(row(gap=16), self._save, self._saved, None),
        )
        return holder

    def _known_card(self) -> QFrame:
        holder = card(name="known_cards")
        fill(column(holder, edge=20, gap=12), label(_("Trusted"), "heading"), self._known)
        return holder

    def _connect(self) -> None:
        self._choose.clicked.connect(self._on_choose)
        self._save.clicked.connect(self._on_save)
        self._told.textChanged.connect(self._on_typed)
        self._told.returnPressed.connect(self._on_trust)
        self._trust.clicked.connect(self._on_trust)
        self._leave.clicked.connect(self.left)
        self._on_typed("")

    def _on_typed(self, text: str) -> None:
        count = len(_digits_of(text))
        self._count.setText(fraction(count, _DIGITS))
        self._trust.setEnabled(count == _DIGITS)

    def _on_trust(self) -> None:
        told = _digits_of(self._told.text())
        if len(told) == _DIGITS:
            self._message.clear()
            self.trust_wanted.emit(told)

    def _on_choose(self) -> None:
        chooser = QFileDialog(self, _("Choose a card"))
        chooser.setObjectName("card_dialog")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFile)
        chooser.fileSelected.connect(lambda name: self.choose_card(Path(name)))
        chooser.open()

    def choose_card(self, path: Path) -> None:
        """Read this card file, as if somebody had picked it."""
        self._done.hide()
        self.card_chosen.emit(path)

    def _on_save(self) -> None:
        chooser = QFileDialog(self, _("Save this card"))
        chooser.setObjectName("save_card_dialog")
        chooser.setAcceptMode(QFileDialog.AcceptMode.AcceptSave)
        chooser.setDefaultSuffix("card")
        chooser.selectFile("govah.card")
        chooser.fileSelected.connect(lambda name: self.save_wanted.emit(Path(name)))
        chooser.open()


def _digits_of(text: str) -> str:
    """Return the digits of what was typed, in whichever script and however spaced."""
    return "".join(letter for letter in latin_digits(text) if letter.isascii() and letter.isdigit())


def role_word(role: Role) -> str:
    """Return what a vault is for, in a word."""
    return _("Archive") if role is Role.ARCHIVE else _("Interviewer")


def _why(role: Role) -> str:
    if role is Role.COLLECTOR:
        return _("Testimonies are sealed to the archive’s card; without it nothing can be sealed.")
    return _("Bundles are taken in from interviewers whose cards were compared.")


def _known_line(known: KnownCard) -> QWidget:
    made = QWidget()
    since = _("since {date}").format(date=show_moment(known.trusted_at))
    state = Chip(_("Revoked"), "record") if known.is_revoked else Chip(role_word(known.role), "action")
    name = label(wording.quoted(known.name), "strong", wraps=False)
    fill(row(made, gap=12), name, state, label(since, "small", wraps=False), None)
    return made
