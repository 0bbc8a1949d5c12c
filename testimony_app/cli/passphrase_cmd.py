# SPDX-License-Identifier: Apache-2.0
"""Changes, adds, drops and lists the ways of opening a vault."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from testimony_app.cli.arguments import DONE, add_new_passphrase, add_vault, opened
from testimony_app.cli.terminal import Terminal
from testimony_app.crypto.keyring import Kind
from testimony_app.crypto.secret import Secret
from testimony_app.i18n.catalogue import _
from testimony_app.safekeeping import key_file
from testimony_app.vault.errors import NotRemovable
from testimony_app.vault.ways import Way, Ways

EXAMPLE = """govah passphrase ~/vault
          govah passphrase ~/vault add --make-key-file /media/stick/half.key
          govah passphrase ~/vault list
          govah passphrase ~/vault drop 3"""
CHANGE, ADD, DROP, LIST = "change", "add", "drop", "list"


def summary() -> str:
    """Return what the command does."""
    return _("change, add, drop or list the ways of opening a vault; changes your own passphrase, if none is named")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    parser.add_argument("act", nargs="?", choices=(CHANGE, ADD, DROP, LIST), default=CHANGE)
    parser.add_argument("slot", nargs="?", type=int, metavar="N", help=_("the number of a way, as the list shows it"))
    add_new_passphrase(parser)
    half = parser.add_mutually_exclusive_group()
    half.add_argument(
        "--new-key-file", type=Path, metavar="FILE", help=_("let the new passphrase ask for this file too")
    )
    half.add_argument("--make-key-file", type=Path, metavar="FILE", help=_("the same, with a file that is made now"))
    parser.set_defaults(wrong_usage=parser.error)


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Do what was asked for, and list the ways that there are then."""
    if (arguments.act == DROP and arguments.slot is None) or (arguments.act in {ADD, LIST} and arguments.slot):
        arguments.wrong_usage(_("N goes with drop, which needs it, and with change"))
    with opened(arguments, terminal) as workspace:
        ways = workspace.vault.ways
        slot = None if arguments.act == LIST else _change(arguments, terminal, ways)
        left = ways.all()
    for way in left:
        terminal.say(_line(way))
    document: dict[str, object] = {
        "ways": [{"slot": way.slot, "kind": way.kind.name.lower(), "is_mine": way.is_mine} for way in left]
    }
    terminal.answer(document if slot is None else {"slot": slot} | document)
    return DONE


def _change(arguments: argparse.Namespace, terminal: Terminal, ways: Ways) -> int:
    if arguments.act == DROP:
        slot = _named(arguments, ways).slot
        ways.drop(slot)
        _say_limit(terminal)
        return slot
    way = _named(arguments, ways) if arguments.act == CHANGE else None
    if way is not None and way.kind is Kind.RECOVERY:
        raise NotRemovable
    with terminal.new_passphrase(arguments.new_passphrase_file) as passphrase, _second_half(arguments, way) as half:
        if way is None:
            return ways.add_passphrase(passphrase, key_file=half)
        slot = ways.change(way.slot, passphrase, key_file=half)
    _say_limit(terminal)
    return slot


def _named(arguments: argparse.Namespace, ways: Ways) -> Way:
    """Return the way that was named; to change, one's own when none was."""
    found = [way for way in ways.all() if (way.slot == arguments.slot if arguments.slot is not None else way.is_mine)]
    if not found:
        raise NotRemovable
    return found[0]


@contextmanager
def _second_half(arguments: argparse.Namespace, way: Way | None) -> Iterator[Secret | None]:
    """Hand out the new passphrase's second half: a fresh one, a given one, or the one that it had before."""
    had = way is not None and way.is_mine and way.kind is Kind.PASSPHRASE_AND_FILE
    given = arguments.new_key_file or (arguments.key_file if had else None)
    if arguments.make_key_file is not None:
        with key_file.made(arguments.make_key_file) as half:
            yield half
    elif given is not None:
        with key_file.read(given) as half:
            yield half
    else:
        yield None


def _say_limit(terminal: Terminal) -> None:
    terminal.warn(_("A copy of this vault made before, such as an older backup, still opens the old way."))


def _line(way: Way) -> str:
    kinds = {
        Kind.PASSPHRASE: _("a passphrase"),
        Kind.PASSPHRASE_AND_FILE: _("a passphrase and a file on a stick"),
        Kind.RECOVERY: _("recovery sheets"),
    }
    mine = "  " + _("(opened with this one)") if way.is_mine else ""
    return f"  {way.slot}  {kinds.get(way.kind, way.kind.name.lower())}{mine}"
