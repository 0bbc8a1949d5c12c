# SPDX-License-Identifier: Apache-2.0
"""Adds sound files, text, attachments and details to a draft."""

from __future__ import annotations

import argparse
from functools import partial
from pathlib import Path

from testimony_app.cli.adding import added, draft_for
from testimony_app.cli.arguments import DONE, add_code, add_vault, opened
from testimony_app.cli.details import apply_details, read_details
from testimony_app.cli.second_recorder import (
    add_second_recorder,
    lay_beside,
    must_have_a_take,
    second_recorder_files,
)
from testimony_app.cli.terminal import Terminal
from testimony_app.i18n.catalogue import _
from testimony_app.intake.errors import AttachmentUnreadable
from testimony_app.intake.reading import read_document
from testimony_app.model.ids import TestimonyId
from testimony_app.model.testimony import Kind
from testimony_app.workspace import Workspace

KEPT_AS_THEY_CAME = frozenset({".docx", ".odt", ".pdf"})
"""Documents hold more than their words; a plain text file does not."""
EXAMPLE = "govah add ~/vault --audio telephone.m4a --text statement.txt --details details.json"


def summary() -> str:
    """Return what the command does."""
    return _("add sound files, a written statement, attachments or details to a draft")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    add_code(parser)
    parser.add_argument("--audio", type=Path, action="append", default=[], metavar="F")
    parser.add_argument("--text", type=Path, metavar="F", help=_("a text file, a .docx, an .odt or a .pdf"))
    parser.add_argument("--attach", type=Path, action="append", default=[], metavar="F")
    add_second_recorder(parser)
    parser.add_argument("--details", type=Path, metavar="F.json", help=_("witness, languages, people ..."))


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Read every file first, so that a bad one leaves no half-filled draft."""
    text = _read_text(arguments.text) if arguments.text else None
    details = read_details(arguments.details) if arguments.details else None
    must_have_a_take(arguments)
    for path in [*arguments.audio, *arguments.attach, *second_recorder_files(arguments)]:
        _must_be_readable(path)
    kind = Kind.IMPORTED if arguments.audio else Kind.WRITTEN if text is not None else Kind.INTERVIEW
    with opened(arguments, terminal) as workspace:
        is_new = not arguments.code
        draft = draft_for(workspace, arguments.code, details.kind if details and details.kind else kind)
        try:
            if details is not None:
                apply_details(workspace, draft.id, details, terminal.clock)
            language = (details.languages or ("",))[0] if details else ""
            lay_beside(workspace, draft.id, arguments, terminal)
            _fill(workspace, draft.id, arguments, text, language, terminal)
        except BaseException:
            if is_new:
                workspace.interviews.erase(draft.id)
            raise
        added(workspace.interviews.get(draft.id), terminal)
    return DONE


def _fill(
    workspace: Workspace,
    draft: TestimonyId,
    arguments: argparse.Namespace,
    text: str | None,
    language: str,
    terminal: Terminal,
) -> None:
    for path in arguments.audio:
        told = partial(terminal.progress, _("Taking in {file}").format(file=path.name))
        if workspace.take_sound(draft, path, progress=told) is None:
            terminal.warn(
                _("{file}: no sound could be read from it, so it is kept as an attachment").format(file=path.name)
            )
    if text is not None:
        workspace.interviews.save_statement(draft, text, language, new_version=True)
        if arguments.text.suffix.lower() in KEPT_AS_THEY_CAME:
            workspace.interviews.attach(draft, arguments.text)
    for path in arguments.attach:
        workspace.interviews.attach(draft, path)


def _read_text(path: Path) -> str:
    _must_be_readable(path)
    return read_document(path)


def _must_be_readable(path: Path) -> None:
    try:
        with path.open("rb"):
            return
    except OSError as error:
        raise AttachmentUnreadable from error
