# SPDX-License-Identifier: Apache-2.0
"""Walks every screen that is registered for pictures: names, targets, and words that fit."""

from __future__ import annotations

from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractSpinBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QTextEdit,
    QVBoxLayout,
    QWidget,
)

from testimony_app.ui.tab_order import put_in_order
from testimony_app.ui.widgets.elided import Elided
from testimony_app.ui.window import Window
from tests.screenshots import in_window, registered, settle

CONTROLS = (QAbstractButton, QComboBox, QLineEdit, QTextEdit, QAbstractSpinBox)
LOOKS = [("en", 100), ("en", 200), ("fa", 200)]
PLACES = dict(registered())


def visible(top, kind=QWidget):
    """Return what is visible of a kind, without what Qt puts inside its own widgets."""
    return [made for made in top.findChildren(kind) if made.isVisible() and not made.objectName().startswith("qt_")]


def told(widget):
    """Say which widget it is."""
    text = widget.text() if hasattr(widget, "text") else ""
    return f"{type(widget).__name__} {widget.objectName()!r} {text!r}"


def controls(top):
    """Return what a person can act on."""
    return [
        made for made in visible(top) if isinstance(made, CONTROLS) and made.focusPolicy() != Qt.FocusPolicy.NoFocus
    ]


def silent(top):
    """Return the controls that a screen reader would not name."""
    return [
        told(made)
        for made in controls(top)
        if not (made.accessibleName() or (isinstance(made, QAbstractButton) and made.text()))
    ]


def small(top):
    """Return the controls that a finger would miss."""
    return [f"{told(made)} {made.width()}x{made.height()}" for made in controls(top) if made.height() < 44]


def cut(top):
    """Return the words that do not fit their place: a label's own hint knows its margins and paddings."""
    found = []
    for made in visible(top, QLabel):
        if made.wordWrap():
            is_cut = made.height() + 1 < made.heightForWidth(made.width())
        else:
            is_cut = made.width() + 1 < made.sizeHint().width()
        if is_cut and made.text() and not isinstance(made, Elided):
            found.append(told(made))
    buttons = (made for made in visible(top, QAbstractButton) if made.text() and made.property("weight"))
    return found + [told(made) for made in buttons if made.width() + 1 < max(made.sizeHint().width(), _words(made))]


def _words(button):
    """Return how wide the words on a button are; a key of ours tells Qt nothing of them."""
    return max(button.fontMetrics().horizontalAdvance(line) for line in button.text().split("\n"))


def unreached(top):
    """Return the controls that going on with Tab never comes to."""
    wanted = {made for made in controls(top) if made.focusPolicy() & Qt.FocusPolicy.TabFocus and made.isEnabled()}
    reached, made = set(), top.window()
    for _ in range(5000):
        made = made.nextInFocusChain()
        reached.add(made)
        if made is top.window():
            break
    return [told(each) for each in wanted - reached]


def as_tab_goes(top):
    """Return the controls in the order in which Tab comes to them."""
    put_in_order(top.screen_shown if isinstance(top, Window) else top)
    wanted, order, made = set(controls(top)), [], top.window()
    for _ in range(5000):
        made = made.nextInFocusChain()
        if made is top.window():
            break
        if made in wanted and made.isEnabled():
            order.append(made)
    return order


def part_of(widget, top):
    """Return the bar, the strip or the scrolled area in which a widget stands: Tab may go from one to another."""
    holder = widget.parentWidget()
    while holder is not None and holder is not top:
        if isinstance(holder, QScrollArea) or holder.objectName() == "top_bar":
            return holder
        holder = holder.parentWidget()
    return top


def disordered(top):
    """Return where Tab goes back to something above, in the same column of the same part."""
    found = []
    for one, other in pairwise(as_tab_goes(top)):
        here, there = (QRect(each.mapTo(top, QPoint()), each.size()) for each in (one, other))
        is_same_column = here.left() < there.right() and there.left() < here.right()
        if there.bottom() <= here.top() and is_same_column and part_of(one, top) is part_of(other, top):
            found.append(f"{told(one)}, then {told(other)}")
    return found


def out_of_sight(top):
    """Return the controls that take the keyboard where nobody sees it: of no size, or beyond the edge of the window."""
    found = []
    for made in controls(top):
        place = QRect(made.mapTo(top, QPoint()), made.size())
        if place.isEmpty() or (part_of(made, top) is top and not top.rect().contains(place)):
            found.append(told(made))
    return found


def too_large(top):
    """Return the size that a window needs, if a laptop's display of 1,280 by 720 has no room for it."""
    needed = top.minimumSizeHint()
    return [] if needed.width() <= 1280 and needed.height() <= 720 else [f"{needed.width()}x{needed.height()}"]


def rich(top):
    """Return the labels that would read what somebody wrote as markup."""
    return [told(made) for made in visible(top, QLabel) if made.textFormat() is not Qt.TextFormat.PlainText]


CHECKS = (silent, small, cut, unreached, disordered, out_of_sight, rich, too_large)


@pytest.mark.parametrize("name", sorted(PLACES))
@pytest.mark.parametrize(("language", "size"), LOOKS)
def test_every_screen_can_be_used(application, jobs, qtbot, name, language, size):
    """Each control is named, large enough and reached with Tab as one reads; words fit; no label reads markup."""
    application.change(language=language, text_size=size)
    shown = in_window(application, jobs, PLACES[name]())
    qtbot.addWidget(shown)
    shown.resize(QSize(1280, 800))
    shown.show()
    settle()

    wrong = {check.__name__: check(shown) for check in CHECKS}

    assert {check: found for check, found in wrong.items() if found} == {}


def test_the_walk_finds_what_is_wrong(application, qtbot):
    """A page with each of the mistakes is found wrong in each way."""
    page = QWidget()
    box = QVBoxLayout(page)
    nameless = QPushButton()
    nameless.setFixedHeight(20)
    narrow = QLabel("words that do not fit here at all")
    narrow.setFixedWidth(30)
    last = QPushButton("last")
    for part in (nameless, narrow, last):
        box.addWidget(part)
    qtbot.addWidget(page)
    page.show()
    settle()
    last.move(last.x(), -100)  # above everything, and out of the window

    assert [check.__name__ for check in (silent, small, cut, disordered, out_of_sight, rich) if not check(page)] == []
