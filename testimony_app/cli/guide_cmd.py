# SPDX-License-Identifier: Apache-2.0
"""Sends the self-recording questions in the archive's own voice, and takes in what an archive sent."""

from __future__ import annotations

import argparse
from pathlib import Path

from testimony_app.cli.arguments import DONE, add_vault, opened
from testimony_app.cli.terminal import Terminal
from testimony_app.exchange import guide_file, voices_file
from testimony_app.i18n.catalogue import _
from testimony_app.intake.guides import Guides
from testimony_app.intake.voices import Voices
from testimony_app.workspace import Workspace

EXAMPLE = """govah guide ~/archive --voices ~/questions --language fa --out /media/stick
          govah guide ~/vault --take /media/stick/M3KX9Q2A.GDV"""


def summary() -> str:
    """Return what the command does."""
    return _("send recorded questions to your interviewers, or take in an archive's")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    wish = parser.add_mutually_exclusive_group(required=True)
    wish.add_argument("--voices", type=Path, metavar="DIR", help=_("sound files named by question, like place.wav"))
    wish.add_argument("--take", type=Path, metavar="F", help=_("a guide or recorded questions from the archive"))
    parser.add_argument("--language", default="", metavar="CODE", help=_("the language that is spoken, like fa"))
    parser.add_argument("--out", type=Path, default=Path(), metavar="DIR", help=_("where the sealed file is written"))


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Write one sealed file for every interviewer, or take one in."""
    with opened(arguments, terminal) as workspace:
        if arguments.take is not None:
            _take(workspace, arguments.take, terminal)
        else:
            _send(workspace, arguments, terminal)
    return DONE


def _send(workspace: Workspace, arguments: argparse.Namespace, terminal: Terminal) -> None:
    guide_file.collectors(workspace.vault)
    body, sound = Voices(workspace.vault).recorded(arguments.voices, arguments.language)
    path = voices_file.write(workspace.vault, body, sound, arguments.out)
    terminal.say(_("Written: {file}. Only your interviewers can open it.").format(file=path.name))
    terminal.answer({"file": str(path), "language": arguments.language})


def _take(workspace: Workspace, path: Path, terminal: Terminal) -> None:
    vault, language = workspace.vault, ""
    if path.suffix.upper() == voices_file.SUFFIX:
        voices = voices_file.read(vault, path)
        archive = voices.archive.card.name
        language = Voices(vault).take(voices.body, voices.sound, voices.archive.fingerprint)
        terminal.say(_("From now on {archive} reads the questions aloud.").format(archive=archive))
    else:
        taken = guide_file.read(vault, path)
        archive = Guides(vault).take(taken.body, taken.archive.card.name, taken.archive.fingerprint).archive
        terminal.say(_("From now on: the guide of {archive}.").format(archive=archive))
    terminal.answer({"archive": archive, "language": language})
