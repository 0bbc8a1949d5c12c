# SPDX-License-Identifier: Apache-2.0
"""Records from a microphone into the vault."""

from __future__ import annotations

import argparse

from testimony_app.cli.adding import added, draft_for
from testimony_app.cli.arguments import DONE, add_code, add_vault, opened
from testimony_app.cli.depositing import deposit
from testimony_app.cli.terminal import Terminal
from testimony_app.dropbox.box import DropBox
from testimony_app.i18n.catalogue import _
from testimony_app.intake.backup_recorder import BackupRecorder
from testimony_app.intake.preflight import is_plausible
from testimony_app.intake.taking import WANTED, RecordingSession

EXAMPLE = "govah record ~/vault --seconds 60"


def summary() -> str:
    """Return what the command does."""
    return _("record from a microphone, encrypted from the first second")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    add_code(parser)
    parser.add_argument("--seconds", type=float, required=True, metavar="N", help=_("how long to record"))
    parser.add_argument("--device", default="", metavar="NAME", help=_("the microphone's name"))
    parser.add_argument(
        "--second-recorder", default="", metavar="SERIAL", help=_("a second recorder runs along: its serial number")
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Record for so many seconds; Ctrl-C finishes early and keeps what was said."""
    microphone = terminal.open_microphone()
    # Before anything is written down: a microphone that isn't there must leave no empty draft.
    microphone.probe(arguments.device, WANTED)
    if DropBox.is_one(arguments.vault):
        deposit(arguments.vault, arguments.seconds, arguments.device, microphone, terminal)
        return DONE
    with opened(arguments, terminal) as workspace:
        draft = draft_for(workspace, arguments.code)
        if not is_plausible(terminal.clock.now(), workspace.vault.custody.last_moment()):
            terminal.warn("govah: " + _("the computer's clock cannot be right: it is behind what was written here"))
        if arguments.second_recorder:
            BackupRecorder(workspace.vault, terminal.clock).runs_along(draft.id, arguments.second_recorder)
            terminal.warn(_("Switch the second recorder on, and clap once when the recording has begun."))
        taking = RecordingSession(workspace.vault, microphone, terminal.clock, awake=terminal.awake())
        taking.record_for(
            draft.id,
            arguments.seconds,
            device=arguments.device,
            progress=lambda seconds: terminal.progress(_("Recording"), int(seconds * 10), int(arguments.seconds * 10)),
        )
        added(workspace.interviews.get(draft.id), terminal)
    return DONE
