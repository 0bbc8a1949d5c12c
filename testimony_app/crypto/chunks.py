# SPDX-License-Identifier: Apache-2.0
"""The chunks of an age payload: their sizes, their keys and their nonces."""

from __future__ import annotations

import errno
from typing import Protocol

from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from testimony_app.crypto.errors import PayloadTruncated
from testimony_app.crypto.kdf import hkdf
from testimony_app.crypto.secret import Secret

CHUNK = 65536
TAG = 16
SEALED_CHUNK = CHUNK + TAG
NONCE = 16
FILE_KEY = 16
BATCH = 16
"""Chunks sealed or opened for one call to the file: a megabyte, beyond which nothing is gained."""


class Writable(Protocol):
    """What a payload can be written to."""

    def write(self, data: memoryview, /) -> int | None:
        """Take some or all of the bytes and say how many."""


class Readable(Protocol):
    """What a payload can be read from."""

    def seek(self, offset: int, whence: int = 0, /) -> int:
        """Move to a position."""

    def readinto(self, buffer: memoryview, /) -> int | None:
        """Fill some or all of the buffer and say how much."""


def payload_size(plain_size: int) -> int:
    """Return how many bytes a payload of so many bytes of content takes."""
    chunks = max(1, -(-plain_size // CHUNK))
    return NONCE + plain_size + chunks * TAG


def plain_size(payload_bytes: int) -> int:
    """Return how many bytes of content a payload of this size holds.

    Raises PayloadTruncated when no payload has that size.
    """
    sealed = payload_bytes - NONCE
    chunks = -(-sealed // SEALED_CHUNK)
    content = sealed - chunks * TAG
    if sealed < TAG or payload_size(content) != payload_bytes:
        raise PayloadTruncated
    return content


def write_all(file: Writable, data: memoryview) -> None:
    """Write every byte, also to a file that takes only some at a time."""
    while data.nbytes:
        taken = file.write(data)
        if taken is None:
            return
        if taken == 0:
            raise OSError(errno.EIO, "nothing was written")
        data = data[taken:]


def payload_cipher(file_key: Secret | bytearray | bytes, nonce: bytes) -> ChaCha20Poly1305:
    """Return the cipher of the payload with this nonce."""
    # The payload key lives twice inside the object and goes with it; our own copy goes now.
    with hkdf(file_key, salt=nonce, info=b"payload") as key:
        return ChaCha20Poly1305(key.view)


def chunk_nonce(number: int, *, is_last: bool) -> bytes:
    """Return the nonce of a chunk by its number and whether it ends the payload."""
    # A nonce may never repeat under one key: the number only grows within a payload, and each payload has
    # a key of its own because its 16-byte nonce is random.
    return number.to_bytes(11, "big") + (b"\x01" if is_last else b"\x00")
