# SPDX-License-Identifier: Apache-2.0
"""Makes recovery sheets and keepers' sheets, tries them, and sets a new passphrase with them."""

from __future__ import annotations

import argparse
import re
from collections.abc import Sequence
from pathlib import Path

from testimony_app.cli.arguments import DONE, add_new_passphrase, add_sheets, add_vault, opened
from testimony_app.cli.sheets import sheets_of
from testimony_app.cli.terminal import Terminal
from testimony_app.crypto.shares import MOST_SHARES
from testimony_app.i18n.catalogue import _, ngettext
from testimony_app.safekeeping import keepers, recovery
from testimony_app.safekeeping.errors import SheetsDoNotOpen
from testimony_app.safekeeping.recovery import Made, Tried

EXAMPLE = """govah recovery ~/vault paper --out /media/stick/sheet.html
          govah recovery ~/archive shares 2/3 --out /media/stick/sheets
          govah recovery ~/archive keepers 2/3 --out /media/stick/keepers
          govah recovery ~/archive try --share sheet-1-of-3.html --share sheet-3-of-3.html
          govah recovery ~/archive restore --share sheet-1-of-3.html --share sheet-3-of-3.html"""
PAPER, SHARES, KEEPERS, TRY, RESTORE = "paper", "shares", "keepers", "try", "restore"
_K_OF_N = re.compile(r"(\d{1,2})/(\d{1,2})")


def summary() -> str:
    """Return what the command does."""
    return _("sheets on paper: for a lost passphrase, and for the keepers of witnesses' names; make them, try them")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    parser.add_argument(
        "act",
        choices=(PAPER, SHARES, KEEPERS, TRY, RESTORE),
        help=_(
            "paper: one sheet that opens the vault alone; shares: N sheets, of which any K together open it; "
            "keepers: N sheets, of which any K together open witnesses' identities, and the archive does not; "
            "try: prove that sheets open it, changing nothing; restore: open it with sheets, set a new passphrase"
        ),
    )
    parser.add_argument("split", nargs="?", type=_k_of_n, metavar="K/N", help=_("for shares and keepers, such as 2/3"))
    parser.add_argument("--out", type=Path, metavar="FILE|DIR", help=_("what is written; never over a file"))
    add_sheets(parser)
    add_new_passphrase(parser)
    parser.add_argument(
        "--only", action="store_true", help=_("with restore: let every other passphrase open nothing any more")
    )
    parser.add_argument(
        "--replace", action="store_true", help=_("with keepers: make a new key in the place of the one before")
    )
    parser.set_defaults(wrong_usage=parser.error)


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Do what was asked for."""
    if arguments.act in {PAPER, SHARES, KEEPERS} and arguments.out is None:
        arguments.wrong_usage(_("--out is missing: where to write"))
    if (arguments.act in {SHARES, KEEPERS}) != (arguments.split is not None):
        arguments.wrong_usage(_("K/N goes with shares and keepers, and with nothing else"))
    act = {PAPER: _paper, SHARES: _shares, KEEPERS: _keepers, TRY: _try, RESTORE: _restore}[arguments.act]
    act(arguments, terminal)
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


def _keepers(arguments: argparse.Namespace, terminal: Terminal) -> None:
    needed, count = arguments.split
    with opened(arguments, terminal) as workspace:
        made = keepers.make_keepers(workspace.vault, needed, count, arguments.out, is_replacing=arguments.replace)
        recipient, number = workspace.vault.card().keepers, workspace.safety_number()
    terminal.warn(_("Whoever holds enough of these files learns who the witnesses are: print them, then destroy them."))
    _say_sheets(made, terminal)
    terminal.say(_("Any {needed} of them open an identity; the archive alone cannot.").format(needed=needed))
    terminal.say(
        _("What was sealed before stays as it is. The archive's card is a new one now: write it, hand it out,")
    )
    terminal.say(_("and compare its safety number again:"))
    terminal.say("  " + number)
    terminal.answer(_document(made) | {"keepers": recipient, "safety_number": number})


def _say_made(made: Made, terminal: Terminal) -> None:
    terminal.warn(_("Whoever holds these files can open the vault: print them, then destroy the files."))
    if made.is_archive_key:
        terminal.warn(_("They are the archive's own key too: they open every bundle sealed to it, without the vault."))
    _say_sheets(made, terminal)
    if made.needed > 1:
        terminal.say(_("Any {needed} of them open the vault.").format(needed=made.needed))
    terminal.answer(_document(made) | {"archive_key": made.is_archive_key})


def _say_sheets(made: Made, terminal: Terminal) -> None:
    count = len(made.files)
    said = ngettext("{n} sheet written, read back and tried.", "{n} sheets written, read back and tried.", count)
    terminal.say(said.format(n=count))
    for file in made.files:
        terminal.say(f"  {file}")


def _document(made: Made) -> dict[str, object]:
    files = [str(file) for file in made.files]
    return {"files": files, "needed": made.needed, "sheets": len(files), "set": made.mark}


def _try(arguments: argparse.Namespace, terminal: Terminal) -> None:
    sheets = sheets_of(arguments, terminal)
    opens = True
    try:
        tried = recovery.try_sheets(arguments.vault, sheets)
        terminal.say(_("These sheets open the vault. Nothing was changed."))
    except SheetsDoNotOpen as refusal:
        tried = _try_as_keepers(arguments, terminal, sheets, refusal)
        opens = False
        terminal.say(_("These are the keepers' sheets: they open witnesses' identities. Nothing was changed."))
    terminal.answer(
        {
            "opens": opens,
            "opens_identities": not opens,
            "sheets": tried.sheets,
            "needed": tried.needed,
            "set": tried.mark,
        }
    )


def _try_as_keepers(
    arguments: argparse.Namespace, terminal: Terminal, sheets: Sequence[str], refusal: SheetsDoNotOpen
) -> Tried:
    """Return what came of comparing the sheets with the vault's card, which only its passphrase shows."""
    if arguments.passphrase_file is None:
        if not terminal.stdin.isatty():
            raise refusal
        terminal.warn(_("They do not open the vault. Whether they are its keepers', only its card can tell:"))
    with opened(arguments, terminal) as workspace:
        return keepers.try_keepers(workspace.vault, sheets)


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
