# SPDX-License-Identifier: Apache-2.0
"""Verifies bundles and takes the good ones into the archive."""

from __future__ import annotations

import argparse
from pathlib import Path

from testimony_app.cli.arguments import add_vault, exit_status, opened
from testimony_app.cli.findings import document, say
from testimony_app.cli.terminal import Terminal
from testimony_app.i18n.catalogue import _
from testimony_app.model.bundle import Outcome

EXAMPLE = "govah import ~/archive /media/stick --receipts /media/stick"
BESIDE = Path()
GOOD = (Outcome.IMPORTED, Outcome.DUPLICATE)


def summary() -> str:
    """Return what the command does."""
    return _("take bundles into the archive: files, folders or sticks; the stick stays as it is")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")
    parser.add_argument("--receipts", type=Path, metavar="DIR", help=_("write signed receipts here"))
    parser.add_argument(
        "--sheets",
        nargs="?",
        type=Path,
        const=BESIDE,
        metavar="DIR",
        help=_("with --receipts: also a page to print for each, readable by anybody; beside them, or in DIR"),
    )
    parser.set_defaults(wrong_usage=parser.error)


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Import what verifies, and report on all."""
    if arguments.sheets is not None and arguments.receipts is None:
        arguments.wrong_usage(_("--sheets goes with --receipts"))
    pages = arguments.receipts if arguments.sheets is BESIDE else arguments.sheets
    with opened(arguments, terminal) as workspace:
        result = workspace.import_bundles(
            arguments.paths,
            receipts_folder=arguments.receipts,
            pages_folder=pages,
            progress=lambda done, total: terminal.progress(_("Importing"), done, total),
        )
    for finding in result.findings:
        say(finding, terminal)
    if not result.findings:
        terminal.say(_("No bundles found there."))
    if result.receipt_pages:
        terminal.warn(_("The printed receipts can be read by anybody: print them, then destroy the files."))
    terminal.answer(
        {
            "results": [document(finding) for finding in result.findings],
            "receipts": [str(path) for path in result.receipts],
            "receipt_sheets": [str(path) for path in result.receipt_pages],
        }
    )
    good = sum(finding.outcome in GOOD for finding in result.findings)
    return exit_status(good, len(result.findings) - good)
