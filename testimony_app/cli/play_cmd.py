# SPDX-License-Identifier: Apache-2.0
"""Writes the sound of a testimony to a file or to standard output, as far as the consent allows."""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO

from testimony_app.archive import access, playback
from testimony_app.cli.arguments import DONE, add_vault, opened
from testimony_app.cli.terminal import Terminal
from testimony_app.exchange import landing
from testimony_app.exchange.errors import StickReadOnly
from testimony_app.i18n.catalogue import _
from testimony_app.model.ids import parse_code

EXAMPLE = "govah play ~/archive T-7K2F-Q9 --out heard.flac"


def summary() -> str:
    """Return what the command does."""
    return _("write a testimony's sound to a file; it leaves the vault then (archive only)")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    parser.add_argument("code", metavar="CODE", help=_("the testimony's code"))
    parser.add_argument("--out", required=True, metavar="FILE", help=_("a FLAC file that is not there yet, or -"))
    parser.add_argument(
        "--for",
        dest="use",
        choices=tuple(access.USES),
        default=access.WORK,
        help=_("what it is for; the consent must allow it (default: the archive's own work)"),
    )
    parser.add_argument(
        "--take", type=int, metavar="N", help=_("the take, when there are several; the first otherwise")
    )


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Ask the consent, warn, write, and log it."""
    with opened(arguments, terminal) as workspace:
        testimony = workspace.interviews.by_code(parse_code(arguments.code))
        terminal.warn("govah: " + _("what is written is not encrypted, and nobody can call it back"))
        with _target(arguments.out) as target:
            played = playback.write_out(workspace.vault, testimony, target, use=arguments.use, take=arguments.take or 0)
    document = {
        "code": testimony.code,
        "file": arguments.out,
        "take": played.take,
        "seconds": round(played.seconds, 3),
        "for": arguments.use,
    }
    if arguments.out != "-":
        terminal.say(_("{code}: written").format(code=testimony.code))
        terminal.answer(document)
    return DONE


@contextmanager
def _target(out: str) -> Iterator[BinaryIO]:
    if out == "-":
        yield sys.stdout.buffer
        sys.stdout.buffer.flush()
        return
    path = Path(out)
    with landing.told_plainly():
        # For its owner alone, never over a file that is there, and none is left when something fails.
        try:
            descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_BINARY", 0), 0o600)
        except FileExistsError:
            raise StickReadOnly(exists=True) from None
        try:
            with os.fdopen(descriptor, "wb") as file:
                yield file
        except BaseException:
            path.unlink(missing_ok=True)
            raise
