# SPDX-License-Identifier: Apache-2.0
"""Recovery sheets typed at a terminal, or handed over on standard input."""

from __future__ import annotations

import io

import pytest

from testimony_app.cli.main import main
from testimony_app.cli.terminal import Terminal
from testimony_app.safekeeping import sheet_words


class Keyboard(io.StringIO):
    """What a person types, one line after the other."""

    def isatty(self):
        """There is somebody at the keyboard."""
        return True


@pytest.fixture
def vault(govah, tmp_path):
    """Return a vault with sheets, of which two are needed."""
    govah("create", tmp_path / "vault", "--role", "collector", "--name", "Laptop 4")
    govah("recovery", tmp_path / "vault", "shares", "2/3", "--out", tmp_path / "sheets")
    return tmp_path / "vault"


@pytest.fixture
def sheets(vault, tmp_path):
    """Return the words of the three sheets."""
    return sheet_words.read_files(sorted((tmp_path / "sheets").iterdir()))


def tried(vault, stdin, *words):
    """Try sheets that come from this standard input; return the exit status and what was said."""
    err = io.StringIO()
    terminal = Terminal(out=io.StringIO(), err=err, stdin=stdin)
    return main(["recovery", str(vault), "try", *words], terminal=terminal), err.getvalue()


def test_sheets_are_asked_for_until_there_are_enough(vault, sheets):
    """Two sheets are typed, the first over several lines; no third is asked for."""
    first = sheets[0].split()
    lines = [" ".join(first[:10]), " ".join(first[10:20]), " ".join(first[20:]), sheets[2].upper()]

    status, said = tried(vault, Keyboard("\n".join(lines) + "\n"))

    assert status == 0, said
    assert "sheet 2" in said and "sheet 3" not in said


def test_a_mistyped_sheet_is_asked_for_again(vault, sheets):
    """The mistake is said at once, with the word that it is in, and the other sheets needn't be typed again."""
    wrong = sheets[1].split()
    wrong[6] = "lanternn"

    status, said = tried(vault, Keyboard("\n".join([sheets[0], " ".join(wrong), sheets[1]]) + "\n"))

    assert status == 0, said
    assert "Word 7 of sheet 2" in said
    assert said.count("Words of sheet 2") == 2


def test_an_empty_line_ends_the_asking(vault, sheets):
    """Somebody who has no sheet at hand is not held at the prompt."""
    status, said = tried(vault, Keyboard(sheets[0] + "\n\n"))

    assert status == 1
    assert "No recovery sheet" in said


def test_sheets_come_from_standard_input(vault, sheets):
    """One line a sheet, as another program writes them."""
    status, said = tried(vault, io.StringIO("\n".join(sheets) + "\n"), "--share", "-")

    assert status == 0, said
