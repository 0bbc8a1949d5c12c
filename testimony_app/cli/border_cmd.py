# SPDX-License-Identifier: Apache-2.0
"""Seals and carries out everything, proves the copies, and leaves an empty vault behind."""

from __future__ import annotations

import argparse
from pathlib import Path

from testimony_app import border
from testimony_app.border import HeldUp, Left
from testimony_app.cli.arguments import DONE, REFUSED, add_vault, key_half
from testimony_app.cli.terminal import Terminal
from testimony_app.i18n import messages
from testimony_app.i18n.catalogue import _
from testimony_app.workspace import open_workspace

EXAMPLE = """govah border ~/vault --to /media/stick

Every draft is sealed, every sealed testimony copied to the folder, and every copy read back and compared.
Only then all keys are dropped, and an empty vault with the same passphrase stands in the old one's place.
If anything can't be sealed or copied, nothing is dropped. Partners' cards go too: exchange them anew.
A disk with flash memory may keep old pieces that nobody can erase. An empty vault can be seen to be new."""


def summary() -> str:
    """Return what the command does."""
    return _("before a border: seal and carry out everything, compare the copies, leave an empty vault")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    parser.add_argument("--to", type=Path, required=True, metavar="DIR", help=_("the stick or folder"))


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Leave, or say what holds it up; one that is held up has lost nothing."""
    try:
        left = _leave(arguments, terminal)
    except HeldUp as held:
        refused = [{"code": one.code, "reason": one.error.code} for one in held.obstacles]
        for one in held.obstacles:
            terminal.warn(f"govah: {one.code}: " + messages.one_line(messages.describe(one.error)))
        terminal.warn("govah: " + messages.one_line(messages.describe(held)))
        terminal.answer({"left": False, "refused": refused})
        return REFUSED
    terminal.say(
        _("{n} testimonies carried out, {bytes} bytes, every copy read back and equal.").format(
            n=len(left.carried), bytes=left.byte_count
        )
    )
    terminal.say(_("All keys are dropped; the vault is empty and new. Its safety number is"))
    terminal.say("  " + left.safety_number)
    terminal.answer(
        {
            "left": True,
            "sealed": left.sealed,
            "written": [
                {"code": one.code, "files": one.files, "bytes": one.byte_count, "sha256": one.sha256}
                for one in left.carried
            ],
            "refused": [],
            "safety_number": left.safety_number,
        }
    )
    return DONE


def _leave(arguments: argparse.Namespace, terminal: Terminal) -> Left:
    steps = {
        border.SEALING: _("Sealing"),
        border.EXPORTING: _("Exporting"),
        border.COMPARING: _("Comparing"),
        border.DROPPING: _("Dropping keys"),
    }
    with terminal.passphrase(arguments.passphrase_file) as passphrase:
        with key_half(arguments) as half:
            workspace = open_workspace(arguments.vault, passphrase, clock=terminal.clock, key_file=half)
        try:
            return border.leave(
                workspace,
                arguments.to,
                passphrase,
                progress=lambda step, done, total: terminal.progress(steps[step], done, total),
            )
        finally:
            workspace.close()
