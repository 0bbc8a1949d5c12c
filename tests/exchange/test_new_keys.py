# SPDX-License-Identifier: Apache-2.0
"""New signing keys for a vault: what becomes of the old ones, and of a disk that fails on the way."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from testimony_app.crypto.passphrase import CHEAP
from testimony_app.crypto.secret import Secret
from testimony_app.exchange import new_keys, pack, trust
from testimony_app.exchange.new_keys import SealedOnTheWay
from testimony_app.model.partner import Role
from testimony_app.model.testimony import State
from testimony_app.vault.check import check
from testimony_app.vault.errors import DiskFull, DiskTrouble
from testimony_app.vault.vault import Vault
from tests.fakes.failing_disk import FAULTS, SHORT, FailingDisk

WORDS = b"seven quiet words nobody would ever guess"


def seeds_of(vault):
    """Return a vault's private signing seeds."""
    with vault.device.seeds() as seeds:
        return bytes(seeds.view)


def test_the_old_keys_are_gone(collector):
    """The vault signs with the new ones, in this process and in the next; the age key and the name stay."""
    before, seeds = collector.card(), seeds_of(collector)
    former = collector.nameplate.card_bytes()

    new_keys.make(collector)

    card = collector.card()
    assert seeds_of(collector) != seeds and collector.device.public_keys().to_base64() == (card.ed25519, card.composite)
    assert (card.name, card.recipient, card.role) == (before.name, before.recipient, before.role)
    assert card.ed25519 != before.ed25519 and card.composite != before.composite
    assert len(collector.former_cards) == 1 and collector.nameplate.cards_of_old_keys() == collector.former_cards
    read = trust.read_card(trust.write_card(collector))
    assert read.replaces == collector.former_cards[0] and read.card_bytes != former
    # What opened the database until now opens it no more: the old seeds are in no page that is left.
    assert collector.keyring.epoch == 2


def test_a_second_time_only_the_present_keys_are_asked(collector):
    """Each new card is signed by the keys just before it."""
    new_keys.make(collector)
    (first,) = collector.former_cards

    new_keys.make(collector)

    assert trust.read_card(trust.write_card(collector)).replaces == collector.former_cards[-1] != first
    assert len(collector.nameplate.cards_of_old_keys()) == 2


def test_a_card_renewed_later_is_signed_by_the_new_keys_alone(collector):
    """The old keys are gone: they can't vouch for another card any more."""
    from msgspec.structs import replace

    new_keys.make(collector)

    collector.nameplate.put_card(replace(collector.card(), valid_until="2199-01-01"))

    read = trust.read_card(trust.write_card(collector))
    assert read.replaces == "" and read.card.valid_until == "2199-01-01"


def test_what_is_on_its_way_is_counted(friends, testimony):
    """Sealed and not received: one testimony, whatever its number of volumes."""
    collector, archive = friends
    assert new_keys.on_the_way(collector) == 0
    (file,) = pack.write_bundle(collector, testimony, [archive.card()], collector.out)
    collector.bundles.add(testimony.id, file)
    collector.testimonies.set_state(testimony.id, State.CARRIED)
    before = collector.card_bytes()

    with pytest.raises(SealedOnTheWay) as refusal:
        new_keys.make(collector)

    assert refusal.value.facts == {"testimonies": 1} and collector.card_bytes() == before
    collector.testimonies.set_state(testimony.id, State.RECEIVED)
    assert new_keys.on_the_way(collector) == 0


@pytest.fixture
def memory():
    """Return a folder in memory where the system has one."""
    place = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=place) as folder:
        yield Path(folder)


@pytest.mark.parametrize("fault", FAULTS, ids=["short", "EIO", "ENOSPC", "EFBIG"])
def test_a_disk_that_fails(memory, clock, fault):
    """Afterwards the vault has the old keys and their card, or the new ones and theirs."""
    # Rotation has its own test of every call; here each fault takes every fourth, so that together they take all.
    for number in range(1 + FAULTS.index(fault), 400, len(FAULTS)):
        disk, folder = FailingDisk(number, fault), memory / str(number)
        vault = Vault.create(
            folder, role=Role.COLLECTOR, name="n", passphrase=Secret(WORDS), clock=clock, cost=CHEAP, disk=disk
        )
        disk.start()
        try:
            new_keys.make(vault)
        except (DiskFull, DiskTrouble):
            assert fault != SHORT
        vault._close()
        with Vault.open(folder, Secret(WORDS), clock=clock) as vault:
            card = vault.card()
            assert vault.device.public_keys().to_base64() == (card.ed25519, card.composite)
            assert trust.read_card(trust.write_card(vault)).card == card
            assert check(vault, quick=True).ok
        if not disk.has_failed:
            break
    assert number > 10
