# SPDX-License-Identifier: Apache-2.0
"""What the page of a changed consent gets shown and hands up."""

from __future__ import annotations

import msgspec

from testimony_app.model.consent import Answer, ConsentKind
from testimony_app.model.testimony import State


class Standing(msgspec.Struct, frozen=True):
    """The testimony that somebody speaks about."""

    code: str
    state: State
    is_archive: bool
    questions: tuple[tuple[str, str, str], ...]
    """Purpose, what is asked, a line of help; in the reader's language."""
    answers: dict[str, Answer] | None = None
    """What holds now; None where this computer can't know it."""
    objections: int = 0
    """How many objections of third parties are open, as far as this computer knows."""


class Wish(msgspec.Struct, frozen=True):
    """What the witness says now; empty is as before."""

    answers: dict[str, Answer] = {}
    identity_level: str = ""
    release: str = ""
    review_year: int | None = None
    is_withdrawal: bool = False
    wish: str = ""
    kind: ConsentKind | None = None
    """An objection or a proxy; else told by what is said."""
    given_by: str = "witness"
    note: str = ""

    def says_nothing(self) -> bool:
        """Tell whether nothing changes."""
        return msgspec.structs.replace(self, given_by="witness") == Wish()
