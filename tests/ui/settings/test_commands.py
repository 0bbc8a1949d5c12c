# SPDX-License-Identifier: Apache-2.0
"""Single keys do what somebody put them on; a foot pedal is a keyboard."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QWidget

from testimony_app.settings import Settings, load, save
from testimony_app.ui import commands
from testimony_app.ui.settings.commands_card import CommandsCard, KeyButton


@pytest.fixture(autouse=True)
def usual():
    """Begin and end with the usual keys."""
    commands.use({})
    yield
    commands.use({})


@pytest.fixture
def card(qtbot, application):
    """Return the card of keys, shown, wired to the settings as the page does it."""
    made = CommandsCard()
    made.changed.connect(lambda keys: application.change(command_keys=keys))
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    return made


def put(qtbot, card, name, key):
    """Press a command's button, then a key."""
    button = card.findChild(KeyButton, f"key_{name}")
    button.click()
    qtbot.keyClick(button, key)
    return button


def told(card):
    """Return what the card says in between."""
    return next(one for one in card.findChildren(QLabel, "command_told")).isVisible()


def test_a_command_is_put_on_another_key_and_kept(qtbot, card, kept):
    """The button shows the new key, the settings keep it, and a recorder built now obeys it."""
    button = put(qtbot, card, commands.RECORD, Qt.Key.Key_F13)
    pressed = []
    window = QWidget()
    qtbot.addWidget(window)
    shortcut = commands.bind(window, commands.RECORD, lambda: pressed.append(1))
    shortcut.activated.emit()

    assert "F13" in button.text()
    assert kept[-1].command_keys == {commands.RECORD: "F13"}
    assert shortcut.key().toString() == "F13"
    assert pressed == [1]


def test_a_key_that_is_taken_changes_places(qtbot, card, kept):
    """Two commands never share a key: the other one gets the key that is free now."""
    put(qtbot, card, commands.RECORD, Qt.Key.Key_F8)

    assert commands.keys()[commands.RECORD] == "F8"
    assert commands.keys()[commands.PLAY] == commands.DEFAULTS[commands.RECORD]
    assert len(set(commands.keys().values())) == len(commands.DEFAULTS)


@pytest.mark.parametrize("key", [Qt.Key.Key_A, Qt.Key.Key_5, Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_F1])
def test_keys_that_write_walk_or_help_are_refused(qtbot, card, kept, key):
    """They would be missing elsewhere: it is said, and nothing changes."""
    put(qtbot, card, commands.MARK, key)

    assert told(card)
    assert kept == []
    assert commands.keys() == dict(commands.DEFAULTS)


def test_a_key_is_taken_away_and_the_usual_ones_come_back(qtbot, card, kept):
    """Delete leaves a command without a key; one press brings all the usual keys back."""
    put(qtbot, card, commands.BREAK, Qt.Key.Key_Delete)
    without = commands.keys()[commands.BREAK]
    window = QWidget()
    qtbot.addWidget(window)
    assert commands.bind(window, commands.BREAK, lambda: None) is None

    card.findChild(QWidget, "usual_keys").click()

    assert without == ""
    assert kept[-1].command_keys == {}
    assert commands.keys() == dict(commands.DEFAULTS)


def test_escape_changes_nothing(qtbot, card, kept):
    """Whoever pressed the button by mistake leaves it with Escape, or by going elsewhere."""
    button = put(qtbot, card, commands.MARK, Qt.Key.Key_Escape)

    assert "F6" in button.text()
    assert kept == []


def test_choices_that_fit_nothing_are_left_aside(tmp_path):
    """A settings file with unknown commands and impossible keys gives the usual keys for these."""
    chosen = {"record": "F14", "mark": "a", "fly": "F15", "play": "Ctrl+P", "hide": "F1"}
    save(tmp_path / "settings.json", Settings(command_keys=chosen))

    commands.use(load(tmp_path / "settings.json").command_keys)

    assert commands.keys() == {**commands.DEFAULTS, "record": "F14"}


def test_every_command_has_words_and_a_key_of_its_own():
    """Nothing of the list is shown as nothing."""
    assert all(commands.command_words(name) for name in commands.DEFAULTS)
    assert len(set(commands.DEFAULTS.values())) == len(commands.DEFAULTS)
