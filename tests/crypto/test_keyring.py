# SPDX-License-Identifier: Apache-2.0
"""The key file: what opens it, what does not, what it shows, and that no other bytes pass for it."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimony_app.crypto import keyring, passphrase
from testimony_app.crypto.errors import (
    KeyCostTooHigh,
    KeyFileDamaged,
    KeyFileTooNew,
    KeySlotsFull,
    NotAKeyFile,
    PassphraseTaken,
    WrongKey,
)
from testimony_app.crypto.key_copies import open_newest, open_newest_with_root
from testimony_app.crypto.keyring import SIZE, SLOTS, Keyring, Kind
from testimony_app.crypto.passphrase import CHEAP, Cost
from testimony_app.crypto.secret import Secret

VAULT = bytes(range(16))
PHRASE = b"seven random words make a passphrase"
RECOVERY = b"r" * 32
KEY_FILE = b"f" * 32


def phrase():
    """Return the passphrase."""
    return Secret(PHRASE)


@pytest.fixture
def made():
    """Return an open keyring with three ways of opening it."""
    made = Keyring.create(VAULT, CHEAP)
    made.add(phrase())
    made.add(Secret(RECOVERY), Kind.RECOVERY)
    made.add(Secret(b"other"), Kind.PASSPHRASE_AND_FILE, key_file=Secret(KEY_FILE))
    made.set_log_head(41, "ab" * 64)
    return made


WAYS = {
    "passphrase": lambda ring: ring.unlock(phrase()),
    "recovery": lambda ring: ring.unlock(Secret(RECOVERY), kind=Kind.RECOVERY),
    "passphrase-and-file": lambda ring: ring.unlock(Secret(b"other"), key_file=Secret(KEY_FILE)),
}


@pytest.mark.parametrize("way", WAYS.values(), ids=WAYS)
def test_each_way_opens_to_the_same(made, way):
    """Passphrase, recovery secret and passphrase with key file open to one root and one state."""
    opened = Keyring.parse(made.serialise())
    root = way(opened)

    assert root.root == made.root.root
    assert opened.database_key() == made.database_key()
    assert opened.log_head == (41, "ab" * 64)
    assert opened.kinds == made.kinds


NO_WAYS = {
    "another-passphrase": lambda ring: ring.unlock(Secret(b"wrong")),
    "nothing": lambda ring: ring.unlock(Secret(b"")),
    "passphrase-as-recovery": lambda ring: ring.unlock(phrase(), kind=Kind.RECOVERY),
    "recovery-as-passphrase": lambda ring: ring.unlock(Secret(RECOVERY)),
    "passphrase-without-its-file": lambda ring: ring.unlock(Secret(b"other")),
    "passphrase-with-another-file": lambda ring: ring.unlock(Secret(b"other"), key_file=Secret(bytes(32))),
    "plain-passphrase-with-a-file": lambda ring: ring.unlock(phrase(), key_file=Secret(KEY_FILE)),
}


@pytest.mark.parametrize("way", NO_WAYS.values(), ids=NO_WAYS)
def test_nothing_else_opens(made, way):
    """What is not a whole way of opening opens nothing."""
    ring = Keyring.parse(made.serialise())

    with pytest.raises(WrongKey):
        way(ring)
    assert not ring.is_open


def test_the_file_is_one_size_and_shows_no_slots(made):
    """With one slot in use or with eight, the file has one size and its slots look alike: random."""
    single = Keyring.create(VAULT, CHEAP)
    single.add(phrase())
    full = Keyring.parse(made.serialise())
    full.unlock(phrase())
    for number in range(SLOTS - 3):
        full.add(Secret(bytes([number])))

    for ring in (single, full):
        written = ring.serialise()
        assert len(written) == SIZE
        slots = [written[304 + at * 136 : 304 + (at + 1) * 136] for at in range(SLOTS)]
        assert all(len(set(slot)) > 80 for slot in slots)
        assert written[1392:-32] == bytes(SIZE - 1392 - 32)


def test_eight_ways_and_no_more(made):
    """The ninth way of opening is refused, and all eight go on opening."""
    for number in range(SLOTS - 3):
        made.add(Secret(bytes([number])))
    with pytest.raises(KeySlotsFull):
        made.add(Secret(b"ninth"))

    written = made.serialise()
    for number in range(SLOTS - 3):
        Keyring.parse(written).unlock(Secret(bytes([number])))


def test_slots_are_taken_in_no_order():
    """Which slot is taken tells nothing of how many were taken before."""
    first = set()
    for _ in range(60):
        ring = Keyring.create(VAULT, CHEAP)
        first.add(ring.add(Secret(b"x")))

    assert len(first) > 4


def test_a_dropped_way_opens_nothing_any_more(made):
    """A passphrase that was dropped is wrong from then on; the others stay."""
    opened = Keyring.parse(made.serialise())
    root = opened.unlock(phrase())
    opened.drop(root.slot)
    written = opened.serialise()

    with pytest.raises(WrongKey):
        Keyring.parse(written).unlock(phrase())
    assert Keyring.parse(written).unlock(Secret(RECOVERY), kind=Kind.RECOVERY).root == made.root.root


def test_a_file_that_was_not_changed_is_written_as_it_was(made):
    """Opening and writing again gives the same bytes; a change gives a new generation."""
    written = made.serialise()
    ring = Keyring.parse(written)
    assert ring.serialise() == written
    ring.unlock(phrase())
    assert ring.serialise() == written

    ring.set_log_head(42, "cd" * 64)

    assert ring.serialise() != written
    assert Keyring.parse(ring.serialise()).generation == made.generation + 1
    assert Keyring.parse(ring.serialise()).unlock(phrase()).root == made.root.root


def test_a_passphrase_is_changed_by_adding_and_dropping(made):
    """The new passphrase opens to the same root, the old one to nothing."""
    ring = Keyring.parse(made.serialise())
    old = ring.unlock(phrase()).slot
    ring.add(Secret(b"new"))
    ring.drop(old)
    written = ring.serialise()

    assert Keyring.parse(written).unlock(Secret(b"new")).root == made.root.root
    with pytest.raises(WrongKey):
        Keyring.parse(written).unlock(phrase())


@pytest.mark.parametrize("place", [*range(0, 304, 5), *range(1391, 1396), *range(4000, SIZE, 7), SIZE - 1])
def test_every_altered_byte_is_noticed(made, place):
    """An altered byte outside the slots never opens: it is damage, another vault's, or no key file at all."""
    altered = bytearray(made.serialise())
    altered[place] ^= 0x40

    with pytest.raises((KeyFileDamaged, KeyFileTooNew, KeyCostTooHigh, NotAKeyFile, WrongKey)):
        Keyring.parse(bytes(altered)).unlock(phrase())


