# SPDX-License-Identifier: Apache-2.0
"""Tokens become one palette and one sheet; text can be read on every ground it stands on."""

from __future__ import annotations

import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QPalette

from testimony_app import resources
from testimony_app.ui import theme

TEXT_ON_GROUND = [
    ("ink", "paper"), ("ink", "card"), ("ink-soft", "paper"), ("ink-soft", "card"), ("action", "paper"),
    ("action", "card"), ("action-deep", "action-tint"), ("on-action", "action"), ("on-action", "action-deep"),
    ("on-record", "record"), ("on-record", "record-deep"), ("record", "card"), ("record", "paper"),
    ("record", "record-tint"), ("sealed", "sealed-tint"), ("care", "care-tint"), ("care", "card"),
    ("ink-soft", "neutral-tint"), ("ink", "care-tint"), ("ink-soft", "care-tint"), ("ink-soft", "record-tint"),
    ("ink-soft", "sealed-tint"), ("ink-soft", "action-tint"), ("sealed", "card"),
    ("on-practice", "practice"), ("on-practice", "practice-deep"),
]  # fmt: skip
SHAPE_ON_GROUND = [("line-strong", "card"), ("line-strong", "paper"), ("ink-faint", "card"), ("action", "card")]


def luminance(colour):
    """Return the relative luminance of WCAG 2."""
    parts = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [part / 12.92 if part <= 0.03928 else ((part + 0.055) / 1.055) ** 2.4 for part in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one, other):
    """Return the contrast of two colours."""
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize(("text", "ground"), TEXT_ON_GROUND)
def test_text_can_be_read(look, text, ground):
    """Every text stands at 4.5:1 or more on every ground it is used on."""
    shown = getattr(theme.tokens(), look)

    assert contrast(shown[text], shown[ground]) >= 4.5


@pytest.mark.parametrize("look", ["light", "dark"])
@pytest.mark.parametrize(("shape", "ground"), SHAPE_ON_GROUND)
def test_edges_and_shapes_can_be_seen(look, shape, ground):
    """What shows a field or a state without words stands at 3:1 or more."""
    shown = getattr(theme.tokens(), look)

    assert contrast(shown[shape], shown[ground]) >= 3.0


def test_light_and_dark_have_the_same_tokens():
    """No colour exists in one look only."""
    assert theme.tokens().light.keys() == theme.tokens().dark.keys()


def test_the_sheet_names_no_colour_itself():
    """Colours come from the tokens; the sheet has none of its own."""
    sheet = resources.text("style/app.qss")

    assert re.findall(r"#[0-9a-fA-F]{3,8}\b", sheet) == []


@pytest.mark.parametrize("size", [100, 150, 200])
def test_the_sheet_is_filled_in_at_every_size(application, qapp, size):
    """Nothing of the template is left, and text has the size that was asked for."""
    application.change(text_size=size)

    assert "$" not in qapp.styleSheet()
    assert "pt(" not in qapp.styleSheet()
    assert qapp.font().pointSizeF() == pytest.approx(11 * size / 100)


def test_changing_to_dark_changes_the_palette_at_once(application, qapp, kept):
    """A choice applies to the whole program and is kept."""
    application.change(theme="dark")

    assert qapp.palette().color(QPalette.ColorRole.Window).name() == theme.tokens().dark["paper"]
    assert kept[-1].theme == "dark"


def test_every_icon_can_be_drawn_and_those_that_point_turn_round(application, qapp):
    """Each svg gives a picture; the listed ones are mirrored where text runs from the right."""
    names = [name[len("icons/") : -len(".svg")] for name in resources.names("icons") if name.endswith(".svg")]
    straight = {name: theme.pixmap(name, "ink", 24).toImage() for name in names}

    qapp.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    turned = {name: theme.pixmap(name, "ink", 24).toImage() for name in names}

    listed = set(resources.text("icons/mirrored.txt").split())
    assert listed <= set(names)
    assert all(not picture.isNull() for picture in straight.values())
    assert {name for name in names if turned[name] == straight[name].flipped(Qt.Orientation.Horizontal)} >= listed
    assert all(turned[name] == straight[name] for name in set(names) - listed)


def test_persian_turns_the_program_round_and_back(application, qapp):
    """Changing the language changes the direction without a restart."""
    application.change(language="fa")
    direction = qapp.layoutDirection()

    application.change(language="en")

    assert direction is Qt.LayoutDirection.RightToLeft
    assert qapp.layoutDirection() is Qt.LayoutDirection.LeftToRight
