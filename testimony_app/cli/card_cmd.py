# SPDX-License-Identifier: Apache-2.0
"""Writes the public card of a vault."""

from __future__ import annotations

import argparse
from datetime import date
from pathlib import Path

from testimony_app.cli.arguments import DONE, add_vault, opened
from testimony_app.cli.terminal import Terminal
from testimony_app.i18n.catalogue import _

EXAMPLE = """govah card ~/vault --out laptop4.card --sheet laptop4.html
          govah card ~/vault --out laptop4.card --new-keys"""


def summary() -> str:
    """Return what the command does."""
    return _("write the vault's public card, which others seal to and verify with")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    parser.add_argument("--out", type=Path, required=True, metavar="FILE", help=_("the card file"))
    parser.add_argument(
        "--sheet", type=Path, metavar="FILE", help=_("also a page to print: name, safety number, and the key as a code")
    )
    parser.add_argument(
        "--valid-until",
        type=date.fromisoformat,
        metavar="DAY",
        help=_("a new card of the same keys, to be compared again, that is good until this day (2030-12-31)"),
    )
    parser.add_argument(
        "--new-keys",
        action="store_true",
        help=_("when the signing keys may be stolen: new ones, on a card that the old ones sign; compare it again"),
    )
    parser.add_argument(
        "--despite-sealed",
        action="store_true",
        help=_("with --new-keys: also while something sealed has no receipt; the archive will refuse it"),
    )
    parser.set_defaults(wrong_usage=parser.error)


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Write the card and print the safety number to compare."""
    if arguments.valid_until is not None and arguments.valid_until <= terminal.clock.now().date():
        arguments.wrong_usage(_("--valid-until is a day to come"))
    if (arguments.despite_sealed and not arguments.new_keys) or (arguments.new_keys and arguments.valid_until):
        arguments.wrong_usage(_("--despite-sealed goes with --new-keys, --valid-until doesn't"))
    with opened(arguments, terminal) as workspace:
        if arguments.new_keys:
            workspace.new_signing_keys(despite_sealed=arguments.despite_sealed)
        if arguments.valid_until is not None:
            workspace.renew_card(arguments.valid_until)
        workspace.write_card(arguments.out)
        if arguments.sheet is not None:
            workspace.write_card_page(arguments.sheet)
        card, number = workspace.vault.card(), workspace.safety_number()
    terminal.say(_("Card written. Read this safety number to your partner, in person:"))
    terminal.say("  " + number)
    terminal.answer(
        {
            "file": str(arguments.out),
            "sheet": str(arguments.sheet) if arguments.sheet is not None else None,
            "name": card.name,
            "role": card.role.value,
            "safety_number": number,
            "keepers": card.keepers,
            "valid_until": card.valid_until,
            "new_keys": arguments.new_keys,
        }
    )
    return DONE
