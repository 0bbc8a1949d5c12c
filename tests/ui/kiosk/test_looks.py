# SPDX-License-Identifier: Apache-2.0
"""What a witness sees is large, clear, calm, and can be read aloud."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize
from PySide6.QtGui import QFontInfo
from PySide6.QtWidgets import QAbstractButton, QLabel, QProgressBar, QScrollArea

from testimony_app.ui import theme
from testimony_app.ui.keyboard.keyboard import Key
from tests.screenshots import in_window, registered, settle
from tests.ui.kiosk.conftest import Alone, NoVoice, release, vault_booth

PAGES = {name: make for name, make in registered("kiosk") if "hand-over" not in name}
HELPERS = ("helper", "return", "passphrase")
PAIRS = [
    ("ink", "paper"), ("ink", "card"), ("ink", "neutral-tint"), ("ink", "action-tint"), ("record-deep", "card"),
    ("on-action", "action"),
]  # fmt: skip


def luminance(colour):
    """Return how light a colour is, as WCAG measures it."""
    parts = [value / 255 for value in (colour.red(), colour.green(), colour.blue())]
    linear = [part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def shown_in(application, jobs, qtbot, name, size):
    """Return a page in the window, on the display of a small laptop."""
    application.change(text_size=size)
    window = in_window(application, jobs, PAGES[name]())
    qtbot.addWidget(window)
    window.resize(QSize(1280, 720))
    window.show()
    settle()
    return window


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), PAIRS)
def test_words_are_seven_times_lighter_or_darker_than_their_ground(application, look, text, ground):
    """Every pair of colours that stands for words here has a contrast of at least 7 to 1."""
    application.change(theme=look)
    one, other = sorted((luminance(theme.colour(text)), luminance(theme.colour(ground))))

    assert (other + 0.05) / (one + 0.05) >= 7


@pytest.mark.parametrize("name", sorted(PAGES))
def test_everything_can_be_hit_and_read(application, jobs, qtbot, name):
    """Whatever is pressed is at least 64 pixels high, and no word of a witness's page is under 18 points."""
    window = shown_in(application, jobs, qtbot, name, 100)
    is_helpers = any(part in name for part in HELPERS)
    buttons = [one for one in window.findChildren(QAbstractButton) if one.isVisible() and not isinstance(one, Key)]
    words = [one for one in window.findChildren(QLabel) if one.isVisible() and one.text()]

    assert [one.objectName() for one in buttons if one.height() < 64 and not is_helpers] == []
    assert [one.text() for one in words if QFontInfo(one.font()).pixelSize() < 24 and not is_helpers] == []


@pytest.mark.parametrize("size", [100, 150, 200])
@pytest.mark.parametrize("name", sorted(PAGES))
def test_nothing_is_scrolled_on_a_small_laptop(application, jobs, qtbot, name, size):
    """On 1280 by 720 every page stands whole, whatever the text size; only what is being written scrolls."""
    window = shown_in(application, jobs, qtbot, name, size)
    areas = [area for area in window.findChildren(QScrollArea) if area.isVisible()]

    assert [area.verticalScrollBar().maximum() for area in areas] == [0] * len(areas)


@pytest.mark.parametrize("name", sorted(PAGES))
def test_nothing_hurries(application, jobs, qtbot, name):
    """No page counts down or shows how much of something is done."""
    window = shown_in(application, jobs, qtbot, name, 100)
    said = " ".join(one.text() for one in window.findChildren(QLabel) if one.isVisible())

    assert not [one for one in window.findChildren(QProgressBar) if one.isVisible()]
    assert "%" not in said
    assert "!" not in said


def test_a_page_is_read_aloud_where_there_is_a_voice(house, application):
    """With a voice for the language a button reads the page; without one there is no button."""
    voice = NoVoice("en")
    alone = Alone(house, application, house.folder / "collector", vault_booth(house, house.collector), voice)
    alone.begin()
    alone.keys("language_en", "kiosk_read")
    heard = voice.heard[-1]
    voice.languages = ()
    alone.keys("go_on")

    assert heard[0] == "en"
    assert heard[1].startswith("This testimony belongs to you")
    assert not alone.sees("kiosk_read")
    release(alone)
