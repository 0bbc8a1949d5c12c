# SPDX-License-Identifier: Apache-2.0
"""JSON in one form only, so that what is signed can't be read in two ways.

RFC 8785, restricted: keys of small ASCII letters, digits and underscores; integers below 2^53, no fractions;
strings in NFC; no key twice. `loads` writes what it read again and compares the bytes.
"""

from __future__ import annotations

import json
import re
import unicodedata
from typing import Any, NoReturn

import msgspec

from testimony_app.crypto.errors import NotCanonical

MOST_BYTES = 4 * 1024 * 1024
MOST_DEPTH = 16
MOST_MEMBERS = 20_000
MOST_STRING_BYTES = 64 * 1024
_KEY = re.compile(r"[a-z][a-z0-9_]{0,39}")
_LARGEST = 2**53


def dumps(value: Any) -> bytes:
    """Return a value, or a msgspec struct, as canonical JSON.

    Raises NotCanonical for what the form cannot say, or not within the limits.
    """
    plain = msgspec.to_builtins(value)
    _Check().value(plain, 1)
    text = json.dumps(plain, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    try:
        written = text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise NotCanonical(part="string") from error
    if len(written) > MOST_BYTES:
        raise NotCanonical(part="bytes")
    return written


def loads(untrusted_bytes: bytes) -> Any:
    """Return what a canonical JSON text says; raises NotCanonical if any byte could be another."""
    if len(untrusted_bytes) > MOST_BYTES:
        raise NotCanonical(part="bytes")
    try:
        value = json.loads(
            untrusted_bytes.decode("utf-8"),
            object_pairs_hook=_once_each,
            parse_float=_refuse,
            parse_constant=_refuse,
        )
    except (ValueError, RecursionError) as error:
        raise NotCanonical(part="syntax") from error
    if dumps(value) != untrusted_bytes:
        raise NotCanonical(part="form")
    return value


def _once_each(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    value = dict(pairs)
    if len(value) != len(pairs):
        raise NotCanonical(part="key")
    return value


def _refuse(_text: str) -> NoReturn:
    raise NotCanonical(part="number")


class _Check:
    """Walks a value once and counts its members."""

    def __init__(self) -> None:
        self._members = 0

    def value(self, value: Any, depth: int) -> None:
        if depth > MOST_DEPTH:
            raise NotCanonical(part="depth")
        if isinstance(value, dict):
            self._object(value, depth)
        elif isinstance(value, list | tuple):
            self._count(len(value))
            for item in value:
                self.value(item, depth + 1)
        elif isinstance(value, str):
            _check_string(value)
        elif isinstance(value, int) and not isinstance(value, bool):
            if abs(value) >= _LARGEST:
                raise NotCanonical(part="number")
        elif not (value is None or isinstance(value, bool)):
            raise NotCanonical(part="type")

    def _object(self, value: dict[Any, Any], depth: int) -> None:
        self._count(len(value))
        for key, item in value.items():
            if not isinstance(key, str) or _KEY.fullmatch(key) is None:
                raise NotCanonical(part="key")
            self.value(item, depth + 1)

    def _count(self, members: int) -> None:
        self._members += members
        if self._members > MOST_MEMBERS:
            raise NotCanonical(part="members")


def _check_string(text: str) -> None:
    # Four bytes a letter at most: only a long string needs to be counted exactly.
    if len(text) > MOST_STRING_BYTES // 4 and len(text.encode("utf-8", "surrogatepass")) > MOST_STRING_BYTES:
        raise NotCanonical(part="string")
    if not unicodedata.is_normalized("NFC", text):
        raise NotCanonical(part="string")
