# SPDX-License-Identifier: Apache-2.0
"""Nested values in and out of a column, and the digest of a row that the custody log keeps."""

from __future__ import annotations

import hashlib
from typing import Any, TypeVar

import msgspec

from testimony_app.model.ids import Code, TestimonyId
from testimony_app.model.listing import Row
from testimony_app.model.testimony import Kind, State

T = TypeVar("T")


def text(value: Any) -> str:
    """Return a value as JSON for a column."""
    return msgspec.json.encode(value).decode()


def value(column: str, kind: type[T]) -> T:
    """Return the value that a column holds."""
    return msgspec.json.decode(column, type=kind)


def listed(row: tuple[Any, ...]) -> Row:
    """Return a testimony as a list shows it, from the columns in the order of `testimonies._ROW`."""
    return Row(
        id=TestimonyId(row[0]),
        code=Code(row[1]),
        state=State(row[2]),
        kind=Kind(row[3]),
        languages=msgspec.json.decode(row[4], type=tuple[str, ...]),
        seconds=row[5],
        word_count=row[6],
        created=row[7],
        pseudonym=row[8],
        remark=row[9],
        signer=row[10],
        carried_at=row[11],
    )


def digest(*columns: Any) -> str:
    """Return the SHA-256 of a row's columns: what the custody log remembers of it."""
    parts = [column.hex() if isinstance(column, bytes) else column for column in columns]
    return hashlib.sha256(msgspec.json.encode(parts)).hexdigest()
