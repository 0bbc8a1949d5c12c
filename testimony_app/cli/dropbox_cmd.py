# SPDX-License-Identifier: Apache-2.0
"""Makes a drop box."""

from __future__ import annotations

import argparse
from pathlib import Path

from testimony_app.cli.arguments import DONE
from testimony_app.cli.terminal import Terminal
from testimony_app.dropbox.founding import KEYS, MOST_KEYS, NAME, Founded, found
from testimony_app.i18n.catalogue import _, ngettext

EXAMPLE = """govah dropbox ~/box --card archive.card --safety-number "12345 67890 …"

The folder holds no passphrase and nothing that could open anything. Record into it with
'govah record ~/box --seconds 60', or open it in the desktop; carry its folder 'out' to the archive."""


def summary() -> str:
    """Return what the command does."""
    return _("make a write-only folder for self-recording, sealed to an archive from the first second")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("folder", type=Path, metavar="DIR", help=_("an empty or new folder"))
    parser.add_argument("--card", type=Path, required=True, metavar="CARD", help=_("the archive's card file"))
    parser.add_argument("--safety-number", default="", metavar="NUMBER", help=_("the number the archive read to you"))
    parser.add_argument("--name", default=NAME, help=_("a name that the archive will see on the card"))
    parser.add_argument(
        "--keys", type=_count, default=KEYS, metavar="N", help=_("how many testimonies it takes (200 unless said)")
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Make the folder and print the two numbers to compare."""
    made = found(
        arguments.folder,
        arguments.card,
        number=arguments.safety_number,
        name=arguments.name,
        keys=arguments.keys,
        clock=terminal.clock,
    )
    _say(made, terminal, was_compared=bool(arguments.safety_number))
    terminal.answer(
        {
            "dropbox": str(arguments.folder),
            "name": made.name,
            "safety_number": made.safety_number,
            "card": str(arguments.folder / "BOX.CRD"),
            "keys": made.keys,
            "archive": made.archive,
            "archive_safety_number": made.archive_safety_number,
            "compared": bool(arguments.safety_number),
        }
    )
    return DONE


def _say(made: Founded, terminal: Terminal, *, was_compared: bool) -> None:
    terminal.say(
        ngettext(
            "The drop box is ready for {n} testimony.", "The drop box is ready for {n} testimonies.", made.keys
        ).format(n=made.keys)
    )
    terminal.say(_("Compare its safety number at the archive, before its first bundle is imported:"))
    terminal.say("  " + made.safety_number)
    if not was_compared:
        terminal.say(_("Compare the archive's safety number with the archive, in person, before anybody speaks:"))
        terminal.say("  " + made.archive_safety_number)


def _count(text: str) -> int:
    count = int(text)
    if not 1 <= count <= MOST_KEYS:
        raise argparse.ArgumentTypeError(_("from 1 to {most}").format(most=MOST_KEYS))
    return count
