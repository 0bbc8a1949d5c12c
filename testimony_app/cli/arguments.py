# SPDX-License-Identifier: Apache-2.0
"""Arguments that several commands share, and the vault opened from them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from testimony_app.cli.terminal import Terminal
from testimony_app.crypto.secret import Secret
from testimony_app.i18n import messages
from testimony_app.i18n.catalogue import _
from testimony_app.safekeeping import key_file
from testimony_app.workspace import Workspace, open_workspace

DONE, REFUSED, IN_PART = 0, 1, 3


def add_vault(parser: argparse.ArgumentParser) -> None:
    """Add the vault's folder and the way its passphrase is given."""
    parser.add_argument("vault", type=Path, metavar="VAULT", help=_("the vault's folder"))
    add_passphrase(parser)
    add_key_file(parser)


def add_passphrase(parser: argparse.ArgumentParser) -> None:
    """Add --passphrase-file."""
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar="FILE",
        help=_("take the passphrase from the first line of FILE (- is standard input)"),
    )


def add_key_file(parser: argparse.ArgumentParser) -> None:
    """Add --key-file, the second half of a passphrase."""
    parser.add_argument(
        "--key-file",
        type=Path,
        metavar="FILE",
        help=_("the passphrase's second half on a stick, where the vault asks for both"),
    )


def add_new_passphrase(parser: argparse.ArgumentParser) -> None:
    """Add --new-passphrase-file."""
    parser.add_argument(
        "--new-passphrase-file",
        type=Path,
        metavar="FILE",
        help=_("take the new passphrase from the first line of FILE (- is standard input)"),
    )


def add_sheets(parser: argparse._ActionsContainer) -> None:
    """Add --share, once for each recovery sheet."""
    parser.add_argument(
        "--share",
        dest="shares",
        type=Path,
        action="append",
        default=[],
        metavar="F",
        help=_("a recovery sheet: its file, or a text with its words (- is standard input); once for each"),
    )


def add_code(parser: argparse.ArgumentParser) -> None:
    """Add an optional testimony code."""
    parser.add_argument("code", nargs="?", metavar="CODE", help=_("an existing draft; a new one otherwise"))


def add_codes(parser: argparse.ArgumentParser) -> None:
    """Add any number of testimony codes."""
    parser.add_argument("codes", nargs="*", metavar="CODE", help=_("codes of testimonies"))


@contextmanager
def opened(arguments: argparse.Namespace, terminal: Terminal) -> Iterator[Workspace]:
    """Open the vault that the arguments name, and lock it again; says what a crash had left."""
    with terminal.passphrase(arguments.passphrase_file) as passphrase, key_half(arguments) as half:
        workspace = open_workspace(arguments.vault, passphrase, clock=terminal.clock, key_file=half)
    try:
        for found in workspace.recovered:
            terminal.warn("govah: " + messages.recovered(found.code, found.seconds))
        yield workspace
    finally:
        workspace.close()


@contextmanager
def key_half(arguments: argparse.Namespace) -> Iterator[Secret | None]:
    """Hand out the second half of the passphrase, if one was named."""
    path = getattr(arguments, "key_file", None)
    if path is None:
        yield None
        return
    with key_file.read(path) as half:
        yield half


def exit_status(done: int, refused: int) -> int:
    """Return 0 when all was done, 3 when part was, 1 when nothing was."""
    if not refused:
        return DONE
    return IN_PART if done else REFUSED
