# SPDX-License-Identifier: Apache-2.0
"""Every file says whose it is and what it is; every test says what it shows."""

from __future__ import annotations

import ast
import re
import unicodedata

import pytest

from tests.house.source import ROOT, everything, functions, inside, kept_text, program, stories, strings, tree

SPDX = "# SPDX-License-Identifier: Apache-2.0"
AMERICAN = re.compile(
    r"\b(behaviors?|colors?|centers?|favorite|honor|gray|canceled|canceling|labeled|analyze|catalogs?|serialized?"
    r"|initialized?|recognized?|unrecognized)\b"
)
UNFINISHED = re.compile(r"T[O]DO|F[I]XME|X[X]X|\bH[A]CK\b|NotImplemented[E]rror")  # brackets, so as not to find itself
STAND_INS = re.compile(r"unittest[.]mock|Magic[M]ock|mocke[r]\b")
SOMEBODY_S_FOLDER = re.compile(r"(?<![\w.])/(home|Users|r[o]ot)/\w|[A-Z]:\\Users\\\w")


@pytest.mark.parametrize("file", everything(), ids=inside)
def test_a_file_says_whose_it_is(file):
    """The first line names the licence."""
    first = file.read_text(encoding="utf-8").partition("\n")[0]

    assert first == SPDX


@pytest.mark.parametrize("file", program(), ids=inside)
def test_a_module_opens_with_a_sentence(file):
    """A module's docstring opens with a sentence that ends."""
    docstring = ast.get_docstring(tree(file)) or ""

    assert re.match(r"\S.{10,}?[.:](\s|$)", docstring, re.DOTALL), "open with one sentence"


@pytest.mark.parametrize("file", stories(), ids=inside)
def test_a_test_says_what_it_shows(file):
    """Each test has a docstring of one sentence."""
    silent = [
        node.name
        for node in functions(file)
        if node.name.startswith("test_") and not (ast.get_docstring(node) or "").rstrip().endswith(".")
    ]

    assert not silent


@pytest.mark.parametrize("file", program(), ids=inside)
def test_spelling_is_british(file):
    """Docstrings and sentences use one spelling; names that Qt and Python give are left alone."""
    prose = [text for text in strings(file) if " " in text.strip() and "{" not in text]

    assert not [word.group() for text in prose for word in AMERICAN.finditer(text)]


@pytest.mark.parametrize("file", everything(), ids=inside)
def test_no_invisible_or_right_to_left_characters_in_code(file):
    """Code is what it looks like: such characters live in resources and in test data."""
    hidden = {
        f"U+{ord(sign):04X} in line {number}"
        for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), 1)
        for sign in line
        if unicodedata.bidirectional(sign)
        in {"R", "AL", "AN", "RLE", "RLO", "RLI", "LRE", "LRO", "LRI", "PDF", "PDI", "FSI"}
        or unicodedata.category(sign) in {"Cf", "Cc", "Co", "Cn"}
    }

    assert not hidden


@pytest.mark.parametrize("file", everything(), ids=inside)
def test_nothing_is_left_unfinished(file):
    """No file carries a note to do something later."""
    assert not UNFINISHED.findall(file.read_text(encoding="utf-8"))


def test_nothing_in_the_middle_is_faked():
    """Tests use the real vault, real files and real keys; only sound, time, disks and drives have stand-ins."""
    faked = [inside(file) for file in everything() if STAND_INS.search(file.read_text(encoding="utf-8"))]

    assert not faked


def test_no_file_names_a_folder_of_the_person_who_wrote_it():
    """What is kept holds no path of the computer that it was written on."""
    named = [
        inside(file)
        for file in kept_text()
        if SOMEBODY_S_FOLDER.search(file.read_text(encoding="utf-8", errors="replace"))
    ]

    assert not named


def test_the_program_says_nothing_of_where_it_was_kept():
    """No file of the program names the folder that this copy of it lies in."""
    here = str(ROOT)

    assert not [inside(file) for file in kept_text() if here in file.read_text(encoding="utf-8", errors="replace")]
