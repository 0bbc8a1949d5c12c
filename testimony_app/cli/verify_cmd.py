# SPDX-License-Identifier: Apache-2.0
"""Verifies bundles and writes nothing."""

from __future__ import annotations

import argparse
from pathlib import Path

from testimony_app.cli.arguments import exit_status, opened
from testimony_app.cli.findings import document, say
from testimony_app.cli.terminal import Terminal
from testimony_app.exchange.report import Finding
from testimony_app.i18n.catalogue import _
from testimony_app.model.bundle import Outcome
from testimony_app.workspace import verify_with_identity

EXAMPLE = "govah verify /media/stick/K7QF2M9X.AGE --vault ~/archive"


def summary() -> str:
    """Return what the command does."""
    return _("check bundles completely: signer, every byte, for whom; writes nothing")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE")
    key = parser.add_mutually_exclusive_group(required=True)
    key.add_argument("--vault", type=Path, metavar="VAULT", help=_("an archive's vault"))
    key.add_argument("--identity", type=Path, metavar="KEYFILE", help=_("a bare age key file"))
    parser.add_argument("--passphrase-file", type=Path, metavar="FILE")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Check every file and say what was found."""
    if arguments.vault is not None:
        with opened(arguments, terminal) as workspace:
            findings = [workspace.verify(path) for path in arguments.files]
    else:
        findings = [verify_with_identity(path, arguments.identity) for path in arguments.files]
    for finding in findings:
        say(finding, terminal)
    terminal.answer({"results": [document(finding) for finding in findings], "receipts": []})
    good = sum(_is_good(finding) for finding in findings)
    return exit_status(good, len(findings) - good)


def _is_good(finding: Finding) -> bool:
    return finding.outcome in (Outcome.VERIFIED, Outcome.DUPLICATE)
