# SPDX-License-Identifier: Apache-2.0
"""Shows one testimony, as far as this vault can read it."""

from __future__ import annotations

import argparse
from pathlib import Path

import msgspec

from testimony_app.archive import access
from testimony_app.archive.envelope import identity_envelope
from testimony_app.cli.adding import recording_document
from testimony_app.cli.arguments import DONE, add_vault, opened
from testimony_app.cli.terminal import Terminal
from testimony_app.i18n import messages
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.measures import durations
from testimony_app.model.custody import CustodyEntry
from testimony_app.model.ids import parse_code
from testimony_app.model.testimony import Testimony
from testimony_app.safekeeping.writing import written
from testimony_app.vault.disk import DISK

EXAMPLE = """govah show ~/vault T-7K2F-Q9
          govah show ~/archive T-7K2F-Q9 --identity-envelope identity.age"""


def summary() -> str:
    """Return what the command does."""
    return _("show one testimony: its parts, its consent, its custody")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    parser.add_argument("code", metavar="CODE", help=_("the testimony's code"))
    parser.add_argument(
        "--identity-envelope",
        type=Path,
        metavar="FILE",
        help=_(
            "write the closed envelope with the witness's identity, which the keepers' sheets open; never over a file"
        ),
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Print the testimony."""
    with opened(arguments, terminal) as workspace:
        testimony = workspace.interviews.by_code(parse_code(arguments.code))
        access.check(workspace.vault, testimony.id)
        far = access.of(workspace.vault, testimony.id)
        custody = workspace.vault.custody.entries(testimony.id)
        row = workspace.vault.testimonies.row(testimony.id)
        if arguments.identity_envelope is not None:
            with written({arguments.identity_envelope: identity_envelope(workspace.vault, testimony)}, DISK):
                terminal.say(_("The closed envelope with the identity was written."))
    terminal.say(f"{testimony.code}  {messages.state(testimony.state)}  {durations(row.seconds)}")
    _say_content(testimony, terminal)
    for entry in custody:
        terminal.say(f"  {entry.at}  {messages.custody(entry.event)}")
    document = _document(testimony, custody) | {
        "seconds": round(row.seconds, 3),
        "access": msgspec.to_builtins(far),
    }
    if arguments.identity_envelope is not None:
        document["identity_envelope"] = str(arguments.identity_envelope)
    terminal.answer(document)
    return DONE


def _say_content(testimony: Testimony, terminal: Terminal) -> None:
    if testimony.witness.pseudonym:
        terminal.say("  " + _("Pseudonym: {name}").format(name=testimony.witness.pseudonym))
    for recording in testimony.recordings:
        terminal.say(
            "  " + _("Recording {take}: {length}").format(take=recording.take, length=durations(recording.seconds))
        )
    if testimony.statement:
        terminal.say("")
        terminal.say(testimony.statement.text)
        terminal.say("")


def _document(testimony: Testimony, custody: tuple[CustodyEntry, ...]) -> dict[str, object]:
    whole: dict[str, object] = msgspec.to_builtins(testimony)
    whole["recordings"] = [recording_document(recording) for recording in testimony.recordings]
    whole["text"] = testimony.statement.text if testimony.statement else ""
    whole["custody"] = [msgspec.to_builtins(entry) for entry in custody]
    return whole
