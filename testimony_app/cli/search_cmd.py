# SPDX-License-Identifier: Apache-2.0
"""Lists what a search finds."""

from __future__ import annotations

import argparse

from testimony_app.archive.catalogue import People
from testimony_app.cli.arguments import DONE, add_vault, opened
from testimony_app.cli.terminal import Terminal
from testimony_app.i18n.catalogue import _, ngettext
from testimony_app.model.listing import Hits

EXAMPLE = "govah search ~/archive gohardasht"
MARKS = str.maketrans({"\x02": "[", "\x03": "]"})
NO_MARKS = str.maketrans({"\x02": None, "\x03": None})


def summary() -> str:
    """Return what the command does."""
    return _("find words and names, in either script; a collector's vault looks through its drafts")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)
    parser.add_argument("query", metavar="QUERY")
    parser.add_argument("--people", action="store_true", help=_("look for people who are named"))


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Print the hits, best first."""
    with opened(arguments, terminal) as workspace:
        if arguments.people:
            people = workspace.people(arguments.query)
            return _say_people(people, terminal)
        found: Hits = workspace.search(arguments.query)
    for hit in found.hits:
        terminal.say(f"{hit.code}  {hit.snippet.translate(MARKS)}")
    terminal.say(ngettext("{n} testimony", "{n} testimonies", found.total).format(n=found.total))
    terminal.answer(
        {
            "hits": [
                {"code": hit.code, "snippet": hit.snippet.translate(NO_MARKS), "seconds": hit.seconds}
                for hit in found.hits
            ],
            "total": found.total,
            "milliseconds": round(found.milliseconds, 3),
        }
    )
    return DONE


def _say_people(found: People, terminal: Terminal) -> int:
    for person in found.people:
        terminal.say(f"{person.score:.2f}  {person.name}  {', '.join(person.testimonies)}")
    terminal.answer(
        {
            "people": [
                {
                    "name": person.name,
                    "names": list(person.names),
                    "testimonies": list(person.testimonies),
                    "score": round(person.score, 4),
                }
                for person in found.people
            ],
            "milliseconds": round(found.milliseconds, 3),
        }
    )
    return DONE
