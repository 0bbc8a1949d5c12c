# SPDX-License-Identifier: Apache-2.0
"""A real vault with one draft in it, and a microphone for a test to speak into."""

from __future__ import annotations

import pytest

from testimony_app.crypto.secret import Secret
from testimony_app.model.partner import Role
from testimony_app.vault.vault import Vault
from tests.builders import a_testimony
from tests.fakes.microphone import FakeMicrophone

PASSPHRASE = b"seven quiet words nobody would ever guess"


@pytest.fixture
def vault(tmp_path, clock, cheap):
    """Return an open collector's vault."""
    made = Vault.create(
        tmp_path / "vault",
        role=Role.COLLECTOR,
        name="Laptop 3",
        passphrase=Secret(bytearray(PASSPHRASE)),
        clock=clock,
        cost=cheap,
    )
    yield made
    made.lock()


@pytest.fixture
def draft(vault):
    """Return a draft that waits for its recording."""
    return vault.testimonies.add(a_testimony())


@pytest.fixture
def microphone(clock):
    """Return a microphone into which the test speaks; the clock moves with what it says."""
    return FakeMicrophone(clock=clock)
