# SPDX-License-Identifier: Apache-2.0
"""A few secret bytes sealed under a key, so that they open under this key and no other.

    24 bytes | 32 bytes   | n + 16 bytes
    nonce    | commitment | ChaCha20-Poly1305

ChaCha20-Poly1305 alone does not commit to its key: one ciphertext can be made to open under two. So the nonce
derives, beside the key that seals, a commitment that is compared first.
"""

from __future__ import annotations

import hmac
import os

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305

from testimony_app.crypto.errors import WrongKey
from testimony_app.crypto.kdf import hkdf
from testimony_app.crypto.secret import Secret, wipe

NONCE = 24
COMMITMENT = 32
OVERHEAD = NONCE + COMMITMENT + 16
_KEY = 32
_ONCE = bytes(12)
"""The cipher's own nonce may be all zeros: each 24-byte nonce makes a key that seals once."""


def wrap(key: Secret, plain: Secret, *, info: bytes, context: bytes) -> bytes:
    """Return the secret sealed under the key, for one purpose and one place."""
    nonce = os.urandom(NONCE)
    sealing, commitment = _split(key, nonce, info + context)
    with sealing:
        return nonce + commitment + ChaCha20Poly1305(sealing.view).encrypt(_ONCE, plain.view, context)


def unwrap(key: Secret, sealed: bytes, *, info: bytes, context: bytes) -> Secret:
    """Return what was sealed under this very key, for this purpose and place; raises WrongKey."""
    nonce, commitment, body = sealed[:NONCE], sealed[NONCE : NONCE + COMMITMENT], sealed[NONCE + COMMITMENT :]
    sealing, expected = _split(key, nonce, info + context)
    with sealing:
        if not hmac.compare_digest(commitment, expected):
            raise WrongKey
        plain = bytearray(max(0, len(body) - 16))
        try:
            ChaCha20Poly1305(sealing.view).decrypt_into(_ONCE, body, context, plain)
        except (InvalidTag, ValueError) as error:
            wipe(plain)
            raise WrongKey from error
        return Secret(plain)


def _split(key: Secret, nonce: bytes, info: bytes) -> tuple[Secret, bytes]:
    with hkdf(key, salt=nonce, info=info, size=_KEY + COMMITMENT) as both:
        return Secret(both.view[:_KEY]), bytes(both.view[_KEY:])
