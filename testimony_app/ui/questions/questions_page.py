# SPDX-License-Identifier: Apache-2.0
"""The interview guide as text: an archive changes it, an interviewer reads whose it is and takes a newer one."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QVBoxLayout, QWidget

from testimony_app.i18n.catalogue import _, pgettext
from testimony_app.i18n.languages import LANGUAGES, auto
from testimony_app.ui import theme, wording
from testimony_app.ui.flow_layout import FlowLayout
from testimony_app.ui.layouts import column, field, fill
from testimony_app.ui.questions.values import GuideTexts
from testimony_app.ui.widgets.bidi_edit import BidiEdit
from testimony_app.ui.widgets.choice import Choice
from testimony_app.ui.widgets.parts import Column, button, card, label

_TALL = 200


class QuestionsPage(Column):
    """Three texts, one for each part; a guide always opens gently and closes."""

    language_chosen = Signal(str)
    kept = Signal(object)
    """GuideTexts: what the archive wrote."""
    ship_wanted = Signal()
    take_wanted = Signal()
    built_in_wanted = Signal()

    def __init__(self, *, is_archive: bool) -> None:
        """Show it to be changed, or to be read."""
        super().__init__(860)
        self.setObjectName("questions_page")
        self._is_archive = is_archive
        self._language = Choice(_("Language of the guide"), name="guide_language")
        self._language.setMinimumContentsLength(20)
        self._language.offer([(one.code, wording.language_name(one)) for one in LANGUAGES], LANGUAGES[0].code)
        self._whose = label("", "lead", name="guide_whose")
        self._told = label("", "strong", name="guide_told", tone="sealed")
        titles = (_("The opening"), pgettext("part of an interview guide", "What happened"), _("The closing"))
        names = ("guide_opening", "guide_events", "guide_closing")
        self._parts = [BidiEdit(title, name=name) for title, name in zip(titles, names, strict=True)]
        fill(
            self.box,
            label(_("Interview guide"), "title"),
            self._whose,
            field(_("Language of the guide"), self._language, "guide_language"),
            self._help(),
            *(self._part(title, part) for title, part in zip(titles, self._parts, strict=True)),
            self._told,
            self._buttons(),
            None,
        )
        self._told.hide()
        self._language.chosen.connect(self.language_chosen)

    def show_texts(self, texts: GuideTexts) -> None:
        """Show a guide in its language."""
        self._language.setCurrentIndex(max(0, self._language.findData(texts.language)))
        if texts.archive:
            self._whose.setText(_("The guide of {archive}.").format(archive=auto(texts.archive)))
        else:
            self._whose.setText(_("The guide that comes with Govah."))
        for part, text in zip(self._parts, texts.parts, strict=True):
            part.show_text(text)
        self._told.hide()

    def show_done(self, told: str) -> None:
        """Say what was done."""
        self._told.setText(told)
        self._told.show()

    def texts(self) -> GuideTexts:
        """Return what stands in the three texts."""
        parts = tuple(part.toPlainText() for part in self._parts)
        return GuideTexts(language=self._language.value(), title="", parts=parts)

    def _part(self, title: str, part: BidiEdit) -> QVBoxLayout:
        part.setReadOnly(not self._is_archive)
        part.setMinimumHeight(theme.pixels(_TALL))
        return field(title, part, part.objectName())

    def _help(self) -> QFrame:
        holder = card(name="guide_help")
        told = (
            (_("A line that begins with # is a topic."), _("A line that begins with > is a word of care before it."))
            if self._is_archive
            else (_("Let the witness lead. Any question can be left out."),)
        )
        last = (_("Every other line is a question."),) if self._is_archive else ()
        fill(column(holder, edge=16, gap=4), *(label(line, "soft") for line in (*told, *last)))
        return holder

    def _buttons(self) -> QWidget:
        holder = QWidget()
        line = FlowLayout(holder)
        if self._is_archive:
            keep = button(_("Keep this guide"), "guide_keep", "main")
            keep.clicked.connect(lambda: self.kept.emit(self.texts()))
            ship = button(_("Write it for the interviewers…"), "guide_ship")
            ship.clicked.connect(self.ship_wanted)
            buttons = [keep, ship]
        else:
            take = button(_("Take a guide from the archive…"), "guide_take", "main")
            take.clicked.connect(self.take_wanted)
            buttons = [take]
        back = button(_("Use the guide of Govah again"), "guide_built_in", "flat")
        back.clicked.connect(self.built_in_wanted)
        for made in (*buttons, back):
            line.addWidget(made)
        return holder
