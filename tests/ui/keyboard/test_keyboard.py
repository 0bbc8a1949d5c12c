# SPDX-License-Identifier: Apache-2.0
"""The keyboard on the screen: every layout is whole, and what is pressed stands in the field."""

from __future__ import annotations

import unicodedata

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QLineEdit, QVBoxLayout, QWidget

from testimony_app import resources
from testimony_app.ui.keyboard import layouts
from testimony_app.ui.keyboard.keyboard import Key, Keyboard
from testimony_app.ui.widgets.bidi_edit import BidiEdit

HALF_SPACE = chr(0x200C)
HEH, BEH, PEH = chr(0x647), chr(0x628), chr(0x67E)
NEEDED = {
    "fa": [PEH, chr(0x686), chr(0x698), chr(0x6AF), chr(0x6A9), chr(0x6CC), HALF_SPACE],
    "ckb": [chr(code) for code in (0x6CE, 0x6C6, 0x695, 0x6B5, 0x6A4, 0x6D5, 0x6CC, 0x698)] + [HALF_SPACE],
    "azb": [chr(code) for code in (0x6C6, 0x624, 0x6C7, 0x6CE, 0x6AF, 0x686)] + [HALF_SPACE],
    "ar": [chr(code) for code in (0x629, 0x649, 0x64A, 0x643, 0x621, 0x623, 0x625, 0x622)],
    "latin": [chr(code) for code in (0xEA, 0xEE, 0xFB, 0xE7, 0x15F)],
}


@pytest.fixture
def page(application, qtbot):
    """Return a field with the Persian keys under it."""
    made = QWidget()
    box = QVBoxLayout(made)
    edit, keyboard = BidiEdit("Statement", name="statement"), Keyboard("fa")
    keyboard.type_into(edit)
    box.addWidget(edit)
    box.addWidget(keyboard)
    qtbot.addWidget(made)
    made.resize(1180, 600)
    made.show()
    edit.setFocus()
    yield edit, keyboard
    made.hide()


def press(keyboard, name):
    """Press the key of a name."""
    keyboard.findChildren(Key, name)[-1].click()
    QApplication.processEvents()


def letter(keyboard, text):
    """Press the key of a letter."""
    press(keyboard, f"key_{ord(text):04x}")


@pytest.mark.parametrize("code", layouts.ORDER)
def test_a_layout_has_every_letter_of_its_language(code):
    """No letter that a language needs is missing, and none stands twice on one layer."""
    layout = layouts.layout(code)
    layers = [layout.layer(name) for name in ("letters", "shifted", "signs")]
    there = {key for layer in layers for row in layer for key in row} | ({HALF_SPACE} if layout.half_space else set())

    assert not [text for text in NEEDED[code] if text not in there]
    for layer in layers:
        keys = [key for row in layer for key in row]
        assert len(keys) == len(set(keys))
        assert all(len(row) <= 12 for row in layer)


def test_the_persian_keys_stand_in_their_standard_order():
    """The letters stand as ISIRI 9147 has them: from zad to che, from shin to gaf, from za to vav."""
    rows = ["".join(row) for row in layouts.layout("fa").letters]
    names = [unicodedata.name(row[0]).rpartition(" ")[2] for row in rows]

    assert names == ["DAD", "SHEEN", "ZAH"]
    assert [len(row) for row in rows] == [12, 11, 10]


def test_every_listed_layout_is_a_file_and_the_other_way_round():
    """The turn goes through every layout there is."""
    files = {name.removesuffix(".toml") for name in resources.names("keyboards") if name.endswith(".toml")}

    assert {name.rpartition("/")[2] for name in files} == set(layouts.ORDER)


def test_keys_write_into_the_field_and_never_take_its_cursor(page):
    """Letters, half-space, space and a line are written; deleting takes the last back; the field keeps the focus."""
    edit, keyboard = page
    letter(keyboard, BEH)
    press(keyboard, "key_half_space")
    letter(keyboard, HEH)
    press(keyboard, "key_space")
    letter(keyboard, PEH)
    press(keyboard, "key_delete")
    press(keyboard, "key_line")

    assert edit.text() == f"{BEH}{HALF_SPACE}{HEH} \n"
    assert edit.hasFocus()


def test_shift_holds_for_one_letter(page):
    """After one letter of the second layer the first is there again."""
    edit, keyboard = page
    press(keyboard, "key_shift")
    letter(keyboard, chr(0x698))
    letter(keyboard, BEH)

    assert edit.text() == chr(0x698) + BEH


def test_every_layout_comes_in_turn_and_writes(page):
    """Going through all layouts, each writes its first letter, and the turn ends where it began."""
    edit, keyboard = page
    written = []
    for _ in layouts.ORDER:
        first = layouts.layout(keyboard.code).letters[0][0]
        letter(keyboard, first)
        written.append(first)
        press(keyboard, "key_layout")

    assert edit.text() == "".join(written)
    assert keyboard.code == "fa"


def test_it_types_into_whatever_has_the_focus(application, qtbot):
    """Without a field of its own it writes where the cursor is, in any kind of field."""
    line, keyboard = QLineEdit(), Keyboard("en")
    page = QWidget()
    box = QVBoxLayout(page)
    box.addWidget(line)
    box.addWidget(keyboard)
    qtbot.addWidget(page)
    page.show()
    qtbot.waitUntil(page.isActiveWindow)
    line.setFocus()
    press(keyboard, "key_shift")
    letter(keyboard, "Q")
    letter(keyboard, "u")

    assert line.text() == "Qu"


def test_keys_are_large_and_named(page):
    """Every key is as large as a thumb, has a name for a screen reader, and stands from the left."""
    _edit, keyboard = page
    QApplication.processEvents()
    keys = [key for key in keyboard.findChildren(Key) if key.isVisible()]

    assert len(keys) > 38
    assert all(key.height() >= 56 and key.width() >= 56 and key.accessibleName() for key in keys)
    assert keyboard.layoutDirection() is Qt.LayoutDirection.LeftToRight
