# SPDX-License-Identifier: Apache-2.0
"""Keys kept in the database, sealed under a key of the vault's root and bound to the name of what they open."""

from __future__ import annotations

from testimony_app.crypto import wrap as sealing
from testimony_app.crypto.errors import WrongKey
from testimony_app.crypto.secret import Secret
from testimony_app.vault.errors import VaultDamaged

_PURPOSE = b"govah/vault/v1/kept-key"


def wrap(key: Secret, name: str, secret: Secret) -> bytes:
    """Return a secret sealed under a key, for storage under this name only."""
    return sealing.wrap(key, secret, info=_PURPOSE, context=name.encode())


def unwrap(key: Secret, name: str, wrapped: bytes) -> Secret:
    """Return the secret kept under this name. Raises VaultDamaged when it was not written with this key and name."""
    try:
        return sealing.unwrap(key, wrapped, info=_PURPOSE, context=name.encode())
    except WrongKey as error:
        raise VaultDamaged(what="key") from error
