# SPDX-License-Identifier: Apache-2.0
"""Passphrases: the public vector, one form for one passphrase, the cost, and an honest estimate."""

from __future__ import annotations

import itertools

import pytest
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from shamir_mnemonic.wordlist import WORDLIST

from testimony_app.crypto import passphrase
from testimony_app.crypto.errors import KeyCostTooHigh
from testimony_app.crypto.passphrase import CHEAP, Cost, Level, derive, estimate, from_text, generate
from testimony_app.crypto.secret import Secret

SALT = bytes(range(32))


def test_the_library_gives_the_published_value():
    """Argon2id as the library computes it is that of RFC 9106, section 5.3."""
    derived = Argon2id(
        salt=b"\x02" * 16, length=32, iterations=3, lanes=4, memory_cost=32, ad=b"\x04" * 12, secret=b"\x03" * 8
    ).derive(b"\x01" * 32)

    assert derived.hex() == "0d640df58d78766c08c037a34a8b53c9d01ef0452d75b65eb52520e96b01e659"


def test_derivation_is_that_of_the_reference_tool():
    """The key of a known passphrase, salt and cost is the one that the reference implementation prints."""
    key = derive(Secret(b"password"), b"somesalt", Cost(memory_kib=65536, iterations=2, lanes=1))

    assert key == Secret(bytes.fromhex("09316115d5cf24ed5a15a31a3ba326e5cf32edc24702987c02b6566f61913cf7"))


@pytest.mark.parametrize(
    "change",
    [
        {"passphrase": Secret(b"other")},
        {"salt": bytes(32)},
        {"cost": Cost(72, 1, 1)},
        {"cost": Cost(64, 2, 1)},
        {"cost": Cost(64, 1, 2)},
        {"key_file": Secret(bytes(32))},
    ],
)
def test_everything_counts(change):
    """Another passphrase, salt, memory, time, number of lanes or key file gives another key."""
    usual = {"passphrase": Secret(b"secret"), "salt": SALT, "cost": CHEAP}

    assert derive(**usual) == derive(**usual)
    assert derive(**{**usual, **change}) != derive(**usual)


def test_a_key_file_is_a_second_half():
    """With a key file, both the file and the passphrase are needed."""
    keys = [
        bytes(derive(Secret(phrase), SALT, CHEAP, key_file=Secret(half)).view)
        for phrase, half in itertools.product((b"a", b"b"), (bytes(32), bytes(31) + b"\1"))
    ]

    assert len(set(keys)) == 4


ONE_PASSPHRASE = [
    ("  two   words\n", "two words"),
    ("cafe\u0301", "caf\u00e9"),
    ("\uff41\uff42", "ab"),
    ("\u0639\u0644\u064a", "\u0639\u0644\u06cc"),
    ("\u0643\u062a\u0627\u0628", "\u06a9\u062a\u0627\u0628"),
    ("\u0645\u06cc\u200c\u062e\u0648\u0627\u0647\u0645", "\u0645\u06cc\u062e\u0648\u0627\u0647\u0645"),
    ("\u0661\u06f2", "12"),
]


@pytest.mark.parametrize(("typed", "same"), ONE_PASSPHRASE)
def test_one_passphrase_typed_two_ways_is_one(typed, same):
    """Other code points, other keyboards, other spaces and an unseen half-space make no other passphrase."""
    assert from_text(typed) == from_text(same)


def test_case_and_words_count():
    """Capitals, and where one word ends, are part of a passphrase."""
    assert len({bytes(from_text(text).view) for text in ("ab c", "a bc", "Ab c", "abc")}) == 4


@pytest.mark.parametrize(
    "cost",
    [
        Cost(5 * 1024 * 1024, 1, 1),
        Cost(64, 65, 1),
        Cost(64, 0, 1),
        Cost(64, 1, 0),
        Cost(64, 1, 9),
        Cost(8 * 65, 1, 65),
        Cost(2**32 - 1, 2**32 - 1, 2**32 - 1),
    ],
)
def test_a_cost_out_of_bounds_is_refused_before_any_work(cost):
    """A key file can't make us work for hours or fill the memory."""
    with pytest.raises(KeyCostTooHigh):
        derive(b"x", SALT, cost)


GIBIBYTE = 1024**3


@pytest.mark.parametrize(
    ("seconds", "target", "memory", "mebibytes"),
    [
        (0.5, 1.5, 16 * GIBIBYTE, 768),
        (0.5, 1.6, 16 * GIBIBYTE, 768),
        (9.0, 1.5, 16 * GIBIBYTE, 256),
        (0.01, 1.5, 2 * GIBIBYTE, 512),
        (0.01, 1.5, 1000 * GIBIBYTE, 4096),
        (0.01, 1.5, GIBIBYTE // 2, 256),
    ],
)
def test_calibration_keeps_its_floor_and_its_cap(seconds, target, memory, mebibytes):
    """However fast or small the machine: at least 256 MiB, at most a quarter of its memory or 4 GiB."""
    assert passphrase.scaled(seconds, target, memory) == Cost(mebibytes * 1024, 3, 4)


def test_calibration_measures_this_machine():
    """What comes out can be derived with, and is never below the floor."""
    cost = passphrase.calibrate(0.01)

    assert cost == Cost(256 * 1024, 3, 4)
    assert len(derive(b"x", SALT, cost)) == 32


def test_generated_passphrases_are_words_of_the_list():
    """Seven words of the list, and never the same seven."""
    drawn = [generate() for _ in range(20)]

    assert len(set(drawn)) == 20
    assert all(len(phrase.split()) == 7 and set(phrase.split()) <= set(WORDLIST) for phrase in drawn)
    assert len(generate(4).split()) == 4


WEAK = [
    "",
    "password",
    "Password1",
    "Tehran1367!",
    "azadi azadi",
    "qwertyuiop",
    "zxcvbnmzxcvbnm",
    "abcdefghijklmnop",
    "aaaaaaaaaaaaaaaa",
    "abcabcabcabc",
    "0987654321",
    "12345678901234567890",
]


@pytest.mark.parametrize("text", WEAK)
def test_weak_passphrases_are_called_weak(text):
    """What guessing programs try first is weak, whatever its length."""
    assert estimate(text).level is Level.WEAK


@pytest.mark.parametrize(("words", "level"), [(4, Level.FAIR), (5, Level.FAIR), (6, Level.GOOD), (7, Level.STRONG)])
def test_generated_passphrases_are_called_what_they_are(words, level):
    """Ten bits a word: five words are fair, six are good, seven are strong."""
    strength = estimate(" ".join(WORDLIST[place * 97] for place in range(words)))

    assert (strength.bits, strength.level) == (10 * words, level)


def test_more_is_never_less():
    """A word more never makes a passphrase weaker, and repeating a word hardly makes it stronger."""
    words = ["moisture", "erode", "Tehran", "1367", "busy"]
    bits = [estimate(" ".join(words[:count])).bits for count in range(6)]

    assert bits == sorted(bits)
    assert estimate("erode erode erode").bits <= estimate("erode").bits + 2
    assert estimate("erode busy").seconds > estimate("erode").seconds > 0
