# SPDX-License-Identifier: Apache-2.0
"""A collector checks the archive's receipts."""

from __future__ import annotations

import argparse
from pathlib import Path

from testimony_app.cli.arguments import add_vault, exit_status, opened
from testimony_app.cli.terminal import Terminal
from testimony_app.i18n import messages, refusals
from testimony_app.i18n.catalogue import _

EXAMPLE = "govah receipts ~/vault /media/stick"


def summary() -> str:
    """Return what the command does."""
    return _("check an archive's receipts, which prove what has arrived")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    parser.add_argument("paths", nargs="+", type=Path, metavar="PATH")


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Mark what a valid receipt proves as received, and say what the archive refused."""
    with opened(arguments, terminal) as workspace:
        result = workspace.check_receipts(arguments.paths)
    for code in result.accepted:
        terminal.say(_("{code}: received by the archive").format(code=code))
    for refused in result.refused:
        terminal.warn(f"govah: {refused.file}: " + messages.one_line(messages.describe(refused.error)))
    for away in result.turned_away:
        said = refusals.by_archive(away.reason, may_carry_again=away.may_carry_again)
        terminal.warn(f"govah: {away.code}: " + messages.one_line(said))
    if not result.accepted and not result.refused and not result.turned_away:
        terminal.say(_("No receipts found there."))
    terminal.answer(
        {
            "accepted": list(result.accepted),
            "refused": [{"file": str(r.file), "reason": r.error.code} for r in result.refused],
            "turned_away": [{"code": away.code, "reason": away.reason, "day": away.day} for away in result.turned_away],
        }
    )
    return exit_status(len(result.accepted), len(result.refused) + len(result.turned_away))
