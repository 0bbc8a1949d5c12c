# SPDX-License-Identifier: Apache-2.0
"""Recovery sheets on the command line: from their files, from standard input, or typed word by word."""

from __future__ import annotations

import argparse

from testimony_app.cli.terminal import STDIN, Terminal
from testimony_app.errors import Refusal
from testimony_app.i18n import messages
from testimony_app.i18n.catalogue import _
from testimony_app.safekeeping import sheet_words
from testimony_app.safekeeping.errors import SheetMistyped, UnknownWord


class NoSheets(Refusal):
    """No recovery sheet was given, and there is nobody at a terminal to ask."""

    code = "cli.no-sheets"


def sheets_of(arguments: argparse.Namespace, terminal: Terminal) -> tuple[str, ...]:
    """Return the words of every sheet that was named, or typed when none was."""
    if not arguments.shares:
        return _typed(terminal)
    found: list[str] = []
    for path in arguments.shares:
        if path == STDIN:
            found += sheet_words.read_text(terminal.stdin.read())
        else:
            found += sheet_words.read_files([path], first=len(found) + 1)
    return tuple(found)


def _typed(terminal: Terminal) -> tuple[str, ...]:
    """Ask for one sheet after the other until there are as many as the first says are needed."""
    if not terminal.stdin.isatty():
        raise NoSheets
    terminal.warn(_("The words are shown while you type. Clear the screen afterwards."))
    sheets: list[str] = []
    needed = 1
    while len(sheets) < needed:
        words = _typed_sheet(terminal, len(sheets) + 1)
        try:
            needed = sheet_words.needed_with(words) if not sheets else needed
            sheet_words.facts_of(words, len(sheets) + 1)
        except (UnknownWord, SheetMistyped) as refusal:
            terminal.warn(messages.one_line(messages.describe(refusal)))
            continue
        sheets.append(words)
    return tuple(sheets)


def _typed_sheet(terminal: Terminal, number: int) -> str:
    """Return the words of one sheet, typed in as many lines as its person likes."""
    print(_("Words of sheet {n}: ").format(n=number), end="", file=terminal.err, flush=True)
    words: list[str] = []
    while len(words) < sheet_words.WORDS:
        line = terminal.stdin.readline()
        if not line.strip():
            break
        words += [word for text in sheet_words.read_text(line) for word in text.split()]
    if not words:
        raise NoSheets
    return " ".join(words)
