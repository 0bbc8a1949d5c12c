# SPDX-License-Identifier: Apache-2.0
"""Opens any age file of ours with a bare key or the archive's sheets: the way back when all else is lost."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from testimony_app.cli.arguments import DONE, add_sheets
from testimony_app.cli.sheets import sheets_of
from testimony_app.cli.terminal import STDIN, Terminal
from testimony_app.crypto.age import HybridIdentity
from testimony_app.exchange.unseal import unseal, unseal_to_file
from testimony_app.i18n.catalogue import _
from testimony_app.safekeeping.sheet_words import secret_of

EXAMPLE = "govah unseal K7QF2M9X.AGE --identity key.txt --out bag.tar"


def summary() -> str:
    """Return what the command does."""
    return _("open a bundle, receipt or backup with a bare key, or an archive's recovery sheets, without any vault")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", type=Path, metavar="FILE")
    key = parser.add_mutually_exclusive_group(required=True)
    key.add_argument("--identity", type=Path, metavar="KEYFILE", help=_("a bare age key file"))
    add_sheets(key)
    parser.add_argument("--out", type=Path, default=STDIN, metavar="F", help=_("- is standard output"))


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Decrypt to a new file, or to standard output; what comes out is readable by anyone."""
    terminal.warn(_("What comes out is readable by anyone who holds it."))
    key = HybridIdentity(secret_of(sheets_of(arguments, terminal))) if arguments.shares else arguments.identity
    if arguments.out == STDIN:
        unseal(arguments.file, key, sys.stdout.buffer)
        return DONE
    byte_count = unseal_to_file(arguments.file, key, arguments.out)
    terminal.say(_("{bytes} bytes written").format(bytes=byte_count))
    terminal.answer({"file": str(arguments.out), "bytes": byte_count})
    return DONE
