# SPDX-License-Identifier: Apache-2.0
"""Recovery shares: the public vectors, every first byte, and what people do to sheets of paper."""

from __future__ import annotations

import itertools
import json

import pytest

from testimony_app.crypto.errors import NotAShare, SharesDoNotFit
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.shares import combine, read_share, split
from tests.crypto.vectors import FOLDER

VECTORS = json.loads((FOLDER / "slip39" / "vectors.json").read_text())
SECRET = bytes(range(100, 132))
SHARES = split(Secret(SECRET), 3, 5)


def test_the_vectors_are_all_there():
    """There are 45 of them, and both kinds."""
    assert len(VECTORS) == 45
    assert {bool(secret) for _, _, secret, _ in VECTORS} == {True, False}


@pytest.mark.parametrize("vector", VECTORS, ids=lambda vector: vector[0])
def test_a_vector_ends_as_it_must(vector):
    """The public vectors restore the secret, or are refused."""
    _, shares, secret, _ = vector
    if secret:
        assert combine(shares, passphrase=b"TREZOR") == Secret(bytes.fromhex(secret))
    else:
        with pytest.raises((NotAShare, SharesDoNotFit)):
            combine(shares, passphrase=b"TREZOR")


def test_any_three_of_five_restore_the_secret():
    """Whichever three, in whatever order, as they were typed."""
    for chosen in itertools.permutations(SHARES, 3):
        typed = [f"  {share.upper()}\n".replace(" ", "  ") for share in chosen]
        assert combine(typed) == Secret(SECRET)


@pytest.mark.parametrize("first", range(256))
def test_every_first_byte_comes_back(first):
    """A secret that begins with any byte, zero among them, is restored as it was."""
    secret = bytes([first]) + bytes(31)

    assert combine(split(Secret(secret), 2, 2)) == Secret(secret)


def test_a_share_has_as_many_words_as_its_sheet():
    """Thirty-three words for 32 bytes, twenty for 16."""
    assert {len(share.split()) for share in SHARES} == {33}
    assert {len(share.split()) for share in split(Secret(bytes(16)), 2, 3)} == {20}


def test_a_share_says_what_it_is():
    """Each share tells its set, its number and how many are needed, and no two the same number."""
    facts = [read_share(share) for share in SHARES]

    assert len({fact.set_id for fact in facts}) == 1
    assert sorted(fact.index for fact in facts) == [0, 1, 2, 3, 4]
    assert {fact.threshold for fact in facts} == {3}


@pytest.mark.parametrize("place", range(33))
def test_a_wrong_word_is_noticed(place):
    """One word in the place of another is noticed in the sheet itself."""
    words = SHARES[0].split()
    words[place] = "academic" if words[place] != "academic" else "zero"

    with pytest.raises(NotAShare):
        read_share(" ".join(words))


@pytest.mark.parametrize("text", ["", "academic", "x " * 33, SHARES[0] + " zero", SHARES[0].rpartition(" ")[0]])
def test_what_is_no_share_is_refused(text):
    """Unknown words, one too many and one too few are refused."""
    with pytest.raises(NotAShare):
        read_share(text)
    with pytest.raises(NotAShare):
        combine([text, SHARES[1], SHARES[2]])


WRONG_SETS = {
    "none": [],
    "too-few": SHARES[:2],
    "too-many": SHARES[:4],
    "one-twice": [SHARES[0], SHARES[0], SHARES[1]],
    "one-of-another-set": [*SHARES[:2], split(Secret(SECRET), 3, 5)[2]],
}


@pytest.mark.parametrize("shares", WRONG_SETS.values(), ids=WRONG_SETS)
def test_shares_that_do_not_fit_are_refused(shares):
    """Too few, too many, one twice or one of another set restore nothing, and say so."""
    with pytest.raises(SharesDoNotFit):
        combine(shares)


@pytest.mark.parametrize(("threshold", "count"), [(1, 2), (1, 3), (4, 3), (2, 17), (0, 0)])
def test_a_set_has_two_to_sixteen_shares(threshold, count):
    """One share of several would be the secret itself; more than sixteen can't be told apart."""
    with pytest.raises(ValueError, match="shares"):
        split(Secret(SECRET), threshold, count)
