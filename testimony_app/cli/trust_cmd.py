# SPDX-License-Identifier: Apache-2.0
"""Pins a partner's card after its safety number was compared."""

from __future__ import annotations

import argparse
from pathlib import Path

from testimony_app.cli.arguments import DONE, add_vault, opened
from testimony_app.cli.terminal import Terminal
from testimony_app.i18n.catalogue import _

EXAMPLE = 'govah trust ~/vault archive.card --safety-number "12345 67890 …"'


def summary() -> str:
    """Return what the command does."""
    return _("trust a partner's card; refuses when the safety number differs")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    parser.add_argument("card", type=Path, metavar="CARD", help=_("the partner's card file"))
    parser.add_argument(
        "--safety-number", required=True, metavar="NUMBER", help=_("the number the partner read to you")
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Pin the card, or refuse."""
    with opened(arguments, terminal) as workspace:
        partner = workspace.trust(arguments.card, arguments.safety_number)
    terminal.say(_("Trusted: {name}").format(name=partner.card.name))
    terminal.answer(
        {
            "trusted": partner.fingerprint,
            "name": partner.card.name,
            "role": partner.card.role.value,
        }
    )
    return DONE
