# SPDX-License-Identifier: Apache-2.0
"""Cards: add another's after comparing sixty digits, hand out one's own, see who is trusted."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFileDialog, QFrame, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.letters import latin_digits
from testimony_app.i18n.measures import fraction
from testimony_app.model.partner import Role
from testimony_app.ui import wording
from testimony_app.ui.alerts import FieldMessage
from testimony_app.ui.cards.known_cards import KnownCards
from testimony_app.ui.cards.own_card import OwnCardPart
from testimony_app.ui.cards.standing_words import role_word
from testimony_app.ui.cards.values import ReadCard
from testimony_app.ui.layouts import column, field, fill, row
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
    left = Signal()

    def __init__(self, role: Role) -> None:
        """Show the page for a collector, who needs the archive's card, or for an archive, which needs theirs."""
        super().__init__()
        self.setObjectName("cards_page")
        self._role = role
        self._make_parts()
        self._lay_out()
        self._connect()

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
        self.own, self.known = OwnCardPart(), KnownCards()
        self._leave = button(_("Done"), "cards_done")

    def _lay_out(self) -> None:
        page = Column(860)
        fill(
            page.box,
            label(_("Cards"), "title"),
            label(_("A card holds public keys only. It may travel openly, on any stick."), "lead"),
            8,
            self._other_card(),
            self.own,
            self.known,
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

    def _connect(self) -> None:
        self._choose.clicked.connect(self._on_choose)
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


def _digits_of(text: str) -> str:
    """Return the digits of what was typed, in whichever script and however spaced."""
    return "".join(letter for letter in latin_digits(text) if letter.isascii() and letter.isdigit())


def _why(role: Role) -> str:
    if role is Role.COLLECTOR:
        return _("Testimonies are sealed to the archive’s card; without it nothing can be sealed.")
    return _("Bundles are taken in from interviewers whose cards were compared.")
