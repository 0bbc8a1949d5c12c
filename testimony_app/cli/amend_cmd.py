# SPDX-License-Identifier: Apache-2.0
"""Changes, narrows or withdraws a witness's consent, also after sealing."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from testimony_app.cli.arguments import DONE, add_vault, opened
from testimony_app.cli.terminal import Terminal
from testimony_app.i18n import terms
from testimony_app.i18n.catalogue import _
from testimony_app.intake.amending import Amendment
from testimony_app.intake.errors import AttachmentUnreadable, BadDetails
from testimony_app.model.consent import CLOSE, DESTROY, ConsentKind
from testimony_app.model.ids import parse_code

EXAMPLE = "govah amend ~/vault T-7K2F-Q9 --withdraw all"
WITHDRAWALS = {"all": "", "close": CLOSE, "destroy": DESTROY}


def summary() -> str:
    """Return what the command does."""
    return _("change, narrow or withdraw consent; after sealing it travels in a bundle of its own")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    parser.add_argument("code", metavar="CODE", help=_("the testimony's code"))
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--answers",
        type=Path,
        metavar="F.json",
        help=_("a file with what the witness says now: answers, release, review_year, identity_level, passages"),
    )
    what.add_argument(
        "--withdraw",
        choices=tuple(WITHDRAWALS),
        help=_("take everything back: the archive closes it, and decides, or is asked to close or to destroy it"),
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Write the act down, or seal it for the archive."""
    amendment = _given(arguments)
    with opened(arguments, terminal) as workspace:
        amended = workspace.amend(parse_code(arguments.code), amendment)
        row = workspace.vault.testimonies.row(amended.id)
    told = terms.consent_kind(amended.kind)
    if amended.files:
        terminal.say(
            _("{code}: {what}; sealed for the archive, to be exported like a testimony").format(
                code=amended.code, what=told
            )
        )
    else:
        terminal.say(_("{code}: {what}; it holds from now on").format(code=amended.code, what=told))
    terminal.answer(
        {
            "code": amended.code,
            "kind": amended.kind.value,
            "state": row.state.value,
            "files": list(amended.files),
        }
    )
    return DONE


def _given(arguments: argparse.Namespace) -> Amendment:
    if arguments.withdraw is not None:
        return Amendment(kind=ConsentKind.FULL_WITHDRAWAL, wish=WITHDRAWALS[arguments.withdraw])
    try:
        raw = arguments.answers.read_bytes()
    except OSError as error:
        raise AttachmentUnreadable from error
    try:
        return msgspec.json.decode(raw, type=Amendment)
    except (msgspec.DecodeError, UnicodeDecodeError) as error:
        raise BadDetails from error