def test_an_altered_slot_is_noticed_by_whoever_opens_another(made):
    """Somebody who destroys one slot is found out by whoever opens the vault by another one."""
    ring = Keyring.parse(made.serialise())
    slot = ring.unlock(phrase()).slot
    altered = bytearray(made.serialise())
    altered[304 + slot * 136] ^= 1

    with pytest.raises(WrongKey):
        Keyring.parse(bytes(altered)).unlock(phrase())
    with pytest.raises(KeyFileDamaged):
        Keyring.parse(bytes(altered)).unlock(Secret(RECOVERY), kind=Kind.RECOVERY)


def test_a_slot_moved_to_another_place_or_vault_does_not_open(made):
    """A slot is bound to its place and to its vault."""
    ring = Keyring.parse(made.serialise())
    slot = ring.unlock(phrase()).slot
    written = made.serialise()
    moved = bytearray(written)
    ours, next_to_it = (slice(304 + at * 136, 304 + (at + 1) * 136) for at in (slot, (slot + 1) % SLOTS))
    moved[ours], moved[next_to_it] = written[next_to_it], written[ours]

    for changed in (bytes(moved), bytes(15) + b"\1" + written[16:]):
        with pytest.raises(WrongKey):
            Keyring.parse(changed).unlock(phrase())


BAD = {
    "nothing": b"",
    "too-short": bytes(SIZE - 1),
    "too-long": bytes(SIZE + 1),
    "zeros": bytes(SIZE),
    "random": os.urandom(SIZE),
}


@pytest.mark.parametrize("untrusted", BAD.values(), ids=BAD)
def test_what_is_no_key_file_is_refused(untrusted):
    """Other bytes are no key file."""
    with pytest.raises(NotAKeyFile):
        Keyring.parse(untrusted)


def test_a_later_version_is_said_to_be_one(made):
    """A file of a later version is not taken for damage."""
    later = bytearray(made.serialise())
    later[63] = 2

    with pytest.raises(KeyFileTooNew):
        Keyring.parse(bytes(later))


def test_a_file_that_asks_for_too_much_is_refused(made):
    """A key file can't make us fill the memory or work for hours."""
    greedy = bytearray(made.serialise())
    greedy[48:52] = (8 * 1024 * 1024).to_bytes(4, "big")

    with pytest.raises(KeyCostTooHigh):
        Keyring.parse(bytes(greedy))
    with pytest.raises(KeyCostTooHigh):
        Keyring.create(VAULT, Cost(8 * 1024 * 1024, 1, 1))


