# SPDX-License-Identifier: Apache-2.0
"""What is said between us and the child that looks at pictures and pdfs, and how much it may use.

The child (devices/looking_child.py) is handed a task and the bytes; it answers with plain pixels, or with words.
"""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from testimony_app.confined import giving_up

FIRST_ARGUMENT = "--looking-child"
MODULE = "testimony_app.devices.looking_child"
_MIB = 1 << 20
LARGEST_FILE = 256 * _MIB
LONGEST_SIDE = 4096
MOST_PAGES = 10_000
LONGEST_TEXT = 4 * _MIB
MESSAGE_MAX = LONGEST_SIDE * LONGEST_SIDE * 3 + _MIB
SILENCE_SECONDS = 30.0
BOUNDS = giving_up.Bounds(
    memory=1024 * _MIB,
    processor_seconds=60,
    open_files=128,
    file_bytes=0,
    silence_seconds=SILENCE_SECONDS,
    reserved=64 * 1024 * _MIB,  # the reader of pdfs sets 32 GiB aside, and uses next to nothing of it
)

SEEN = frozenset({
    "image/jpeg", "image/png", "image/gif", "image/webp", "image/bmp", "image/tiff", "application/pdf",
})  # fmt: skip
"""What may be looked at; a drawing in SVG is a program, and stays an attachment."""


class Task(msgspec.Struct, frozen=True):
    """What the child shall make of the bytes that follow."""

    byte_count: int
    wants_words: bool = False
    page: int = 0
    longest_side: int = 1600


class Seen(msgspec.Struct, frozen=True, tag="seen"):
    """One page: three bytes a pixel, red, green, blue, line after line without padding."""

    width: Annotated[int, Meta(ge=1, le=LONGEST_SIDE)]
    height: Annotated[int, Meta(ge=1, le=LONGEST_SIDE)]
    pages: Annotated[int, Meta(ge=1, le=MOST_PAGES)]
    pixels: bytes
    given_up: tuple[str, ...] = ()
    """What the child had given up before it read the first byte."""


class Read(msgspec.Struct, frozen=True, tag="read"):
    """The words of a pdf, page after page."""

    text: Annotated[str, Meta(max_length=LONGEST_TEXT)]


class Unseen(msgspec.Struct, frozen=True, tag="unseen"):
    """There is no picture, or no word, that can be read."""
