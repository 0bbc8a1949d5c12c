# SPDX-License-Identifier: Apache-2.0
"""Nothing grows past the size at which a reader can hold it; the longest are shown, so that they are looked at."""

from __future__ import annotations

import pytest

from tests.house.source import classes, functions, inside, program

FILE, FUNCTION, CLASS, WIDGET_INIT = 400, 50, 250, 40


def longest(found, ceiling, capsys, title):
    """Show the ten longest and return those above the ceiling."""
    ordered = sorted(found, reverse=True)
    with capsys.disabled():
        print(f"\n{title}: " + ", ".join(f"{name} {lines}" for lines, name in ordered[:10]))
    return [f"{name}: {lines} lines, at most {ceiling}" for lines, name in ordered if lines > ceiling]


def length(node):
    """Return how many lines a function or class takes."""
    return node.end_lineno - node.lineno + 1


def test_no_file_is_too_long(capsys):
    """No file of the program has more lines than a person reads at a sitting."""
    found = [(len(file.read_text(encoding="utf-8").splitlines()), inside(file)) for file in program()]

    assert not longest(found, FILE, capsys, "longest files")


def test_no_function_is_too_long(capsys):
    """No function has more lines than a screen shows."""
    found = [(length(node), f"{inside(file)}:{node.name}") for file in program() for node in functions(file)]

    assert not longest(found, FUNCTION, capsys, "longest functions")


def test_no_class_is_too_long(capsys):
    """No class does so much that it needs more than a few screens."""
    found = [(length(node), f"{inside(file)}:{node.name}") for file in program() for node in classes(file)]

    assert not longest(found, CLASS, capsys, "longest classes")


@pytest.mark.parametrize("file", [file for file in program() if "ui" in file.parts], ids=inside)
def test_a_widget_is_made_in_short_steps(file):
    """A widget's __init__ makes the parts, lays them out and connects them, each in a method of its own."""
    long = [node.lineno for node in functions(file) if node.name == "__init__" and length(node) > WIDGET_INIT]

    assert not long
