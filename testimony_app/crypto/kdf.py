# SPDX-License-Identifier: Apache-2.0
"""One key becomes others: HKDF-SHA-256 and HMAC-SHA-256, into buffers that can be wiped."""

from __future__ import annotations

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from testimony_app.crypto.secret import Secret, buffer_of


def hkdf(key: Secret | bytearray | bytes, *, salt: bytes, info: bytes, size: int = 32) -> Secret:
    """Return so many bytes derived from a key for one purpose."""
    derived = bytearray(size)
    HKDF(algorithm=hashes.SHA256(), length=size, salt=salt, info=info).derive_into(buffer_of(key), derived)
    return Secret(derived)


def mac(key: Secret, message: bytes) -> bytes:
    """Return the HMAC-SHA-256 of a message."""
    return _hmac(key, message).finalize()


def check_mac(key: Secret, message: bytes, expected: bytes) -> bool:
    """Say whether the HMAC-SHA-256 of a message is the one expected, in constant time."""
    try:
        _hmac(key, message).verify(expected)
    except InvalidSignature:
        return False
    return True


def _hmac(key: Secret, message: bytes) -> hmac.HMAC:
    code = hmac.HMAC(key.view, hashes.SHA256())
    code.update(message)
    return code
