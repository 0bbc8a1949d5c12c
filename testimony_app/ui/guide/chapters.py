# SPDX-License-Identifier: Apache-2.0
"""The user guide as it is kept in resources/guide: one page of plain text for each chapter and language.

A page uses a few marks and no others: `# title {#anchor}`, `## title {#anchor}`, a paragraph, `- ` and `1. ` for
lists, `> ` for what needs care, `![what it shows](picture)`, `**strong**`, a file's name in
backticks and `[words](#anchor)`.
"""

from __future__ import annotations

import re
from enum import StrEnum

import msgspec

from testimony_app import resources
from testimony_app.i18n.letters import bare_latin, one_spelling, plain

FOLDER = "guide"
PICTURES = "guide/pictures"
LANGUAGES = ("en", "fa")
_HEADING = re.compile(r"^(#{1,2}) (.+?) \{#([a-z0-9-]+)\}$")
_PICTURE = re.compile(r"^!\[(.+)\]\(([a-z0-9-]+)\)$")
_ITEM = re.compile(r"^(?:-|\d+\.) ")


class Kind(StrEnum):
    """What a block of a page is."""

    PARAGRAPH = "paragraph"
    BULLETS = "bullets"
    STEPS = "steps"
    CARE = "care"
    PICTURE = "picture"


class Block(msgspec.Struct, frozen=True):
    """A paragraph, a list with its items, a word of care, or a picture with what it shows."""

    kind: Kind
    lines: tuple[str, ...]
    picture: str = ""


class Section(msgspec.Struct, frozen=True):
    """A heading and what stands under it; the first section of a chapter is the chapter's own beginning."""

    anchor: str
    title: str
    is_chapter: bool
    blocks: tuple[Block, ...]


class Chapter(msgspec.Struct, frozen=True):
    """One page."""

    sections: tuple[Section, ...]

    @property
    def anchor(self) -> str:
        """Return the chapter's own anchor."""
        return self.sections[0].anchor


def language_for(code: str) -> str:
    """Return the language in which the guide is read by whoever uses this one."""
    return code if code in LANGUAGES else LANGUAGES[0]


def chapters(language: str) -> tuple[Chapter, ...]:
    """Return the whole guide in a language that it has, in order."""
    return tuple(read(resources.text(name)) for name in resources.names(f"{FOLDER}/{language}"))


def read(text: str) -> Chapter:
    """Return a page as a chapter. Raises ValueError for a mark that the guide doesn't know."""
    sections: list[Section] = []
    for part in re.split(r"\n(?=#{1,2} )", text.strip()):
        head, _, body = part.partition("\n")
        found = _HEADING.match(head)
        if found is None:
            raise ValueError(head)
        blocks = tuple(_block(block) for block in re.split(r"\n{2,}", body.strip()) if block.strip())
        sections.append(Section(found[3], found[2], found[1] == "#", blocks))
    return Chapter(tuple(sections))


def folded(text: str) -> str:
    """Return text as headings are searched: without case, marks and habits of writing."""
    return one_spelling(bare_latin(plain(text)))


def _block(text: str) -> Block:
    lines = text.split("\n")
    picture = _PICTURE.match(lines[0])
    if picture is not None:
        return Block(Kind.PICTURE, (picture[1],), picture[2])
    if lines[0].startswith("> "):
        return Block(Kind.CARE, (" ".join(line.removeprefix(">").strip() for line in lines),))
    if _ITEM.match(lines[0]):
        kind = Kind.BULLETS if lines[0].startswith("-") else Kind.STEPS
        return Block(kind, tuple(_items(lines)))
    return Block(Kind.PARAGRAPH, (" ".join(line.strip() for line in lines),))


def _items(lines: list[str]) -> list[str]:
    items: list[str] = []
    for line in lines:
        if _ITEM.match(line):
            items.append(_ITEM.sub("", line).strip())
        else:
            items[-1] += " " + line.strip()
    return items
