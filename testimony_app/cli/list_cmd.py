# SPDX-License-Identifier: Apache-2.0
"""Lists the testimonies of a vault."""

from __future__ import annotations

import argparse

from testimony_app.cli.arguments import DONE, add_vault, opened
from testimony_app.cli.terminal import Terminal
from testimony_app.i18n import messages
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.measures import durations
from testimony_app.model.listing import Row
from testimony_app.workspace import Workspace

EXAMPLE = "govah list ~/vault"
ROWS_AT_ONCE = 500


def summary() -> str:
    """Return what the command does."""
    return _("list the testimonies of a vault")


def configure(parser: argparse.ArgumentParser) -> None:
    """Add the command's arguments."""
    add_vault(parser)


def run(arguments: argparse.Namespace, terminal: Terminal) -> int:
    """Print one line for each testimony."""
    with opened(arguments, terminal) as workspace:
        rows = _all_rows(workspace)
    for row in rows:
        state = messages.state(row.state)
        terminal.say(f"{row.code}  {state:<12}  {durations(row.seconds):>12}  {', '.join(row.languages)}")
    if not rows:
        terminal.say(_("No testimonies yet."))
    terminal.answer({"testimonies": [_document(row) for row in rows]})
    return DONE


def _all_rows(workspace: Workspace) -> list[Row]:
    rows: list[Row] = []
    while True:
        page = workspace.vault.testimonies.rows(len(rows), ROWS_AT_ONCE)
        rows.extend(page.rows)
        if not page.more:
            return rows


def _document(row: Row) -> dict[str, object]:
    return {
        "code": row.code,
        "state": row.state.value,
        "kind": row.kind.value,
        "languages": list(row.languages),
        "seconds": round(row.seconds, 3),
        "created": row.created,
        "words": row.word_count,
        "remark": row.remark,
    }
