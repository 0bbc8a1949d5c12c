# SPDX-License-Identifier: Apache-2.0
"""Brings a backup up to a vault's present state; every copy is read back."""

from __future__ import annotations

import argparse
from pathlib import Path

from testimony_app.cli.arguments import DONE, add_vault, opened
from testimony_app.cli.terminal import Terminal
from testimony_app.i18n.catalogue import _

EXAMPLE = "govah backup ~/archive --to /media/disk/archive-backup"


def summary() -> str:
    """Return what the command does."""
    return _("make or renew a second copy of a vault: encrypted as the vault is, only what is new is copied")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help=_("a new folder, or an older backup"))


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Copy, read back, and say how much it was."""
    with opened(arguments, terminal) as workspace:
        done = workspace.back_up(
            arguments.to, progress=lambda part, whole: terminal.progress(_("Backing up"), part, whole)
        )
    terminal.say(
        _("Backed up: {copied} files copied and read back, {kept} were there already.").format(
            copied=done.copied, kept=done.kept
        )
    )
    terminal.say(_("It opens as the vault does today: with its passphrases and recovery sheets."))
    terminal.answer({"backup": str(arguments.to), "copied": done.copied, "kept": done.kept, "bytes": done.byte_count})
    return DONE
