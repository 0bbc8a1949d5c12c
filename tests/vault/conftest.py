# SPDX-License-Identifier: Apache-2.0
"""A real vault in an empty folder, with a key derivation that takes no time."""

from __future__ import annotations

import pytest

from testimony_app.crypto.secret import Secret
from testimony_app.model.partner import Role
from testimony_app.vault.vault import Vault

PASSPHRASE = b"seven quiet words nobody would ever guess"


def passphrase():
    """Return the right passphrase, to be wiped by whoever takes it."""
    return Secret(bytearray(PASSPHRASE))


@pytest.fixture
def folder(tmp_path):
    """Return where the vault is, or will be."""
    return tmp_path / "vault"


@pytest.fixture
def create(folder, clock, cheap):
    """Return what makes a vault there; it is locked when the test ends."""
    made = []

    def make(**facts):
        defaults = {
            "role": Role.COLLECTOR,
            "name": "Laptop 3",
            "passphrase": passphrase(),
            "clock": clock,
            "cost": cheap,
        }
        made.append(Vault.create(facts.pop("folder", folder), **({"clock": clock, "cost": cheap} | defaults | facts)))
        return made[-1]

    yield make
    for vault in made:
        vault.lock()


@pytest.fixture
def vault(create):
    """Return an open collector's vault."""
    return create()


@pytest.fixture
def reopen(folder, clock):
    """Return what opens the vault again, locking it first if it is handed in."""
    opened = []

    def again(vault=None, **facts):
        if vault is not None:
            vault.lock()
        opened.append(
            Vault.open(facts.pop("folder", folder), facts.pop("passphrase", passphrase()), clock=clock, **facts)
        )
        return opened[-1]

    yield again
    for vault in opened:
        vault.lock()
