# SPDX-License-Identifier: Apache-2.0
"""Each choice applies at once and is kept; partners and microphones are shown as they are."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QAbstractButton, QLabel

from testimony_app.audio.ports import Device
from testimony_app.model.changes import Changes
from testimony_app.model.partner import Role
from testimony_app.ui.cards.values import KnownCard
from testimony_app.ui.settings.screen import SettingsScreen
from testimony_app.ui.widgets.choice import Choice
from tests.fakes.jobs import JobsAtOnce

SOMEBODY = KnownCard("Archive of voices", Role.ARCHIVE, "2026-10-01", "expired", valid_until="2026-11-01")


@pytest.fixture
def partners():
    """Return the partners that there are."""
    return []


@pytest.fixture
def screen(qtbot, application, partners):
    """Return the settings, shown, with one microphone."""
    made = SettingsScreen(JobsAtOnce(), application, lambda: (Device("usb", "USB PnP Audio"),), lambda: partners)
    qtbot.addWidget(made)
    made.show()
    qtbot.waitExposed(made)
    made.arrived()
    return made


def choose(screen, name, value):
    """Pick a value as a person does."""
    choice = screen.findChild(Choice, name)
    index = choice.findData(value)
    choice.setCurrentIndex(index)
    choice.activated.emit(index)


@pytest.mark.parametrize(
    ("name", "value", "expected"),
    [
        ("theme", "dark", "dark"),
        ("text_size", "150", 150),
        ("auto_lock_minutes", "10", 10),
        ("calendar", "gregorian", "gregorian"),
        ("microphone", "usb", "usb"),
        ("language", "fa", "fa"),
    ],
)
def test_a_choice_applies_at_once_and_is_kept(screen, kept, name, value, expected):
    """Each list changes its own setting and nothing else."""
    choose(screen, name, value)

    assert getattr(kept[-1], name) == expected
    assert len(kept) == 1


def test_less_motion_is_kept(screen, kept):
    """The box is a choice like the others."""
    screen.findChild(QAbstractButton, "reduce_motion").click()

    assert kept[-1].reduce_motion


def test_a_microphone_that_is_gone_is_said_to_be_so(screen):
    """The choice stays, so that it holds again when it is plugged in."""
    screen.page.show_microphones((), "usb")

    choice = screen.findChild(Choice, "microphone")
    assert choice.value() == "usb"
    assert "not plugged in" in choice.currentText()


def test_a_new_partner_appears_when_it_is_told(screen, partners):
    """The list follows the one signal for change."""
    before = [made.text() for made in screen.findChildren(QLabel)]
    partners.append(SOMEBODY)

    screen._jobs.changed.emit(Changes(topics=frozenset({"partner"})))

    after = " ".join(made.text() for made in screen.findChildren(QLabel))
    assert any("Nobody yet" in text for text in before)
    assert "Archive of voices" in after
    assert "Not valid since" in after


def test_text_size_from_the_bar_is_shown_in_the_list(screen, application):
    """Both places tell the same."""
    application.change(text_size=175)

    assert screen.findChild(Choice, "text_size").value() == "175"