def test_of_two_copies_the_newer_whole_one_is_opened(made):
    """A newer copy wins, whatever the order; a damaged or missing one gives way."""
    older = made.serialise()
    made.set_log_head(50, "ef" * 64)
    newer = made.serialise()
    damaged = newer[:2000] + b"\1" + newer[2001:]
    altered = bytes([*newer[:80], newer[80] ^ 1, *newer[81:]])

    for copies, seq in (
        ([older, newer], 50),
        ([newer, older], 50),
        ([older, b""], 41),
        ([damaged, older], 41),
        ([altered, older], 41),
        ([older], 41),
    ):
        assert open_newest(copies, phrase()).log_head[0] == seq


def test_without_a_whole_copy_nothing_is_opened(made):
    """No copy, foreign bytes, a wrong passphrase and damage are told apart."""
    written = made.serialise()
    altered = bytes([*written[:80], written[80] ^ 1, *written[81:]])

    with pytest.raises(NotAKeyFile):
        open_newest([], phrase())
    with pytest.raises(NotAKeyFile):
        open_newest([b"x", b""], phrase())
    with pytest.raises(WrongKey):
        open_newest([written, written], Secret(b"wrong"))
    with pytest.raises(KeyFileDamaged):
        open_newest([altered, b""], phrase())


def test_a_passphrase_is_derived_once_for_both_copies_and_all_slots(made, monkeypatch):
    """Opening takes one slow derivation, whatever the number of slots and copies."""
    derivations = []
    derive = passphrase.derive
    monkeypatch.setattr(
        keyring._passphrase, "derive", lambda *words, **named: derivations.append(1) or derive(*words, **named)
    )
    written = made.serialise()

    with pytest.raises(WrongKey):
        open_newest([written, written], Secret(b"wrong"))
    open_newest([written, written], Secret(RECOVERY), kind=Kind.RECOVERY)

    assert len(derivations) == 1


def test_the_database_is_moved_to_a_new_key(made):
    """Both keys are kept while the database is copied; then the old one is forgotten."""
    old = made.database_key()
    new = made.begin_epoch()
    half = open_newest([made.serialise()], phrase())
    assert (half.database_key(), half.next_database_key(), half.epoch) == (old, new, 1)
    assert half.begin_epoch() == new

    half.finish_epoch()
    half.finish_epoch()
    done = open_newest([half.serialise()], phrase())

    assert (done.database_key(), done.next_database_key(), done.epoch) == (new, None, 2)


def test_a_duress_passphrase_opens_to_something_else(made):
    """It opens to another root, sees nothing of this vault, and can take every other way with it."""
    made.add_duress(Secret(b"under duress"), Secret(b"o" * 32))
    ring = open_newest([made.serialise()], Secret(b"under duress"))
    assert ring.root.kind is Kind.DURESS
    assert ring.root.root == Secret(b"o" * 32)
    for secret_of_the_vault in (ring.database_key, lambda: ring.kinds, lambda: ring.log_head):
        with pytest.raises(ValueError, match="not this vault's"):
            secret_of_the_vault()

    ring.erase_others()
    written = ring.serialise()

    assert open_newest([written], Secret(b"under duress")).root.root == Secret(b"o" * 32)
    for way in WAYS.values():
        with pytest.raises(WrongKey):
            way(Keyring.parse(written))


def test_a_vault_s_own_slot_can_erase_the_others(made):
    """Who opens with a passphrase can leave that one only."""
    ring = open_newest([made.serialise()], phrase())
    ring.erase_others()
    again = open_newest([ring.serialise()], phrase())

    assert sorted(again.kinds) == [Kind.EMPTY] * 7 + [Kind.PASSPHRASE]
    assert again.database_key() == made.database_key()


def test_a_locked_keyring_has_forgotten_everything(made):
    """After locking nothing can be read or changed, and the keys are zeros."""
    root, key = made.root.root.view, made._state.database_key.view
    made.serialise()
    made.lock()
    made.lock()

    assert not any(root) and not any(key)
    assert not made.is_open
    for act in (lambda: made.root, lambda: made.add(phrase()), made.database_key):
        with pytest.raises(ValueError, match="locked"):
            act()


def test_a_keyring_without_a_way_to_open_it_is_not_written():
    """A vault that nobody could open again is not made."""
    with pytest.raises(ValueError, match="way to open"):
        Keyring.create(VAULT, CHEAP).serialise()
    with pytest.raises(ValueError, match="16 bytes"):
        Keyring.create(b"short", CHEAP)


