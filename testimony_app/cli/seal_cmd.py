# SPDX-License-Identifier: Apache-2.0
"""Seals drafts to the archive."""

from __future__ import annotations

import argparse

from testimony_app.cli.arguments import add_codes, add_vault, exit_status, opened
from testimony_app.cli.terminal import Terminal
from testimony_app.errors import Refusal
from testimony_app.exchange.standing import Standing
from testimony_app.i18n import messages
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.dates import show_day
from testimony_app.intake.sealing import Sealed
from testimony_app.model.ids import parse_code
from testimony_app.model.partner import Role
from testimony_app.model.testimony import State
from testimony_app.workspace import Workspace

EXAMPLE = "govah seal ~/vault --all"


def summary() -> str:
    """Return what the command does."""
    return _("seal drafts to the archive; this computer can't open them any more then")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    add_codes(parser)
    parser.add_argument("--all", dest="every", action="store_true", help=_("every draft"))


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Seal each; one that is refused doesn't stop the others."""
    sealed: list[Sealed] = []
    refused: list[dict[str, str]] = []
    with opened(arguments, terminal) as workspace:
        _warn_of_expired(workspace, terminal)
        for code in _codes(arguments, workspace):
            try:
                sealed.append(_seal(workspace, code, terminal))
            except Refusal as refusal:
                refused.append({"code": code, "reason": refusal.code})
                terminal.warn(f"govah: {code}: " + messages.one_line(messages.describe(refusal)))
    terminal.answer(
        {
            "sealed": [
                {"code": one.code, "bundle_sha256": one.sha256, "bytes": one.byte_count, "files": one.files}
                for one in sealed
            ],
            "refused": refused,
        }
    )
    return exit_status(len(sealed), len(refused))


def _warn_of_expired(workspace: Workspace, terminal: Terminal) -> None:
    """Say which archive's card is past its day; sealing goes on, for a draft that stays readable is the worse risk."""
    for partner, standing in workspace.partners():
        if standing is Standing.EXPIRED and partner.card.role is Role.ARCHIVE:
            sentence = _("the card of “{name}” is not valid since {day}: ask for a new one and compare it.")
            day = show_day(partner.card.valid_until)
            terminal.warn("govah: " + sentence.format(name=partner.card.name, day=day))


def _codes(arguments: argparse.Namespace, workspace: Workspace) -> list[str]:
    if arguments.every:
        page = workspace.vault.testimonies.rows(0, 100_000, state=State.DRAFT)
        return [row.code for row in page.rows]
    return [parse_code(code) for code in arguments.codes]


def _seal(workspace: Workspace, code: str, terminal: Terminal) -> Sealed:
    draft = workspace.interviews.by_code(code)
    label = _("Sealing {code}").format(code=code)
    sealed = workspace.sealing.seal(draft.id, lambda done, total: terminal.progress(label, done, total))
    terminal.say(_("{code} is sealed ({bytes} bytes)").format(code=code, bytes=sealed.byte_count))
    return sealed
