# SPDX-License-Identifier: Apache-2.0
"""Opens any age file of ours with a bare key: the way back when all else is lost."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from testimony_app.cli.arguments import DONE
from testimony_app.cli.terminal import STDIN, Terminal
from testimony_app.exchange.unseal import unseal, unseal_to_file
from testimony_app.i18n.catalogue import _

EXAMPLE = "govah unseal K7QF2M9X.AGE --identity key.txt --out bag.tar"


def summary() -> str:
    """Return what the command does."""
    return _("open a bundle, receipt or backup with a bare key, without any vault")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("file", type=Path, metavar="FILE")
    parser.add_argument("--identity", type=Path, required=True, metavar="KEYFILE")
    parser.add_argument("--out", type=Path, default=STDIN, metavar="F", help=_("- is standard output"))


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Decrypt to a new file, or to standard output; what comes out is readable by anyone."""
    terminal.warn(_("What comes out is readable by anyone who holds it."))
    if arguments.out == STDIN:
        unseal(arguments.file, arguments.identity, sys.stdout.buffer)
        return DONE
    byte_count = unseal_to_file(arguments.file, arguments.identity, arguments.out)
    terminal.say(_("{bytes} bytes written").format(bytes=byte_count))
    terminal.answer({"file": str(arguments.out), "bytes": byte_count})
    return DONE
