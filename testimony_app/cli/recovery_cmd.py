# SPDX-License-Identifier: Apache-2.0
"""Makes recovery sheets, tries them, and sets a new passphrase with them."""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from testimony_app.cli.arguments import DONE, add_new_passphrase, add_sheets, add_vault, opened
from testimony_app.cli.sheets import sheets_of
from testimony_app.cli.terminal import Terminal
from testimony_app.crypto.shares import MOST_SHARES
from testimony_app.i18n.catalogue import _, ngettext
from testimony_app.safekeeping import recovery
from testimony_app.safekeeping.recovery import Made

EXAMPLE = """govah recovery ~/vault paper --out /media/stick/sheet.html
          govah recovery ~/archive shares 2/3 --out /media/stick/sheets
          govah recovery ~/archive try --share sheet-1-of-3.html --share sheet-3-of-3.html
          govah recovery ~/archive restore --share sheet-1-of-3.html --share sheet-3-of-3.html"""
PAPER, SHARES, TRY, RESTORE = "paper", "shares", "try", "restore"
_K_OF_N = re.compile(r"(\d{1,2})/(\d{1,2})")


def summary() -> str:
    """Return what the command does."""
    return _("recovery sheets on paper: make them, try them, set a new passphrase with them")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    parser.add_argument(
        "act",
        choices=(PAPER, SHARES, TRY, RESTORE),
        help=_(
            "paper: one sheet that opens the vault alone; shares: N sheets, of which any K together open it; "
            "try: prove that sheets open it, changing nothing; restore: open it with sheets, set a new passphrase"
        ),
    )
    parser.add_argument("split", nargs="?", type=_k_of_n, metavar="K/N", help=_("for shares, such as 2/3"))
    parser.add_argument("--out", type=Path, metavar="FILE|DIR", help=_("what is written; never over a file"))
    add_sheets(parser)
    add_new_passphrase(parser)
    parser.add_argument(
        "--only", action="store_true", help=_("with restore: let every other passphrase open nothing any more")
    )
    parser.set_defaults(wrong_usage=parser.error)


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Do what was asked for."""
    if arguments.act in {PAPER, SHARES} and arguments.out is None:
        arguments.wrong_usage(_("--out is missing: where to write"))
    if (arguments.act == SHARES) != (arguments.split is not None):
        arguments.wrong_usage(_("K/N goes with shares, and with nothing else"))
    {PAPER: _paper, SHARES: _shares, TRY: _try, RESTORE: _restore}[arguments.act](arguments, terminal)
    return DONE


def _k_of_n(text: str) -> tuple[int, int]:
    found = _K_OF_N.fullmatch(text)
    needed, count = (int(found[1]), int(found[2])) if found else (0, 0)
    if not 2 <= needed <= count <= MOST_SHARES:
        raise argparse.ArgumentTypeError(
            _("K/N means K of N sheets, from 2/2 to {most}/{most}").format(most=MOST_SHARES)
        )
    return needed, count


def _paper(arguments: argparse.Namespace, terminal: Terminal) -> None:
    with opened(arguments, terminal) as workspace:
        made = recovery.make_paper(workspace.vault, arguments.out)
    _say_made(made, terminal)


def _shares(arguments: argparse.Namespace, terminal: Terminal) -> None:
    needed, count = arguments.split
    with opened(arguments, terminal) as workspace:
        made = recovery.make_shares(workspace.vault, needed, count, arguments.out)
    _say_made(made, terminal)


def _say_made(made: Made, terminal: Terminal) -> None:
    count = len(made.files)
    terminal.warn(_("Whoever holds these files can open the vault: print them, then destroy the files."))
    if made.is_archive_key:
        terminal.warn(_("They are the archive's own key too: they open every bundle sealed to it, without the vault."))
    said = ngettext("{n} sheet written, read back and tried.", "{n} sheets written, read back and tried.", count)
    terminal.say(said.format(n=count))
    if made.needed > 1:
        terminal.say(_("Any {needed} of them open the vault.").format(needed=made.needed))
    for file in made.files:
        terminal.say(f"  {file}")
    terminal.answer(
        {
            "files": [str(file) for file in made.files],
            "needed": made.needed,
            "sheets": count,
            "set": made.mark,
            "archive_key": made.is_archive_key,
        }
    )


def _try(arguments: argparse.Namespace, terminal: Terminal) -> None:
    tried = recovery.try_sheets(arguments.vault, sheets_of(arguments, terminal))
    terminal.say(_("These sheets open the vault. Nothing was changed."))
    terminal.answer({"opens": True, "sheets": tried.sheets, "needed": tried.needed, "set": tried.mark})


def _restore(arguments: argparse.Namespace, terminal: Terminal) -> None:
    sheets = sheets_of(arguments, terminal)
    # Before the passphrase is thought of and typed: is it these sheets at all?
    recovery.try_sheets(arguments.vault, sheets)
    with (
        terminal.new_passphrase(arguments.new_passphrase_file) as passphrase,
        recovery.open_with_sheets(arguments.vault, sheets, clock=terminal.clock) as vault,
    ):
        slot = recovery.set_passphrase(vault.ways, passphrase, only=arguments.only)
        ways = len(vault.ways.all())
    terminal.say(_("The new passphrase opens the vault. The sheets still do."))
    if not arguments.only:
        terminal.say(_("So does the old one, if somebody finds it: govah passphrase VAULT drop"))
    terminal.answer({"vault": str(arguments.vault), "slot": slot, "ways": ways})
