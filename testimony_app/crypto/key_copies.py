# SPDX-License-Identifier: Apache-2.0
"""Several copies of one key file: the newest that is whole is opened, with one derivation for all of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from testimony_app.crypto.errors import KeyCostTooHigh, KeyFileDamaged, KeyFileTooNew, NotAKeyFile, WrongKey
from testimony_app.crypto.keyring import Keyring, Kind

if TYPE_CHECKING:
    from testimony_app.crypto.passphrase import Cost
    from testimony_app.crypto.secret import Secret


def open_newest(
    copies: Sequence[bytes],
    secret: Secret,
    *,
    kind: Kind = Kind.PASSPHRASE,
    key_file: Secret | None = None,
) -> Keyring:
    """Open the newest copy that is whole, with one derivation, and return it open.

    Raises NotAKeyFile when no copy is a key file, WrongKey when none opens, KeyFileDamaged when one opens and
    none is whole.
    """
    derived: dict[tuple[bytes, Cost], Secret] = {}

    def unlock(keyring: Keyring) -> None:
        way = (keyring.salt, keyring.cost)
        if way not in derived:
            derived[way] = keyring.derive(secret, kind=kind, key_file=key_file)
        keyring.unlock_derived(derived[way])

    try:
        return _first_opened(copies, unlock)
    finally:
        for key in derived.values():
            key.wipe()


def open_newest_with_root(copies: Sequence[bytes], root: Secret) -> Keyring:
    """Open the newest copy that is whole with the vault's root, and return it open; raises as `open_newest`."""
    return _first_opened(copies, lambda keyring: keyring.unlock_root(root.copy()))


def _first_opened(copies: Sequence[bytes], unlock: Callable[[Keyring], object]) -> Keyring:
    problem: WrongKey | KeyFileDamaged = WrongKey()
    for keyring in sorted(_parsed(copies), key=lambda keyring: keyring.generation, reverse=True):
        try:
            unlock(keyring)
        except KeyFileDamaged as error:
            problem = error
        except WrongKey:
            continue
        else:
            return keyring
    raise problem


def _parsed(copies: Sequence[bytes]) -> list[Keyring]:
    keyrings = []
    problem: Exception = NotAKeyFile()
    for copy in copies:
        try:
            keyrings.append(Keyring.parse(copy))
        except (NotAKeyFile, KeyFileTooNew, KeyCostTooHigh) as error:
            problem = error
    if not keyrings:
        raise problem
    return keyrings
