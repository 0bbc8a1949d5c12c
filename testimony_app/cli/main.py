# SPDX-License-Identifier: Apache-2.0
"""Parses, opens the vault, runs one command, turns an error into a message and an exit code.

Exit status: 0 done, 1 refused or failed, 2 wrong usage, 3 done in part, 130 interrupted. Without a
command the desktop opens; that is `testimony_app.__main__`'s business, above this layer.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from types import ModuleType
from typing import TYPE_CHECKING

import msgspec

from testimony_app import __version__, diagnostics, places, settings
from testimony_app.cli.terminal import Terminal
from testimony_app.errors import GovahError
from testimony_app.i18n import catalogue, messages
from testimony_app.i18n.catalogue import _
from testimony_app.machine import Awake, Unheld

if TYPE_CHECKING:
    from testimony_app.audio.ports import Microphone

COMMANDS = (
    "create", "card", "trust", "record", "add", "list", "show", "amend", "seal", "export", "verify", "import",
    "receipts", "guide", "remove", "search", "play", "recovery", "passphrase", "check", "backup", "restore", "border",
    "dropbox", "unseal", "demo",
)  # fmt: skip
REFUSED, INTERRUPTED = 1, 130
_ISOLATES = {0x2066: None, 0x2067: None, 0x2068: None, 0x2069: None}


def main(
    argv: Sequence[str] | None = None,
    *,
    terminal: Terminal | None = None,
    microphone: Callable[[], Microphone] | None = None,
    awake: Callable[[], Awake] = Unheld,
) -> int:
    """Run one command and return its exit status; nothing is raised but SystemExit for wrong usage."""
    terminal = terminal or Terminal(microphone=microphone, awake=awake)
    _speak_the_users_language()
    arguments = _parser().parse_args(sys.argv[1:] if argv is None else argv)
    terminal.as_json = arguments.as_json
    try:
        return int(_module(arguments.command).run(arguments, terminal))
    except GovahError as error:
        return _refuse(error, terminal)
    except KeyboardInterrupt:
        terminal.warn("govah: " + _("interrupted; nothing was left half done"))
        return INTERRUPTED
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return REFUSED
    except Exception as error:
        return _bug(error, terminal)


def commands() -> tuple[str, ...]:
    """Return every verb, in the order in which a testimony meets them."""
    return COMMANDS


def _refuse(error: Exception, terminal: Terminal) -> int:
    message = _bare(messages.describe(error))
    shown = "" if isinstance(error, GovahError) else f" ({message.code})"
    terminal.warn("govah: " + messages.one_line(message) + shown)
    document = {"code": message.code, "what": message.what, "safe": message.safe, "next": message.next_step}
    terminal.answer({"error": document})
    return REFUSED


def _bare(message: messages.Message) -> messages.Message:
    """Return a message without the isolates that windows need: a terminal shows them as boxes."""
    words = {name: getattr(message, name).translate(_ISOLATES) for name in ("what", "safe", "next_step")}
    return msgspec.structs.replace(message, **words)


def _bug(error: Exception, terminal: Terminal) -> int:
    """Say a mistake of ours like any other trouble, with a code that tells the developers where."""
    diagnostics.note("govah.bug", place=f"govah.bug-{messages.bug_code(error)}")
    return _refuse(error, terminal)


def _speak_the_users_language() -> None:
    catalogue.set_language(settings.load(places.settings_file()).language)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="govah",
        description=_("Takes, carries and keeps witness testimony, offline."),
        epilog=_("Without a command, the desktop opens: govah [open] [VAULT], or govah --practice"),
    )
    parser.add_argument("--version", action="version", version=f"govah {__version__}")
    verbs = parser.add_subparsers(dest="command", metavar=_("COMMAND"), required=True)
    for name in COMMANDS:
        module = _module(name)
        verb = verbs.add_parser(
            name,
            help=module.summary(),
            description=module.summary(),
            epilog=_("Example:") + "  " + module.EXAMPLE,
            formatter_class=argparse.RawDescriptionHelpFormatter,
        )
        verb.add_argument("--json", dest="as_json", action="store_true", help=_("print one JSON document"))
        module.configure(verb)
    return parser


def _module(command: str) -> ModuleType:
    return import_module(f"testimony_app.cli.{command}_cmd")
