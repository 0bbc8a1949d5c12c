# SPDX-License-Identifier: Apache-2.0
"""Removes testimonies from this computer: against a receipt, or at the witness's wish."""

from __future__ import annotations

import argparse

from testimony_app.cli.arguments import add_codes, add_vault, exit_status, opened
from testimony_app.cli.terminal import Terminal
from testimony_app.errors import Refusal
from testimony_app.i18n import messages
from testimony_app.i18n.catalogue import _
from testimony_app.model.ids import parse_code

EXAMPLE = "govah remove ~/vault T-7K2F-Q9"


def summary() -> str:
    """Return what the command does."""
    return _("remove what the archive has confirmed; refuses without its receipt")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    add_codes(parser)
    parser.add_argument("--erase", action="store_true", help=_("the witness's wish: erase without a receipt"))


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Remove each; one that is refused doesn't stop the others."""
    removed: list[str] = []
    refused: list[dict[str, object]] = []
    with opened(arguments, terminal) as workspace:
        for code in [parse_code(code) for code in arguments.codes]:
            try:
                workspace.remove(code, erase=arguments.erase)
            except Refusal as refusal:
                refused.append({"code": code, "reason": refusal.code, "facts": refusal.facts})
                terminal.warn(f"govah: {code}: " + messages.one_line(messages.describe(refusal)))
            else:
                removed.append(code)
                terminal.say(_("{code}: removed from this computer").format(code=code))
    terminal.answer({"removed": removed, "refused": refused})
    return exit_status(len(removed), len(refused))
