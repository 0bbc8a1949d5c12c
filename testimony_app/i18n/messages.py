# SPDX-License-Identifier: Apache-2.0
"""An error code becomes a sentence and what to do next.

Every error of ours has words here; anything else is a bug of ours and gets one calm sentence and a short code
made from the place in the program, never from what it was working on.
"""

from __future__ import annotations

import hashlib
import traceback
from pathlib import PurePath

import msgspec

from testimony_app.errors import Damage, Fact, GovahError, Refusal
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import auto, digits
from testimony_app.i18n.measures import durations, sizes
from testimony_app.i18n.sentences import (
    archive,
    audio,
    cli,
    crypto,
    dropbox,
    exchange,
    general,
    intake,
    safekeeping,
    vault,
)
from testimony_app.i18n.sentences.wording import Sentences
from testimony_app.i18n.terms import custody, finding_warning, kind, outcome, recovered, state

__all__ = [
    "TABLE",
    "Message",
    "bug_code",
    "custody",
    "describe",
    "finding_warning",
    "in_words",
    "kind",
    "one_line",
    "outcome",
    "recovered",
    "state",
]

_ROOMS = (general, crypto, audio, vault, intake, exchange, archive, safekeeping, dropbox, cli)
TABLE: dict[str, Sentences] = {code: words for room in _ROOMS for code, words in room.SENTENCES.items()}


class Message(msgspec.Struct, frozen=True):
    """An error for a person, in the language in use."""

    what: str
    safe: str
    next_step: str
    code: str


def describe(error: BaseException) -> Message:
    """Return the words for an error; one that is no error of ours is described as a bug."""
    if isinstance(error, GovahError):
        return in_words(error.code, error.facts, family=type(error))
    return in_words("govah.bug", {}, shown_code=f"govah.bug-{bug_code(error)}")


def in_words(
    code: str,
    facts: dict[str, Fact] | None = None,
    *,
    family: type[GovahError] = Refusal,
    shown_code: str = "",
) -> Message:
    """Return the words for a code alone, as a report or a list of reasons has it."""
    fallback = Damage.code if issubclass(family, Damage) else Refusal.code
    words = TABLE.get(code, TABLE[fallback])
    shown = _Shown({name: _show(name, fact) for name, fact in (facts or {}).items()})
    what, safe, next_step = (_(sentence).format_map(shown) for sentence in words)
    return Message(what=what, safe=safe, next_step=next_step, code=shown_code or code)


def one_line(message: Message) -> str:
    """Return a message as the command line prints it: what happened; what is safe; what to do."""
    parts = (part.strip().rstrip(".") for part in (message.what, message.safe, message.next_step))
    return "; ".join(part for part in parts if part)


def bug_code(error: BaseException) -> str:
    """Return six characters that are the same for the same mistake of ours, and tell nothing else."""
    frames = traceback.extract_tb(error.__traceback__)
    places = [f"{PurePath(frame.filename).name}:{frame.name}:{frame.lineno}" for frame in frames]
    trail = "\n".join([type(error).__name__, *places])
    return hashlib.sha256(trail.encode()).hexdigest()[:6]


class _Shown(dict[str, str]):
    """Facts ready to be read; one that is missing leaves an ellipsis, not a second error."""

    def __missing__(self, name: str) -> str:
        return "\u2026"


def _show(name: str, fact: Fact) -> str:
    if isinstance(fact, (int, float)) and not isinstance(fact, bool):
        if name.endswith(("bytes", "byte_count", "size", "needed", "free")):
            return sizes(fact)
        if name.endswith("seconds"):
            return durations(fact)
        return digits(f"{fact:g}" if isinstance(fact, float) else fact)
    return auto(str(fact))
