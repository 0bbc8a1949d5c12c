# SPDX-License-Identifier: Apache-2.0
"""What the pages say can be done, can be done: commands, verbs, files and tests that they name exist."""

from __future__ import annotations

import re

import pytest

from tests.house.source import PACKAGE, ROOT, inside

PAGES = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "installer" / "README.md"]
SCREENS = 2 * 50


def targets():
    """Return what `make` knows."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z]+):.*## ", makefile, re.MULTILINE))


def verbs():
    """Return the words that `govah` knows."""
    commands = {file.name.removesuffix("_cmd.py") for file in (PACKAGE / "cli").glob("*_cmd.py")}
    return {command.replace("_", "-") for command in commands} | {"open"}


@pytest.mark.parametrize("page", PAGES, ids=inside)
def test_make_targets_exist(page):
    """Each `make …` on a page is in the Makefile."""
    named = set(re.findall(r"(?:^|`|&& )make ([a-z]+)", page.read_text(encoding="utf-8"), re.MULTILINE))

    assert named <= targets()


@pytest.mark.parametrize("page", PAGES, ids=inside)
def test_commands_exist(page):
    """Each `govah …` on a page is a command."""
    named = set(re.findall(r"(?:^ *|`|/bin/)govah ([a-z][a-z-]+)", page.read_text(encoding="utf-8"), re.MULTILINE))

    assert named <= verbs()


@pytest.mark.parametrize("page", PAGES, ids=inside)
def test_links_lead_somewhere(page):
    """Each link to a file of ours leads to that file."""
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text(encoding="utf-8"))
    lost = [link for link in links if not (page.parent / link).exists()]

    assert not lost


@pytest.mark.parametrize("page", PAGES, ids=inside)
def test_named_tests_exist(page):
    """Each test that a page names as a proof is there, by file and by name."""
    named = re.findall(r"`(tests/[\w/]+\.py)(?:::(\w+))?`", page.read_text(encoding="utf-8"))
    lost = [
        f"{file}::{test}"
        for file, test in named
        if not (ROOT / file).is_file() or (test and f"def {test}(" not in (ROOT / file).read_text(encoding="utf-8"))
    ]

    assert not lost


def test_the_readme_is_two_screens():
    """The README can be read in two screens."""
    lines = (ROOT / "README.md").read_text(encoding="utf-8").splitlines()

    assert len(lines) <= SCREENS
    assert max(map(len, lines)) <= 120


def test_the_makefile_lists_itself():
    """Every target has a line that says what it does."""
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    phony = re.search(r"^\.PHONY: (.*)$", makefile, re.MULTILINE)

    assert phony
    assert set(phony[1].split()) == targets()
