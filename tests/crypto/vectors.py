# SPDX-License-Identifier: Apache-2.0
"""The public test vectors of the age format, as the files beside us hold them."""

from __future__ import annotations

import zlib
from dataclasses import dataclass
from pathlib import Path

from testimony_app.crypto import age

FOLDER = Path(__file__).parent.parent / "vectors"


@dataclass(frozen=True)
class Vector:
    """One file: what is expected of it, with which keys, and the bytes."""

    name: str
    expect: str
    payload: str
    file_key: bytes
    identities: tuple[str, ...]
    sealed: bytes

    def keys(self):
        """Return the identities as keys."""
        return [age.identity_from_text(text) for text in self.identities]


def age_vectors():
    """Return every vector of the age format, in the order of their names."""
    return [_parsed(path) for path in sorted((FOLDER / "age").iterdir())]


def _parsed(path):
    head, _, sealed = path.read_bytes().partition(b"\n\n")
    pairs = [line.split(": ", 1) for line in head.decode("utf-8").splitlines()]
    fields = dict(pairs)
    return Vector(
        path.name,
        fields["expect"],
        fields.get("payload", ""),
        bytes.fromhex(fields["file key"]),
        tuple(value for key, value in pairs if key == "identity"),
        zlib.decompress(sealed) if fields.get("compressed") == "zlib" else sealed,
    )
