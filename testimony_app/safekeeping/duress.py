# SPDX-License-Identifier: Apache-2.0
"""The duress passphrase: one that opens another, ordinary vault, and may erase the ways of opening this one.

The other vault is made like any vault, in the same folder as this one. Its own passphrase becomes the duress
passphrase: given here, it opens that vault. What this does and doesn't do is said by `i18n.limits` and must be shown
before it is set; it is in docs/threats.md (G22, N4) and docs/decisions/0012.
"""

from __future__ import annotations

from pathlib import Path

import msgspec

from testimony_app.crypto.keyring import Kind
from testimony_app.crypto.secret import Secret
from testimony_app.safekeeping.errors import OtherVaultElsewhere, OtherVaultUnfit
from testimony_app.vault import door
from testimony_app.vault.vault import Vault


class Duress(msgspec.Struct, frozen=True):
    """A duress passphrase that is set: its slot, and whether giving it erases every other way of opening."""

    slot: int
    erases: bool


def standing(vault: Vault) -> Duress | None:
    """Return the duress passphrase that is set, or None; on the vault's thread."""
    for way in vault.ways.all():
        if way.kind.is_duress:
            return Duress(slot=way.slot, erases=way.kind is Kind.DURESS_ERASING)
    return None


def set_up(vault: Vault, other: Path, passphrase: Secret, *, erases: bool, key_file: Secret | None = None) -> Duress:
    """Let the passphrase of another vault in the same folder open that one when it is given here.

    The other vault is opened and closed once, as proof. An earlier duress passphrase gives way. Takes two key
    derivations; on the vault's thread. Raises OtherVaultElsewhere, OtherVaultUnfit, PassphraseTaken (it opens this
    vault), KeySlotsFull, DiskFull, DiskTrouble, and what opening the other vault raises (WrongPassphrase, NotAVault,
    VaultInUse): nothing is changed then.
    """
    _check_place(vault, other)
    with Vault.open(other, passphrase, clock=vault.clock, key_file=key_file, is_here=True, disk=vault.disk) as opened:
        root = opened.keyring.root.root.copy()
    with root:
        if door.find_beside(vault.folder, root, vault.disk) != other.resolve():
            raise OtherVaultUnfit
        slot = vault.ways.set_duress(passphrase, root, erases=erases, key_file=key_file)
    return Duress(slot=slot, erases=erases)


def remove(vault: Vault) -> None:
    """Let the duress passphrase open nothing here any more; the other vault stays as it is."""
    found = standing(vault)
    if found is not None:
        vault.ways.drop(found.slot)


def _check_place(vault: Vault, other: Path) -> None:
    here, there = vault.folder.resolve(), other.resolve()
    if here == there:
        raise OtherVaultUnfit
    if here.parent != there.parent:
        raise OtherVaultElsewhere
