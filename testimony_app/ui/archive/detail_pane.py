# SPDX-License-Identifier: Apache-2.0
"""One testimony: code and chips, its player, its words, who is named, what is allowed, what happened to it."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLayout, QWidget

from testimony_app.confined import pictures
from testimony_app.i18n import terms
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.dates import show_moment
from testimony_app.i18n.languages import auto, ltr
from testimony_app.i18n.measures import timer
from testimony_app.model.bundle import IDENTITY
from testimony_app.model.custody import CustodyEntry
from testimony_app.model.testimony import Attachment, Note, State, Testimony
from testimony_app.ui import wording
from testimony_app.ui.archive.consent_section import ConsentSection
from testimony_app.ui.archive.player import Player
from testimony_app.ui.archive.values import Opened
from testimony_app.ui.flow_layout import FlowLayout
from testimony_app.ui.intake.notes_panel import note_told
from testimony_app.ui.intake.takes import takes_of
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.bidi_edit import starts_from_the_right
from testimony_app.ui.widgets.chip import Chip
from testimony_app.ui.widgets.parts import Column, button, card, label

_FOR_PEOPLE = ("attachment", "original")
"""The other roles are evidence for a verifier, not something to look at."""


class DetailPane(QWidget):
    """Shows what it is given, as plain text; tells when a note's time is pressed."""

    seek_wanted = Signal(str, float)
    """A recording's id, and seconds in it."""
    amend_wanted = Signal(str)
    destroy_wanted = Signal(str)
    condition_met = Signal(str)
    identity_wanted = Signal(str)
    look_wanted = Signal(str)
    """The id of an attachment that somebody wants to see."""
    reviewed = Signal()

    def __init__(self) -> None:
        """Show that nothing is chosen."""
        super().__init__()
        self.setObjectName("detail")
        self.player = Player()
        self._code = label("", "title", name="detail_code", wraps=False)
        chips = QWidget()
        self._chips = FlowLayout(chips)
        self._about = label("", "soft", name="detail_about")
        self._reviewed = button(_("Reviewed"), "finish_review", "main", said=_("Reviewed: put it into the catalogue"))
        self._reviewed.clicked.connect(self.reviewed)
        self._below = column(gap=16)
        self._page = Column(900, margin=24)
        head = fill(row(gap=12), self._code, chips)
        head.setStretch(1, 1)
        fill(self._page.box, head, self._about, self.player, self._below, fill(row(), None, self._reviewed), None)
        self._empty = _nothing()
        fill(column(self), self._page, self._empty)
        self.show_nothing()

    def show_nothing(self) -> None:
        """Show that nothing is chosen."""
        self._page.hide()
        self._empty.show()

    def show_opened(self, opened: Opened) -> None:
        """Show one whole testimony."""
        testimony, row_shown = opened.testimony, opened.row
        self._code.setText(ltr(testimony.code))
        emptied(self._chips)
        self._chips.addWidget(Chip(wording.state_word(testimony.state), wording.state_tone(testimony.state)))
        if row_shown.signer:
            self._chips.addWidget(Chip(_("Signature verified"), "sealed"))
            self._chips.addWidget(Chip(_("{signer}, known").format(signer=auto(row_shown.signer)), "action"))
        self._about.setText(wording.DOT.join(_about(testimony)))
        self._reviewed.setVisible(testimony.state is State.TO_REVIEW)
        self.player.show_takes(takes_of(testimony))
        self.player.setVisible(opened.allowed is None or opened.allowed.level > 0)
        emptied(self._below)
        for section in self._sections(opened):
            self._below.addWidget(section)
        self._empty.hide()
        self._page.show()
        self._page.verticalScrollBar().setValue(0)

    def _sections(self, opened: Opened) -> list[QWidget]:
        testimony = opened.testimony
        made: list[QWidget] = []
        if testimony.statement is not None:
            made.append(_section(_("Written testimony"), *_paragraphs(testimony.statement.text)))
        if testimony.notes:
            made.append(_section(_("Notes"), *(self._note(note) for note in testimony.notes)))
        if testimony.people or testimony.places:
            made.append(_named(testimony))
        attached = [one for one in testimony.attachments if one.role in _FOR_PEOPLE]
        if attached:
            made.append(_section(_("Attachments"), *(self._attachment(*each) for each in enumerate(attached, 1))))
        consent = ConsentSection(opened)
        consent.amend_wanted.connect(self.amend_wanted)
        consent.destroy_wanted.connect(self.destroy_wanted)
        consent.condition_met.connect(self.condition_met)
        made.append(consent)
        if any(one.role == IDENTITY for one in testimony.attachments):
            made.append(self._identity(testimony))
        if opened.custody:
            lines = "\n".join(_happened(entry) for entry in opened.custody)
            made.append(_section(_("What happened to it"), label(lines, "soft", name="custody")))
        return made

    def _attachment(self, number: int, attached: Attachment) -> QHBoxLayout:
        name = wording.quoted(attached.title)
        line = fill(row(gap=12), label(name + wording.DOT + wording.size(attached.byte_count), wraps=False))
        if attached.media_type in pictures.SEEN:
            look = button(_("Look"), f"look_{number}", "flatnarrow", said=_("Look at {file}").format(file=name))
            look.clicked.connect(lambda: self.look_wanted.emit(attached.id))
            line.addWidget(look)
        return fill(line, None)

    def _identity(self, testimony: Testimony) -> QFrame:
        ask = button(_("Who is the witness…"), "open_identity")
        ask.clicked.connect(lambda: self.identity_wanted.emit(testimony.id))
        told = label(_("The witness’s identity came in an envelope of its own. It is closed."), "soft")
        return _section(_("Witness’s identity"), told, fill(row(), ask, None))

    def _note(self, note: Note) -> QWidget:
        made = QWidget()
        line = row(made, gap=8)
        if note.at_seconds is not None:
            at, recording = note.at_seconds, note.recording
            said = _("Listen from {time}").format(time=timer(at))
            stamp = button(timer(at), f"note_{note.id}", "flatnarrow", said=said)
            stamp.clicked.connect(lambda: self.seek_wanted.emit(recording, at))
            line.addWidget(stamp, 0, Qt.AlignmentFlag.AlignTop)
        line.addWidget(label(note_told(note)), 1)
        return made


