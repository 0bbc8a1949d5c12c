# SPDX-License-Identifier: Apache-2.0
"""What stands round the answers: who may know the name, from when on, who decides, and how it was said."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QFrame, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import auto
from testimony_app.ui.intake.values import AskedText, ConsentAnswers
from testimony_app.ui.layouts import column, field, fill, row
from testimony_app.ui.release_field import ReleaseField
from testimony_app.ui.widgets.check import Check
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.parts import card, label

SPOKEN = "spoken"
_GIVEN_BY = {
    "self": "witness",
    "self_with_support": "witness",
    "guardian_and_self": "witness and guardian",
    "guardian_only": "guardian",
}
LEVELS = ("sealed", "archive_only", "archive_and_court", "initials", "pseudonym", "full")


class ConsentAround(QFrame):
    """Decides nothing for the witness: each choice begins with what gives away least."""

    def __init__(self) -> None:
        """Start with nothing said."""
        super().__init__()
        self.setObjectName("consent_around")
        self.setProperty("surface", "card")
        self._level, self._how = Choice("", name=""), Choice("", name="")
        self._capacity, self._card = Choice("", name=""), Choice("", name="")
        self._release = ReleaseField()
        self._offer()
        self._guardian = label(
            _("The guardian’s name belongs with the real name, kept apart. A child is asked as well."),
            "soft",
            name="guardian_told",
        )
        self._aloud = _Aloud()
        self._check = label("", "strong", name="teach_back")
        self._understood = Check(_("The witness has said in their own words what will happen."), name="understood")
        self._lay_out()
        self._how.activated.connect(lambda _position: self._show_what_matters())
        self._capacity.activated.connect(lambda _position: self._show_what_matters())
        self._show_what_matters()

    def show_text(self, text: AskedText) -> None:
        """Show what a text has to say besides its questions, in its own language."""
        self._aloud.show_words(text.aloud.title if text.aloud else "", text.aloud.help if text.aloud else "")
        self._check.setText(text.check.title if text.check else "")
        self._check.setToolTip(text.check.help if text.check else "")
        self._check.setVisible(text.check is not None)
        self._show_what_matters()

    def show_given(self, given: ConsentAnswers) -> None:
        """Show what was said so far."""
        self._level.setCurrentIndex(max(0, self._level.findData(given.identity_level)))
        self._how.setCurrentIndex(max(0, self._how.findData(given.how)))
        self._understood.setChecked(given.understood)
        self._release.show_release(given.release, given.review_year)
        self._capacity.setCurrentIndex(max(0, self._capacity.findData(given.capacity)))
        self._card.setCurrentIndex(max(0, self._card.findData(given.card)))
        self._show_what_matters()

    def given_with(self, answers: ConsentAnswers) -> ConsentAnswers | None:
        """Return the answers with all of this; None, said beside it, when a time is not whole."""
        when = self._release.release()
        if when is None:
            return None
        return msgspec.structs.replace(
            answers,
            identity_level=self._level.value(),
            how=self._how.value(),
            understood=self._understood.isChecked(),
            release=when[0],
            review_year=when[1],
            capacity=self._capacity.value(),
            given_by=_GIVEN_BY[self._capacity.value()],
            card=self._card.value(),
        )

    @property
    def release(self) -> QWidget:
        """The field that is shown when its time is not whole."""
        return self._release

    def _offer(self) -> None:
        self._level.offer([(code, level_words(code)) for code in LEVELS], LEVELS[0])
        self._how.offer(
            [
                ("written", _("Answered on this screen")),
                (SPOKEN, _("Answered aloud")),
                ("witnessed_mark", _("Answered before a witness")),
                ("paper_scanned", _("Answered on paper")),
            ],
            "written",
        )
        self._capacity.offer([(code, capacity_words(code)) for code in _GIVEN_BY], "self")
        self._card.offer(
            [
                ("", _("Not asked yet")),
                ("given", _("A card with the code was given")),
                ("none", _("No card, by choice")),
            ],
            "",
        )

    def _lay_out(self) -> None:
        level = field(_("Who may know the witness’s name"), self._level, "identity_level")
        how = field(_("How the answers were given"), self._how, "consent_how")
        capacity = field(_("Who decides"), self._capacity, "consent_capacity")
        carried = field(
            _("A card for the witness"),
            self._card,
            "consent_card",
            help_line=_("Only the code and the archive’s contact; nothing tells what it is."),
        )
        both, others = fill(row(gap=16), level, how), fill(row(gap=16), capacity, carried)
        for line in (both, others):
            line.setStretch(0, 3)
            line.setStretch(1, 2)
        said = fill(column(gap=4), self._check, self._understood)
        fill(column(self, edge=20, gap=12), both, self._aloud, self._release, others, self._guardian, said)

    def _show_what_matters(self) -> None:
        self._aloud.setVisible(self._how.value() == SPOKEN and self._aloud.has_words)
        self._guardian.setVisible(self._capacity.value().startswith("guardian"))


class _Aloud(QFrame):
    """The sentences that can be said aloud, and where their recording is made."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("consent_aloud")
        self._words = label("", "lead", name="aloud_words")
        self._help = label("", "soft", name="aloud_help")
        kept = label(_("Record it at the next step as “The spoken consent”: it is kept with these answers."), "soft")
        holder = card(name="aloud_card")
        fill(column(holder, edge=16, gap=4), self._words, self._help, kept)
        fill(column(self), holder)

    @property
    def has_words(self) -> bool:
        """Whether the text has sentences for this."""
        return bool(self._words.text())

    def show_words(self, words: str, help_line: str) -> None:
        """Show these sentences."""
        self._words.setText(words)
        self._help.setText(help_line)


def capacity_words(code: str) -> str:
    """Return in plain words who decides."""
    words = {
        "self": _("The witness"),
        "self_with_support": _("The witness, with somebody’s support"),
        "guardian_and_self": _("The witness and a guardian together"),
        "guardian_only": _("A guardian for the witness"),
    }
    return words[code]


def giver_words(code: str) -> str:
    """Return in plain words who gave an act of consent; words that are no code stay as they are."""
    words = {
        "witness": _("The witness"),
        "guardian": _("A guardian for the witness"),
        "witness and guardian": _("The witness and a guardian together"),
        "proxy": _("Somebody whom the witness named for it"),
        "third_party": _("Somebody who is named"),
    }
    return words.get(code, auto(code))


def level_words(code: str) -> str:
    """Return in plain words who may know the witness's name."""
    words = {
        "sealed": _("Nobody; the name stays sealed apart"),
        "archive_only": _("Only the archive’s keepers"),
        "archive_and_court": _("The keepers, and a court after asking again"),
        "initials": _("First name and one letter may be shown"),
        "pseudonym": _("The chosen pseudonym may be shown"),
        "full": _("The full name may be shown"),
    }
    return words[code]
