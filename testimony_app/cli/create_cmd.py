# SPDX-License-Identifier: Apache-2.0
"""Makes a vault."""

from __future__ import annotations

import argparse
from pathlib import Path

from testimony_app.cli.arguments import DONE, add_passphrase
from testimony_app.cli.terminal import Terminal
from testimony_app.i18n.catalogue import _
from testimony_app.model.partner import Role
from testimony_app.workspace import create_workspace

EXAMPLE = "govah create ~/vault --role collector --name 'Laptop 4'"


def summary() -> str:
    """Return what the command does."""
    return _("make a vault: a folder that only its passphrase opens")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("vault", type=Path, metavar="VAULT", help=_("an empty or new folder"))
    parser.add_argument("--role", required=True, choices=[role.value for role in Role])
    parser.add_argument("--name", required=True, help=_("a name that partners will see on the card"))
    parser.add_argument(
        "--keep-until-receipt",
        action="store_true",
        help=_("keep a readable copy after sealing, until the archive's receipt is here"),
    )
    add_passphrase(parser)
    parser.add_argument("--new-passphrase-file", type=Path, dest="passphrase_file", help=argparse.SUPPRESS)


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Create the vault and print its safety number."""
    with terminal.new_passphrase(arguments.passphrase_file) as passphrase:
        workspace = create_workspace(
            arguments.vault,
            passphrase,
            role=Role(arguments.role),
            name=arguments.name,
            keep_until_receipt=arguments.keep_until_receipt,
            clock=terminal.clock,
            cost=terminal.cost,
        )
    try:
        number = workspace.safety_number()
    finally:
        workspace.close()
    terminal.say(_("The vault is ready. Its safety number is"))
    terminal.say("  " + number)
    terminal.answer(
        {
            "vault": str(arguments.vault),
            "role": arguments.role,
            "name": arguments.name,
            "safety_number": number,
        }
    )
    return DONE
