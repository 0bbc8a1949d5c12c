# SPDX-License-Identifier: Apache-2.0
"""Rows, columns and labelled fields with the house's distances, always in the direction of the language."""

from __future__ import annotations

from typing import TypeVar

from PySide6.QtWidgets import QBoxLayout, QHBoxLayout, QLayout, QVBoxLayout, QWidget

from testimony_app.ui.widgets.parts import label

Box = TypeVar("Box", bound=QBoxLayout)

GAP = 8


def column(parent: QWidget | None = None, *, edge: int = 0, gap: int = GAP) -> QVBoxLayout:
    """Return a vertical layout."""
    return _measured(QVBoxLayout(parent) if parent is not None else QVBoxLayout(), edge, gap)


def row(parent: QWidget | None = None, *, edge: int = 0, gap: int = GAP) -> QHBoxLayout:
    """Return a horizontal layout that runs in the direction of the language."""
    return _measured(QHBoxLayout(parent) if parent is not None else QHBoxLayout(), edge, gap)


def fill(box: Box, *pieces: QWidget | QLayout | int | None) -> Box:
    """Return the layout with the pieces put in, in order; None stretches, a number is a distance."""
    for piece in pieces:
        if piece is None:
            box.addStretch(1)
        elif isinstance(piece, int):
            box.addSpacing(piece)
        elif isinstance(piece, QWidget):
            box.addWidget(piece)
        else:
            box.addLayout(piece)
    return box


def field(text: str, control: QWidget, name: str, *, help_line: str = "") -> QVBoxLayout:
    """Return a control under its label, which is its buddy and its accessible name."""
    control.setObjectName(name)
    control.setAccessibleName(text)
    above = label(text, "strong", wraps=False)
    above.setBuddy(control)
    made = fill(column(gap=4), above, control)
    if help_line:
        control.setAccessibleDescription(help_line)
        made.addWidget(label(help_line, "small"))
    # Beside a field with more lines, this one keeps to the top.
    made.addStretch(1)
    return made


def emptied(box: QLayout) -> None:
    """Take everything out of a layout and let it go."""
    while (item := box.takeAt(0)) is not None:
        inner, nested = item.widget(), item.layout()
        if inner is not None:
            # Hidden at once: deleteLater leaves it on the screen until the event loop comes round.
            inner.hide()
            inner.deleteLater()
        elif nested is not None:
            emptied(nested)


def _measured(box: Box, edge: int, gap: int) -> Box:
    box.setContentsMargins(edge, edge, edge, edge)
    box.setSpacing(gap)
    return box
