# SPDX-License-Identifier: Apache-2.0
"""The process in which other people's documents are parsed: it can read, and say what it read, nothing else.

Started as `python -m testimony_app.intake.reading_child`, or by the frozen program with `--reading-child` as its
first argument. A docx or an odt is a zip with XML in it; only the one part with the words is opened, with bounds
on its length, and a document that declares entities or a document type is refused: honest ones have none.
"""

from __future__ import annotations

import io
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import msgspec

from testimony_app.confined import giving_up, pipes
from testimony_app.intake import reading

_WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
_OFFICE = "{urn:oasis:names:tc:opendocument:xmlns:office:1.0}"
_LONGEST_PART = 64 << 20
_MOST_SPACES = 100
_LEFT_OUT = frozenset({_WORD + "del", _WORD + "instrText", _TEXT + "tracked-changes", _OFFICE + "annotation"})
"""What was struck out, and remarks in the margin: not the witness's words as they stand."""


class _NoText(Exception):
    """There is nothing here that can be read as text."""


def main() -> int:
    """Read the one file that standard input names; return 0 when its words, or none, were said."""
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    try:
        task = msgspec.msgpack.decode(pipes.receive(source, reading.MESSAGE_MAX), type=reading.Task)
        with Path(task.path).open("rb") as file:
            giving_up.give_up(None, reading.BOUNDS)
            pipes.send(answers, _answer(file))
    except (pipes.Silence, OSError):
        return 1
    return 0


def _answer(file: io.BufferedReader) -> reading.Read | reading.Unreadable:
    try:
        content = file.read(reading.LONGEST_FILE + 1)
        if len(content) > reading.LONGEST_FILE:
            return reading.Unreadable()
        text = _words(content)
    except (_NoText, zipfile.BadZipFile, ET.ParseError, ValueError, KeyError, RuntimeError,
            EOFError, MemoryError, OSError):  # fmt: skip
        # Each is a way for a zip or an XML to be broken (RuntimeError: too deep, locked, oddly packed); to a person
        # they are one and the same.
        return reading.Unreadable()
    if len(text) > reading.LONGEST_TEXT or not text.strip():
        return reading.Unreadable()
    return reading.Read(text)


def _words(content: bytes) -> str:
    if not content.startswith(b"PK"):
        return _plain(content)
    with zipfile.ZipFile(io.BytesIO(content)) as parts:
        names = set(parts.namelist())
        if "word/document.xml" in names:
            return "\n".join(_paragraphs(_part(parts, "word/document.xml"), (_WORD + "p",)))
        if "content.xml" in names:
            return "\n".join(_paragraphs(_part(parts, "content.xml"), (_TEXT + "p", _TEXT + "h")))
    raise _NoText


def _plain(content: bytes) -> str:
    for encoding in ("utf-8-sig", "utf-16") if content[:2] in {b"\xff\xfe", b"\xfe\xff"} else ("utf-8-sig",):
        try:
            text = content.decode(encoding)
        except UnicodeDecodeError:
            continue
        if "\0" not in text:
            return text.replace("\r\n", "\n").replace("\r", "\n")
    raise _NoText


def _part(parts: zipfile.ZipFile, name: str) -> ET.Element:
    with parts.open(name) as part:
        content = part.read(_LONGEST_PART + 1)
    if len(content) > _LONGEST_PART or b"<!DOCTYPE" in content or b"<!ENTITY" in content:
        raise _NoText
    return ET.fromstring(content)  # noqa: S314 - no entities can be declared, and the process is confined


def _paragraphs(root: ET.Element, kinds: tuple[str, ...]) -> Iterator[str]:
    for paragraph in root.iter():
        if paragraph.tag in kinds:
            yield "".join(_pieces(paragraph))


def _pieces(element: ET.Element) -> Iterator[str]:
    if element.tag in _LEFT_OUT:
        return
    is_odf = not element.tag.startswith(_WORD)
    if element.tag == _TEXT + "s":
        yield " " * min(int(element.get(_TEXT + "c", "1")), _MOST_SPACES)
    elif element.tag in {_WORD + "tab", _TEXT + "tab"}:
        yield "\t"
    elif element.tag in {_WORD + "br", _WORD + "cr", _TEXT + "line-break"}:
        yield "\n"
    if element.text and (is_odf or element.tag == _WORD + "t"):
        yield element.text
    for child in element:
        yield from _pieces(child)
        if is_odf and child.tail:
            yield child.tail


if __name__ == "__main__":
    sys.exit(main())
