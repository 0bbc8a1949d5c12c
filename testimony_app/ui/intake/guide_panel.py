# SPDX-License-Identifier: Apache-2.0
"""The interview guide beside the recorder: topics that open at a press, and what helps in distress."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QPushButton, QScrollArea, QVBoxLayout, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.ui.intake.values import GuideTopic, ShownGuide
from testimony_app.ui.layouts import column, emptied, fill
from testimony_app.ui.widgets.parts import button, card, label


class GuidePanel(QWidget):
    """Topics to follow or to leave; the witness leads, so nothing here counts or ticks off."""

    def __init__(self) -> None:
        """Start without a guide."""
        super().__init__()
        self.setObjectName("guide_panel")
        self._topics: list[_Topic] = []
        self._hint, self._box = label("", "small"), column(gap=4)
        self._distress = label("", "soft", name="distress_help")
        self._distress.hide()
        self._care = button(_("If the witness is distressed…"), "distress_button", "flatnarrow")
        self._care.clicked.connect(lambda: self._distress.setVisible(self._distress.isHidden()))
        holder = card(name="guide_card")
        fill(
            column(holder, edge=16, gap=8),
            label(_("Guide"), "heading"),
            self._hint,
            _scrolled(self._box),
            self._distress,
            self._care,
        )
        fill(column(self), holder)

    def show_guide(self, guide: ShownGuide) -> None:
        """Show the topics of a guide, the first one open."""
        emptied(self._box)
        self._hint.setText(guide.hint)
        self._distress.setText("\n".join(guide.distress))
        self._topics = [_Topic(topic, number) for number, topic in enumerate(guide.sections, 1)]
        for shown in self._topics:
            shown.pressed.connect(lambda opened=shown: self._open(opened))
            self._box.addWidget(shown)
        self._box.addStretch(1)
        if self._topics:
            self._open(self._topics[0])

    def _open(self, opened: _Topic) -> None:
        for shown in self._topics:
            shown.show_open(is_open=shown is opened and not shown.is_open)


class _Topic(QFrame):
    """A topic's name; its questions unfold below."""

    def __init__(self, topic: GuideTopic, number: int) -> None:
        super().__init__()
        self.is_open = False
        self._name: QPushButton = button(topic.title, f"guide_topic_{number}", "topic")
        self.pressed = self._name.clicked
        self._inner = QWidget()
        below = column(self._inner, gap=4)
        below.setContentsMargins(16, 0, 8, 8)
        if topic.content_note:
            below.addWidget(label(topic.content_note, "small", tone="care"))
        for prompt in topic.prompts:
            below.addWidget(label(prompt, "small"))
        self._inner.hide()
        fill(column(self, gap=0), self._name, self._inner)

    def show_open(self, *, is_open: bool) -> None:
        """Show or hide the questions."""
        self.is_open = is_open
        self._inner.setVisible(is_open)
        self._name.setCheckable(True)
        self._name.setChecked(is_open)


def _scrolled(box: QVBoxLayout) -> QScrollArea:
    inner = QWidget()
    inner.setProperty("surface", "inner")
    inner.setLayout(box)
    area = QScrollArea()
    area.setProperty("surface", "inner")
    area.setWidgetResizable(True)
    area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(inner)
    return area
