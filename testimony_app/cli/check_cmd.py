# SPDX-License-Identifier: Apache-2.0
"""Reads every byte of a vault and reports."""

from __future__ import annotations

import argparse

from testimony_app.cli.arguments import DONE, REFUSED, add_vault, opened
from testimony_app.cli.terminal import Terminal
from testimony_app.i18n.catalogue import _

EXAMPLE = "govah check ~/vault"


def summary() -> str:
    """Return what the command does."""
    return _("check the database, every blob and the custody chain")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    parser.add_argument("--quick", action="store_true", help=_("only what is fast to check"))


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Check, and list what is damaged."""
    with opened(arguments, terminal) as workspace:
        result = workspace.check(
            quick=arguments.quick,
            progress=lambda done, total: terminal.progress(_("Checking"), done, total),
        )
    for found in result.damaged:
        terminal.warn(f"govah: {found.what}: {found.reason}")
    said = _("All {n} parts are intact.") if result.ok else _("{n} parts checked; some are damaged.")
    terminal.say(said.format(n=result.checked))
    terminal.answer(
        {
            "ok": result.ok,
            "checked": result.checked,
            "damaged": [{"what": found.what, "reason": found.reason} for found in result.damaged],
        }
    )
    return DONE if result.ok else REFUSED
