# SPDX-License-Identifier: Apache-2.0
"""The whole job on a synthetic voice, without a screen: record, seal, carry, verify, find."""

from __future__ import annotations

import argparse
import tempfile
import time
from pathlib import Path

from testimony_app.cli.arguments import DONE
from testimony_app.cli.demonstration import Demonstration
from testimony_app.cli.terminal import Terminal
from testimony_app.i18n.catalogue import _

EXAMPLE = "govah demo --dir /tmp/demo"


def summary() -> str:
    """Return what the command does."""
    return _("do the whole job on a generated voice: record, seal, carry, verify, find")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    parser.add_argument("--dir", type=Path, metavar="DIR", help=_("leave vaults, bundle and keys here"))
    parser.add_argument("--seconds", type=float, default=20.0, metavar="N", help=_("how long the voice is"))


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Run every step and print its figure; without --dir nothing stays."""
    began = time.monotonic()
    if arguments.dir is not None:
        document = Demonstration(arguments.dir, terminal, arguments.seconds).run()
    else:
        with tempfile.TemporaryDirectory(prefix="govah-demo-") as folder:
            document = Demonstration(Path(folder), terminal, arguments.seconds).run()
    terminal.say(_("Done in {seconds} s.").format(seconds=f"{time.monotonic() - began:.1f}"))
    terminal.answer(document)
    return DONE