def _about(testimony: Testimony) -> list[str]:
    told = [
        auto(testimony.witness.pseudonym) if testimony.witness.pseudonym else "",
        terms.kind(testimony.kind),
        wording.languages(testimony.languages),
        wording.testimony_length(testimony),
        auto(testimony.session.place) if testimony.session.place else "",
    ]
    return [part for part in told if part]


def _section(title: str, *pieces: QWidget | QLayout) -> QFrame:
    holder = card()
    fill(column(holder, edge=20, gap=8), label(title, "heading"), *pieces)
    return holder


def _paragraphs(text: str) -> list[QWidget]:
    # One label each, so that each paragraph finds its own side.
    return [_paragraph(part) for part in text.split("\n") if part.strip()]


def _paragraph(text: str) -> QWidget:
    shown = label(text)
    side = Qt.AlignmentFlag.AlignRight if starts_from_the_right(text) else Qt.AlignmentFlag.AlignLeft
    shown.setAlignment(side | Qt.AlignmentFlag.AlignAbsolute)
    shown.setTextInteractionFlags(
        Qt.TextInteractionFlag.TextSelectableByMouse | Qt.TextInteractionFlag.TextSelectableByKeyboard
    )
    return shown


def _named(testimony: Testimony) -> QFrame:
    people, places = QWidget(), QWidget()
    people_flow, places_flow = FlowLayout(people), FlowLayout(places)
    for person in testimony.people:
        people_flow.addWidget(Chip(wording.DOT.join(auto(name) for name in person.names), "action"))
    for place in testimony.places:
        places_flow.addWidget(Chip(wording.DOT.join(auto(name) for name in place.names), "action"))
    pieces: list[QWidget] = []
    if testimony.people:
        pieces += [label(_("People named"), "small", wraps=False), people]
    if testimony.places:
        pieces += [label(_("Places"), "small", wraps=False), places]
    return _section(_("People and places"), *pieces)


def _happened(entry: CustodyEntry) -> str:
    return show_moment(entry.at) + wording.DOT + terms.custody(entry.event)


def _nothing() -> QFrame:
    holder = QFrame()
    fill(
        column(holder, edge=48, gap=8),
        None,
        label(_("Choose a testimony to hear and read it here."), "heading"),
        label(_("Nothing heard or read here is written to the disk."), "soft"),
        None,
    )
    return holder
