# SPDX-License-Identifier: Apache-2.0
"""Changes, adds, drops and lists the ways of opening a vault, the one under duress among them."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from testimony_app.cli.arguments import DONE, add_new_passphrase, add_vault, opened
from testimony_app.cli.terminal import Terminal
from testimony_app.crypto.keyring import Kind
from testimony_app.crypto.secret import Secret
from testimony_app.i18n import limits
from testimony_app.i18n.catalogue import _
from testimony_app.safekeeping import duress, key_file
from testimony_app.vault.errors import NotRemovable
from testimony_app.vault.vault import Vault
from testimony_app.vault.ways import Way, Ways

EXAMPLE = """govah passphrase ~/vault
          govah passphrase ~/vault add --make-key-file /media/stick/half.key
          govah passphrase ~/vault list
          govah passphrase ~/vault drop 3
          govah passphrase ~/vault duress --other ~/second-vault"""
CHANGE, ADD, DROP, LIST, DURESS = "change", "add", "drop", "list", "duress"


def summary() -> str:
    """Return what the command does."""
    return _("change, add, drop or list the ways of opening a vault; changes your own passphrase, if none is named")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    parser.add_argument("act", nargs="?", choices=(CHANGE, ADD, DROP, LIST, DURESS), default=CHANGE)
    parser.add_argument("slot", nargs="?", type=int, metavar="N", help=_("the number of a way, as the list shows it"))
    add_new_passphrase(parser)
    half = parser.add_mutually_exclusive_group()
    half.add_argument(
        "--new-key-file", type=Path, metavar="FILE", help=_("let the new passphrase ask for this file too")
    )
    half.add_argument("--make-key-file", type=Path, metavar="FILE", help=_("the same, with a file that is made now"))
    parser.add_argument(
        "--other", type=Path, metavar="VAULT", help=_("with duress: the vault beside this one that it opens instead")
    )
    parser.add_argument(
        "--erase-others", action="store_true", help=_("with duress: giving it erases every other way of opening")
    )
    parser.set_defaults(wrong_usage=parser.error)


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Do what was asked for, and list the ways that there are then."""
    _check_usage(arguments)
    with opened(arguments, terminal) as workspace:
        ways = workspace.vault.ways
        slot = None if arguments.act == LIST else _change(arguments, terminal, workspace.vault)
        left = ways.all()
    for way in left:
        terminal.say(_line(way))
    document: dict[str, object] = {
        "ways": [{"slot": way.slot, "kind": way.kind.name.lower(), "is_mine": way.is_mine} for way in left]
    }
    terminal.answer(document if slot is None else {"slot": slot} | document)
    return DONE


def _check_usage(arguments: argparse.Namespace) -> None:
    may_have_slot = arguments.act in {DROP, CHANGE}
    if (arguments.act == DROP and arguments.slot is None) or (arguments.slot is not None and not may_have_slot):
        arguments.wrong_usage(_("N goes with drop, which needs it, and with change"))
    is_duress = arguments.act == DURESS
    if (arguments.other is not None) != is_duress or (arguments.erase_others and not is_duress):
        arguments.wrong_usage(_("--other goes with duress, which needs it; so does --erase-others"))


def _change(arguments: argparse.Namespace, terminal: Terminal, vault: Vault) -> int:
    ways = vault.ways
    if arguments.act == DURESS:
        return _set_duress(arguments, terminal, vault)
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


def _set_duress(arguments: argparse.Namespace, terminal: Terminal, vault: Vault) -> int:
    """Say what it doesn't do, ask for the other vault's passphrase, and set it."""
    for sentence in limits.duress(erases=arguments.erase_others):
        terminal.warn("  " + sentence)
    terminal.warn(_("Now the passphrase of the other vault:"))
    with terminal.passphrase(arguments.new_passphrase_file) as passphrase, _second_half(arguments, None) as half:
        found = duress.set_up(vault, arguments.other, passphrase, erases=arguments.erase_others, key_file=half)
    return found.slot


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
        Kind.DURESS: _("a passphrase that opens another vault"),
        Kind.DURESS_ERASING: _("a passphrase that opens another vault and erases these ways"),
    }
    mine = "  " + _("(opened with this one)") if way.is_mine else ""
    return f"  {way.slot}  {kinds.get(way.kind, way.kind.name.lower())}{mine}"