def test_each_purpose_has_a_key_of_its_own(made):
    """Keys for the database, the log and the device differ, and are the same at each opening."""
    keys = [made.root.db_wrap_key(), made.root.log_key(), made.root.device_key_wrap()]
    again = open_newest([made.serialise()], phrase()).root

    assert len({bytes(key.view) for key in keys}) == 3
    assert [again.db_wrap_key(), again.log_key(), again.device_key_wrap()] == keys


def _one_written():
    ring = Keyring.create(VAULT, CHEAP)
    ring.add(phrase())
    return ring.serialise()


WRITTEN = _one_written()


@pytest.mark.fuzz
@given(st.lists(st.tuples(st.integers(0, SIZE - 1), st.integers(0, 255)), max_size=8))
def test_what_parses_is_written_back_the_same(changes):
    """Bytes that pass for a key file are written back as they were, and open only if nothing was changed."""
    untrusted = bytearray(WRITTEN)
    for place, value in changes:
        untrusted[place] = value
    try:
        ring = Keyring.parse(bytes(untrusted))
    except (NotAKeyFile, KeyFileTooNew, KeyCostTooHigh):
        return

    assert ring.serialise() == bytes(untrusted)
    if bytes(untrusted) != WRITTEN and ring.cost == CHEAP:
        with pytest.raises((WrongKey, KeyFileDamaged)):
            ring.unlock(phrase())


def test_what_a_later_version_might_write_is_not_misread(made):
    """A slot of a purpose we don't know, or a state that does not open, is damage, not a guess."""
    from testimony_app.crypto import keyfile

    for byte in (9, 255):
        content = keyfile.pack_slot(Secret(bytes(32)), Secret(bytes(24)), Kind.PASSPHRASE)
        content.view[56] = byte
        with pytest.raises(KeyFileDamaged):
            keyfile.unpack_slot(content)
    stranger = Keyring.create(VAULT, CHEAP)
    stranger.add(Secret(b"x"))
    ring = open_newest([made.serialise()], phrase())
    ring._parts = keyfile.KeyFile(**{**vars(ring._parts), "sealed_state": stranger.serialise()[72:304]})
    ring._state, ring._written = None, None
    with pytest.raises(KeyFileDamaged):
        Keyring.parse(ring.serialise()).unlock(phrase())


def test_an_earlier_version_is_none_of_ours(made):
    """There was no version before the first."""
    earlier = bytearray(made.serialise())
    earlier[63] = 0

    with pytest.raises(NotAKeyFile):
        Keyring.parse(bytes(earlier))


def test_a_frozen_pair_of_key_files_opens_for_ever():
    """What this version wrote: the passphrase opens its own file; the other one leads by root to the file beside it."""
    folder = Path(__file__).parents[1] / "vectors" / "duress-1"
    known = json.loads((folder / "known.json").read_text(encoding="utf-8"))
    first, other = ((folder / f"{name}.KEYS").read_bytes() for name in ("first", "other"))

    own = open_newest([first], Secret(known["passphrase"].encode()))
    led = open_newest([first], Secret(known["duress"].encode()))
    reached = open_newest_with_root([other], led.root.root)

    assert led.root.kind is Kind.DURESS_ERASING and own.root.kind is Kind.PASSPHRASE
    for ring, name, seq in ((own, "first", 7), (reached, "other", 9)):
        assert hashlib.sha256(ring.database_key().view).hexdigest() == known[f"{name}_database_sha256"]
        assert ring.log_head[0] == seq and Keyring.parse(ring.serialise()).generation == 1
    with pytest.raises(WrongKey):
        open_newest_with_root([first], led.root.root)


def test_a_root_opens_the_whole_file(made):
    """With the root alone the file is authenticated, changed and written; another root opens nothing."""
    ring = open_newest_with_root([made.serialise()], made.root.root)
    ring.set_log_head(42, "cd" * 64)

    assert open_newest([ring.serialise()], phrase()).log_head == (42, "cd" * 64)
    altered = bytearray(made.serialise())
    altered[80] ^= 1
    for copy, root in ((made.serialise(), Secret(bytes(32))), (bytes(altered), made.root.root)):
        with pytest.raises((WrongKey, KeyFileDamaged)):
            open_newest_with_root([copy], root)


def test_a_passphrase_that_leads_elsewhere_leads_there_alone(made):
    """It can't be one that opens this vault, nor become one."""
    made.add_duress(Secret(b"under duress"), Secret(b"o" * 32))

    for act in (
        lambda: made.add(Secret(b"under duress")),
        lambda: made.add_duress(phrase(), Secret(b"o" * 32)),
        lambda: made.add_duress(Secret(b"under duress"), Secret(b"p" * 32), erases=True),
    ):
        with pytest.raises(PassphraseTaken):
            act()
