# SPDX-License-Identifier: Apache-2.0
"""A line that gives nothing away holds what an open line would hold, and Qt sees bullets only."""

from __future__ import annotations

import random

import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QClipboard, QGuiApplication, QInputMethodEvent, QKeyEvent, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit

from testimony_app.ui.widgets.hidden_line import BULLET, HiddenLine
from tests.texts import phrase

HALF_SPACE = "\N{ZERO WIDTH NON-JOINER}"
SHIFT, CONTROL = Qt.KeyboardModifier.ShiftModifier, Qt.KeyboardModifier.ControlModifier
KEYS = [
    (Qt.Key.Key_Backspace, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Delete, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Left, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Right, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_Home, Qt.KeyboardModifier.NoModifier),
    (Qt.Key.Key_End, SHIFT),
    (Qt.Key.Key_Left, SHIFT),
    (Qt.Key.Key_Right, SHIFT),
]


@pytest.fixture
def line(qtbot):
    """Return an empty line that is shown."""
    made = HiddenLine("passphrase")
    qtbot.addWidget(made)
    made.show()
    return made


def say(line, text):
    """Type letters that no key of the test's own keyboard has."""
    for letter in text:
        QGuiApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, letter))


@pytest.mark.parametrize("seed", range(6))
def test_it_holds_what_an_open_line_would(line, qtbot, seed):
    """Whatever is typed, taken out, selected and overwritten, in whatever order, nothing differs but what Qt sees."""
    chance, open_line = random.Random(seed), QLineEdit()
    qtbot.addWidget(open_line)
    open_line.show()
    for _ in range(200):
        if chance.random() < 0.6:
            letter = chance.choice("abcxyz 12")  # Persian is gone through in another order once it can be seen
            for each in (line, open_line):
                say(each, letter)
        else:
            key, modifiers = chance.choice(KEYS)
            for each in (line, open_line):
                QTest.keyClick(each, key, modifiers)
        assert not line.text().strip(BULLET)

    assert line.typed() == open_line.text()
    assert len(line.typed()) > 10


def test_persian_and_its_half_space_are_taken(line):
    """A word with a half-space comes out as it was typed."""
    word = phrase("gohardasht") + HALF_SPACE + phrase("evin")
    say(line, word)

    assert line.typed() == word
    assert line.text() == BULLET * len(word)


def test_it_is_shown_and_hidden_again(line):
    """Shown, Qt has the letters, and typing goes on; hidden, it has bullets again."""
    say(line, "two worsd")
    line.show_typed(is_shown=True)
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    QTest.keyClick(line, Qt.Key.Key_Backspace)
    say(line, "ds")
    shown = line.text()
    line.show_typed(is_shown=False)

    assert shown == line.typed() == "two words"
    assert line.text() == BULLET * 9
    assert line.echoMode() is QLineEdit.EchoMode.Password


def test_what_was_typed_is_forgotten(line):
    """Cleared, the line holds nothing any more, neither here nor in Qt."""
    say(line, "seven words")
    held = line._typed
    line.clear()

    assert held is line._typed
    assert held == b""
    assert line.typed() == line.text() == ""


def test_it_can_be_pasted_into_with_the_keys_only(line):
    """Ctrl+V takes what lies on the clipboard; the middle button, which pastes unseen, takes nothing."""
    QGuiApplication.clipboard().setText("from outside")
    for mode in (QClipboard.Mode.Clipboard, QClipboard.Mode.Selection):
        QGuiApplication.clipboard().setText("from outside", mode)
    middle = Qt.MouseButton.MiddleButton
    released = QMouseEvent(
        QEvent.Type.MouseButtonRelease, QPointF(5, 5), line.mapToGlobal(QPointF(5, 5)), middle, middle,
        Qt.KeyboardModifier.NoModifier,
    )  # fmt: skip
    QGuiApplication.sendEvent(line, released)
    after_middle = line.typed()
    QTest.keyClick(line, Qt.Key.Key_V, CONTROL)
    QTest.keyClick(line, Qt.Key.Key_Z, CONTROL)

    assert after_middle == ""
    assert line.typed() == "from outside"
    assert line.text() == BULLET * 12


def test_what_others_put_in_is_hidden_at_once(line):
    """An input method's letters, and a whole text set through the system's accessibility, are taken and hidden."""
    composed = QInputMethodEvent()
    composed.setCommitString("half")
    QGuiApplication.sendEvent(line, composed)
    by_input_method = line.typed(), line.text()
    line.setText("set at once")

    assert by_input_method == ("half", BULLET * 4)
    assert line.typed() == "set at once"
    assert line.text() == BULLET * 11


def test_no_more_is_taken_than_fits(line):
    """A text longer than the longest is cut; what Qt sees and what is held stay equally long."""
    say(line, "x")
    line.put("y" * 5000)

    assert len(line.typed()) == len(line.text()) == 1024
