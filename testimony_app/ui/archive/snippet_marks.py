# SPDX-License-Identifier: Apache-2.0
"""A snippet's marks as places in plain text: which letters were found."""

from __future__ import annotations

_OPEN, _SHUT = "\x02", "\x03"


def marked_spans(snippet: str) -> tuple[str, list[tuple[int, int]]]:
    """Return the text without its marks, and each marked span as start and length in UTF-16 units.

    Qt counts in UTF-16 units: a letter outside the first plane counts twice.
    """
    text: list[str] = []
    spans: list[tuple[int, int]] = []
    at, begun = 0, -1
    for letter in snippet:
        if letter == _OPEN:
            begun = at
        elif letter == _SHUT:
            if begun >= 0 and at > begun:
                spans.append((begun, at - begun))
            begun = -1
        else:
            text.append(letter)
            at += 2 if ord(letter) > 0xFFFF else 1
    return "".join(text), spans
