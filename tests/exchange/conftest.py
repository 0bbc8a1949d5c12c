# SPDX-License-Identifier: Apache-2.0
"""A collector's and an archive's vault that trust each other, with a key derivation that takes no time."""

from __future__ import annotations

import io

import pytest

from testimony_app.crypto.fingerprint import safety_number
from testimony_app.crypto.secret import Secret
from testimony_app.exchange import trust
from testimony_app.model.ids import new_code, new_id
from testimony_app.model.partner import Role
from testimony_app.model.testimony import Kind, State, Testimony
from testimony_app.vault.vault import Vault


@pytest.fixture
def make_vault(tmp_path, clock, cheap):
    """Return what makes vaults; they are locked when the test ends."""
    made = []

    def make(role, name):
        passphrase = Secret(bytearray(b"seven quiet words nobody would ever guess"))
        made.append(Vault.create(tmp_path / name, role=role, name=name, passphrase=passphrase, clock=clock, cost=cheap))
        return made[-1]

    yield make
    for vault in made:
        vault.lock()


@pytest.fixture
def collector(make_vault):
    """Return a collector's vault."""
    return make_vault(Role.COLLECTOR, "collector")


@pytest.fixture
def archive(make_vault):
    """Return an archive's vault."""
    return make_vault(Role.ARCHIVE, "archive")


@pytest.fixture
def friends(collector, archive):
    """Return both vaults, each with the other's card pinned."""
    introduce(collector, archive)
    introduce(archive, collector)
    return collector, archive


def introduce(vault, other):
    """Pin the other vault's card in the first, as two people would."""
    card = trust.read_card(trust.write_card(other))
    return trust.pin(vault, card, safety_number(other.card_bytes()))


@pytest.fixture
def testimony(collector):
    """Return a draft in the collector's vault with a written text and an attachment."""
    draft = Testimony(
        id=new_id(), code=new_code(), kind=Kind.WRITTEN, state=State.DRAFT, created="2026-01-31T17:00:00+00:00"
    )
    collector.testimonies.add(draft)
    collector.testimonies.save_statement(draft.id, "canary words", "en")
    collector.testimonies.attach(draft.id, io.BytesIO(b"photo" * 1000), media_type="image/jpeg", title="At home")
    return collector.testimonies.get(draft.id)
