# SPDX-License-Identifier: Apache-2.0
"""The plain words of a document that somebody brings: txt, docx, odt and pdf, read in a confined process.

The document itself is attached as it came; its words may become the written testimony, for which they need no
form but paragraphs. What can't be read as text (photographed pages, older formats) is an attachment and nothing more.
"""

from __future__ import annotations

import os
from pathlib import Path
from typing import Annotated

import msgspec
from msgspec import Meta

from testimony_app.confined import giving_up, pipes
from testimony_app.confined.child import Child
from testimony_app.intake import looking
from testimony_app.intake.errors import TextUnreadable

FIRST_ARGUMENT = "--reading-child"
_MODULE = "testimony_app.intake.reading_child"
_MIB = 1 << 20
LONGEST_TEXT = 4 * _MIB
"""More than a thousand pages: whoever wrote more brings it in parts."""
LONGEST_FILE = 256 * _MIB
MESSAGE_MAX = 20 * _MIB
SILENCE_SECONDS = 30.0
BOUNDS = giving_up.Bounds(
    memory=768 * _MIB, processor_seconds=60, open_files=32, file_bytes=0, silence_seconds=SILENCE_SECONDS
)
PDF = ".pdf"
ENDINGS = frozenset({".txt", ".text", ".md", ".docx", ".odt", PDF})


class Task(msgspec.Struct, frozen=True):
    """What the child shall read."""

    path: str


class Read(msgspec.Struct, frozen=True, tag="read"):
    """Its words, a line for each paragraph."""

    text: Annotated[str, Meta(max_length=LONGEST_TEXT)]


class Unreadable(msgspec.Struct, frozen=True, tag="unreadable"):
    """It holds no text that can be read, or too much."""


_answers = msgspec.msgpack.Decoder(Read | Unreadable)


def may_hold_text(path: Path) -> bool:
    """Tell whether a file's name is one of a document that we read."""
    return path.suffix.lower() in ENDINGS


def read_document(path: Path) -> str:
    """Return a document's words. Raises TextUnreadable."""
    if path.suffix.lower() == PDF:
        return _read_pdf(path)
    with Child(_MODULE, FIRST_ARGUMENT, silence_seconds=SILENCE_SECONDS) as child:
        try:
            child.tell(Task(str(path.absolute())))
            answer: Read | Unreadable = _answers.decode(pipes.receive(child, MESSAGE_MAX))
        except (BrokenPipeError, pipes.Silence, msgspec.DecodeError):
            raise TextUnreadable from None
    if isinstance(answer, Unreadable):
        raise TextUnreadable
    return answer.text


def _read_pdf(path: Path) -> str:
    try:
        with path.open("rb") as file:
            return looking.words(file, os.fstat(file.fileno()).st_size)
    except OSError:
        raise TextUnreadable from None
