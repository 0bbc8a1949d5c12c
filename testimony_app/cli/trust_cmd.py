# SPDX-License-Identifier: Apache-2.0
"""Pins a partner's card after its safety number was compared, lists the cards that were, and withdraws one."""

from __future__ import annotations

import argparse
from pathlib import Path

from testimony_app.cli.arguments import DONE, add_vault, opened
from testimony_app.cli.terminal import Terminal
from testimony_app.exchange import trust
from testimony_app.exchange.standing import Standing
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.dates import show_day
from testimony_app.model.partner import Card, Partner
from testimony_app.workspace import Workspace

EXAMPLE = """govah trust ~/vault archive.card --safety-number "12345 67890 …"
          govah trust ~/vault
          govah trust ~/vault "The archive" --revoke"""


def summary() -> str:
    """Return what the command does."""
    return _("trust a partner's card, list those that are trusted, or withdraw one; refuses when the number differs")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    parser.add_argument(
        "card",
        nargs="?",
        metavar="CARD",
        help=_("the partner's card file; with --revoke also its name, or the beginning of its fingerprint"),
    )
    act = parser.add_mutually_exclusive_group()
    act.add_argument("--safety-number", metavar="NUMBER", help=_("the number the partner read to you"))
    act.add_argument(
        "--revoke", action="store_true", help=_("never again trust this card, or any other with one of its keys")
    )
    parser.set_defaults(wrong_usage=parser.error)


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Pin, list or withdraw."""
    if arguments.card is None and (arguments.revoke or arguments.safety_number is not None):
        arguments.wrong_usage(_("which card?"))
    if arguments.card is not None and not arguments.revoke and arguments.safety_number is None:
        arguments.wrong_usage(_("--safety-number is missing: the number the partner read to you"))
    with opened(arguments, terminal) as workspace:
        if arguments.card is None:
            _list(workspace, terminal)
        elif arguments.revoke:
            _revoke(arguments.card, workspace, terminal)
        else:
            _trust(arguments, workspace, terminal)
    return DONE


def _trust(arguments: argparse.Namespace, workspace: Workspace, terminal: Terminal) -> None:
    before = _trusted(workspace)
    partner = workspace.trust(Path(arguments.card), arguments.safety_number)
    replaced = [one for one in before.values() if one.fingerprint not in _trusted(workspace)]
    terminal.say(_("Trusted: {name}").format(name=partner.card.name))
    for old in replaced:
        terminal.say(_("It takes the place of the card “{name}”, which is withdrawn.").format(name=old.card.name))
    if partner.card.valid_until:
        terminal.say(_until(partner.card))
    terminal.answer(
        {
            "trusted": partner.fingerprint,
            "name": partner.card.name,
            "role": partner.card.role.value,
            "valid_until": partner.card.valid_until,
            "replaced": [one.fingerprint for one in replaced],
        }
    )


def _revoke(named: str, workspace: Workspace, terminal: Terminal) -> None:
    file = Path(named)
    gone = workspace.revoke(trust.read_card_file(file).fingerprint if file.is_file() else named)
    for one in gone:
        terminal.say(_("Withdrawn: {name}").format(name=one.card.name))
    if not gone:
        terminal.say(_("It was withdrawn before."))
    terminal.say(_("Nothing that its owner signs from now on is taken in; what is here stays."))
    terminal.answer({"revoked": [one.fingerprint for one in gone]})


def _list(workspace: Workspace, terminal: Terminal) -> None:
    partners = workspace.partners()
    for partner, standing in partners:
        terminal.say(f"{partner.fingerprint[:16]}  {partner.card.name}  {_in_words(partner, standing)}")
    if not partners:
        terminal.say(_("No card was compared here yet."))
    terminal.answer({"partners": [_document(partner, standing) for partner, standing in partners]})


def _in_words(partner: Partner, standing: Standing) -> str:
    card = partner.card
    if standing is Standing.REVOKED:
        return _("withdrawn on {day}").format(day=show_day(partner.revoked_at[:10]))
    if standing is Standing.REPLACED:
        return _("a newer card took its place on {day}").format(day=show_day(partner.revoked_at[:10]))
    if standing is Standing.EXPIRED:
        return _("not valid since {day}: ask for a new card").format(day=show_day(card.valid_until))
    if standing is Standing.NOT_YET_VALID:
        return _("not valid before {day}").format(day=show_day(card.valid_from))
    return _until(card) if card.valid_until else _("trusted")


def _until(card: Card) -> str:
    return _("trusted, valid until {day}").format(day=show_day(card.valid_until))


def _document(partner: Partner, standing: Standing) -> dict[str, object]:
    card = partner.card
    return {
        "fingerprint": partner.fingerprint,
        "name": card.name,
        "role": card.role.value,
        "standing": standing.value,
        "trusted_at": partner.trusted_at,
        "revoked_at": partner.revoked_at,
        "valid_from": card.valid_from,
        "valid_until": card.valid_until,
        "keepers": bool(card.keepers),
    }


def _trusted(workspace: Workspace) -> dict[str, Partner]:
    return {one.fingerprint: one for one, standing in workspace.partners() if not one.revoked_at}
