# SPDX-License-Identifier: Apache-2.0
"""Copies sealed bundles to a stick or folder, and reads every copy back."""

from __future__ import annotations

import argparse
from pathlib import Path

from testimony_app.cli.arguments import add_codes, add_vault, exit_status, opened
from testimony_app.cli.terminal import Terminal
from testimony_app.i18n import messages
from testimony_app.i18n.catalogue import _
from testimony_app.model.ids import parse_code

EXAMPLE = "govah export ~/vault --to /media/stick"


def summary() -> str:
    """Return what the command does."""
    return _("copy sealed testimonies to a stick; every sealed one not yet carried, if none is named")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    add_codes(parser)
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help=_("the stick or folder"))


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Write, read back, compare; a file that isn't whole never gets its name."""
    with opened(arguments, terminal) as workspace:
        result = workspace.export(
            arguments.to,
            tuple(parse_code(code) for code in arguments.codes),
            progress=lambda done, total: terminal.progress(_("Exporting"), done, total),
        )
    for one in result.written:
        terminal.say(
            _("{code}: {files} files, {bytes} bytes, read back and equal").format(
                code=one.code, files=len(one.files), bytes=one.byte_count
            )
        )
    for refused in result.refused:
        terminal.warn(f"govah: {refused.code}: " + messages.one_line(messages.describe(refused.error)))
    if not result.written and not result.refused:
        terminal.say(_("Nothing waits for export."))
    terminal.answer(
        {
            "written": [
                {
                    "code": w.code,
                    "files": [str((arguments.to / name).absolute()) for name in w.files],
                    "bytes": w.byte_count,
                    "sha256": w.sha256,
                }
                for w in result.written
            ],
            "refused": [{"code": r.code, "reason": r.error.code} for r in result.refused],
        }
    )
    return exit_status(len(result.written), len(result.refused))
