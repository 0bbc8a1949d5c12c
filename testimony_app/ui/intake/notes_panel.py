# SPDX-License-Identifier: Apache-2.0
"""Notes beside the recorder: each stamped with the recording's time, one line to write the next."""

from __future__ import annotations

from PySide6.QtCore import Qt, QTimer, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import auto
from testimony_app.i18n.measures import timer
from testimony_app.model.testimony import Attachment, Note
from testimony_app.ui import wording
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.bidi_edit import BidiLine
from testimony_app.ui.widgets.parts import button, card, label


class NotesPanel(QWidget):
    """Tells what was written; the stamp is set where the time is known, not here."""

    written = Signal(str)
    note_removed = Signal(str)
    attach_wanted = Signal()
    look_wanted = Signal(str)
    """The id of an attachment that somebody wants to see."""
    remove_wanted = Signal(str)
    """The id of an attachment that is to be taken out."""

    def __init__(self) -> None:
        """Start without notes."""
        super().__init__()
        self.setObjectName("notes_panel")
        self._field = BidiLine(_("Write a note"), name="note_field", placeholder=_("Write a note…"))
        self._field.returnPressed.connect(self._on_return)
        self._attach = button(_("Attach files…"), "attach_button", "flat")
        self._attach.clicked.connect(self.attach_wanted)
        self._list, self._attached = column(gap=8), column(gap=4)
        holder = card(name="notes_card")
        fill(
            column(holder, edge=16, gap=8),
            label(_("Notes"), "heading"),
            label(_("Typed notes are stamped with the recording time."), "small"),
            self._scrolled(),
            self._attached,
            self._attach,
            self._field,
        )
        fill(column(self), holder)

    def show_notes(self, notes: tuple[Note, ...]) -> None:
        """Show the notes in the order they were written."""
        emptied(self._list)
        for note in notes:
            self._list.addWidget(_shown(note))
        self._list.addStretch(1)
        # The list has its new height only after the next turn of the event loop.
        QTimer.singleShot(0, self, self._to_end)

    def show_attachments(self, attachments: tuple[tuple[Attachment, bool], ...]) -> None:
        """Show what was attached, by title and size; each with whether it can be looked at."""
        emptied(self._attached)
        for number, (attached, may_be_seen) in enumerate(attachments, 1):
            self._attached.addWidget(self._attachment(number, attached, may_be_seen=may_be_seen))

    def _attachment(self, number: int, attached: Attachment, *, may_be_seen: bool) -> QFrame:
        made = QFrame()
        name = wording.quoted(attached.title)
        told = label(name + wording.DOT + wording.size(attached.byte_count), "small")
        acts = row(gap=4)
        if may_be_seen:
            look = button(_("Look"), f"look_{number}", "flatnarrow", said=_("Look at {file}").format(file=name))
            look.clicked.connect(lambda: self.look_wanted.emit(attached.id))
            acts.addWidget(look)
        remove = button(_("Take out…"), f"take_out_{number}", "flatnarrow", said=_("Take {file} out").format(file=name))
        remove.clicked.connect(lambda: self.remove_wanted.emit(attached.id))
        fill(acts, remove, None)
        fill(column(made, gap=0), told, acts)
        return made

    def _on_return(self) -> None:
        text = self._field.text().strip()
        if text:
            self._field.clear()
            self.written.emit(text)

    def _to_end(self) -> None:
        bar = self._area.verticalScrollBar()
        bar.setValue(bar.maximum())

    def _scrolled(self) -> QScrollArea:
        inner = QWidget()
        inner.setProperty("surface", "inner")
        inner.setLayout(self._list)
        self._area = QScrollArea()
        self._area.setProperty("surface", "inner")
        self._area.setWidgetResizable(True)
        self._area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._area.setWidget(inner)
        return self._area


def _shown(note: Note) -> QFrame:
    made = QFrame()
    text = note_told(note)
    line = row(made, gap=8)
    if note.at_seconds is not None:
        stamp = label(timer(note.at_seconds), "stamp", wraps=False)
        line.addWidget(stamp, 0, Qt.AlignmentFlag.AlignTop)
    line.addWidget(label(text, "body"), 1)
    return made


def note_told(note: Note) -> str:
    """Return a note in words: what was written, which question was put or left out, or what a mark means."""
    if note.kind == "prompt":
        return _("Question: {question}").format(question=auto(note.text))
    if note.kind == "skipped":
        return _("Left out, without a reason: {question}").format(question=auto(note.text))
    return note.text or note_words(note.kind)


def note_words(kind: str) -> str:
    """Return what a mark without words means."""
    words = {
        "moment": _("A moment marked"),
        "break": _("A break"),
        "break_over": _("After the break"),
        "do_not_pass_on": _("Don’t pass this on"),
        "sync_mark": _("A clap for both recorders"),
    }
    return words.get(kind, "")
