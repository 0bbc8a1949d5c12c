# SPDX-License-Identifier: Apache-2.0
"""Makes a vault of a backup and reads every byte of it."""

from __future__ import annotations

import argparse
from pathlib import Path

from testimony_app.cli.arguments import DONE, IN_PART, add_key_file, add_passphrase, add_sheets, key_half
from testimony_app.cli.sheets import sheets_of
from testimony_app.cli.terminal import Terminal
from testimony_app.crypto.keyring import Kind
from testimony_app.i18n.catalogue import _
from testimony_app.safekeeping import sheet_words
from testimony_app.safekeeping.errors import SheetsDoNotOpen
from testimony_app.vault import restoring
from testimony_app.vault.check import CheckResult
from testimony_app.vault.errors import WrongPassphrase
from testimony_app.vault.vault import Vault

EXAMPLE = "govah restore /media/disk/archive-backup --to ~/archive"


def summary() -> str:
    """Return what the command does."""
    return _("make a vault of a backup, with a passphrase or recovery sheets of that day, and check it")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("backup", type=Path, metavar="BACKUP", help=_("the backup's folder"))
    parser.add_argument("--to", type=Path, required=True, metavar="VAULT", help=_("an empty or new folder"))
    add_passphrase(parser)
    add_key_file(parser)
    add_sheets(parser)


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Restore, check, and list what is damaged."""
    vault, result = _restored(arguments, terminal)
    vault.lock()
    for found in result.damaged:
        terminal.warn(f"govah: {found.what}: {found.reason}")
    said = _("Restored; all {n} parts are intact.") if result.ok else _("Restored; some of {n} parts are damaged.")
    terminal.say(said.format(n=result.checked))
    if arguments.shares:
        terminal.say(_("Set a new passphrase next: govah recovery VAULT restore"))
    terminal.answer(
        {
            "vault": str(arguments.to),
            "ok": result.ok,
            "checked": result.checked,
            "damaged": [{"what": found.what, "reason": found.reason} for found in result.damaged],
        }
    )
    return DONE if result.ok else IN_PART


def _restored(arguments: argparse.Namespace, terminal: Terminal) -> tuple[Vault, CheckResult]:
    if not arguments.shares:
        with terminal.passphrase(arguments.passphrase_file) as passphrase, key_half(arguments) as half:
            return restoring.restore(arguments.backup, arguments.to, passphrase, clock=terminal.clock, key_file=half)
    with sheet_words.secret_of(sheets_of(arguments, terminal)) as secret:
        try:
            return restoring.restore(arguments.backup, arguments.to, secret, clock=terminal.clock, kind=Kind.RECOVERY)
        except WrongPassphrase as error:
            raise SheetsDoNotOpen from error
