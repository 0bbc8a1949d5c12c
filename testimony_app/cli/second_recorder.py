# SPDX-License-Identifier: Apache-2.0
"""The part of `add` that lays the second recorder's sound beside one of our takes."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from testimony_app.cli.terminal import Terminal
from testimony_app.i18n.catalogue import _
from testimony_app.intake.backup_recorder import BackupRecorder
from testimony_app.intake.errors import NoTakeToLayBeside
from testimony_app.model.ids import TestimonyId
from testimony_app.model.recording import Recording
from testimony_app.workspace import Workspace


def add_second_recorder(parser: argparse.ArgumentParser) -> None:
    """Add the arguments."""
    card = _("a sound file of the second recorder's card")
    parser.add_argument("--second-recorder", type=Path, metavar="F", help=card)
    beside = _("the take that it ran along with; the longest otherwise")
    parser.add_argument("--beside", type=int, metavar="TAKE", help=beside)
    clap = _("when in that take both recorders heard a clap")
    parser.add_argument("--clap", type=float, metavar="SECONDS", help=clap)
    parser.set_defaults(wrong_usage=parser.error)


def must_have_a_take(arguments: argparse.Namespace) -> None:
    """End as wrong usage when there can be no take of ours to lay anything beside."""
    if arguments.second_recorder is None and (arguments.beside is not None or arguments.clap is not None):
        arguments.wrong_usage(_("--beside and --clap go with --second-recorder"))
    if arguments.second_recorder is not None and not arguments.code:
        arguments.wrong_usage(_("--second-recorder needs the code of the testimony that it ran along with"))


def second_recorder_files(arguments: argparse.Namespace) -> list[Path]:
    """Return the file that must be readable before anything begins."""
    return [arguments.second_recorder] if arguments.second_recorder is not None else []


def lay_beside(workspace: Workspace, testimony: TestimonyId, arguments: argparse.Namespace, terminal: Terminal) -> None:
    """Take the file in beside our take, and say where ours is heard in it. Raises NoTakeToLayBeside."""
    if arguments.second_recorder is None:
        return
    ours = _take(workspace, testimony, arguments.beside)
    second = BackupRecorder(workspace.vault, terminal.clock)
    if arguments.clap is not None:
        second.mark(testimony, ours.id, arguments.clap)
    told = partial(terminal.progress, _("Taking in {file}").format(file=arguments.second_recorder.name))
    second.bring(testimony, arguments.second_recorder, ours.id, told)
    logged = [one for one in workspace.vault.custody.entries(testimony) if one.event == "backup_imported"][-1]
    offset = logged.facts.get("offset_seconds")
    if offset is None:
        terminal.warn(_("Our recording is not heard in it. Both are kept; compare them by ear."))
    else:
        terminal.say(_("Our recording begins {seconds} s into it.").format(seconds=offset))


def _take(workspace: Workspace, testimony: TestimonyId, wanted: int | None) -> Recording:
    own = [one for one in workspace.interviews.get(testimony).recordings if one.kind == "testimony" and one.frames]
    found = [one for one in own if wanted in (None, one.take)]
    if not found:
        raise NoTakeToLayBeside
    return max(found, key=lambda one: one.seconds)
