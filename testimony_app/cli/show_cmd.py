# SPDX-License-Identifier: Apache-2.0
"""Shows one testimony, as far as this vault can read it."""

from __future__ import annotations

import argparse

import msgspec

from testimony_app.cli.adding import recording_document
from testimony_app.cli.arguments import DONE, add_vault, opened
from testimony_app.cli.terminal import Terminal
from testimony_app.i18n import messages
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.measures import durations
from testimony_app.model.custody import CustodyEntry
from testimony_app.model.ids import parse_code
from testimony_app.model.testimony import Testimony

EXAMPLE = "govah show ~/vault T-7K2F-Q9"


def summary() -> str:
    """Return what the command does."""
    return _("show one testimony: its parts, its consent, its custody")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    parser.add_argument("code", metavar="CODE", help=_("the testimony's code"))


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Print the testimony."""
    with opened(arguments, terminal) as workspace:
        testimony = workspace.interviews.by_code(parse_code(arguments.code))
        custody = workspace.vault.custody.entries(testimony.id)
        row = workspace.vault.testimonies.row(testimony.id)
    terminal.say(f"{testimony.code}  {messages.state(testimony.state)}  {durations(row.seconds)}")
    _say_content(testimony, terminal)
    for entry in custody:
        terminal.say(f"  {entry.at}  {messages.custody(entry.event)}")
    terminal.answer(_document(testimony, custody) | {"seconds": round(row.seconds, 3)})
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
