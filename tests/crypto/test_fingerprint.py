# SPDX-License-Identifier: Apache-2.0
"""What two people read to each other."""

from __future__ import annotations

import hashlib
import re

from testimony_app.crypto.fingerprint import fingerprint, safety_number, same_number

CARD = b'{"name":"an archive"}'


def test_a_safety_number_is_sixty_digits_in_twelve_groups():
    """The number has one form, is the same each time, and another card has another one."""
    number = safety_number(CARD)

    assert re.fullmatch(r"\d{5}( \d{5}){11}", number)
    assert number == safety_number(CARD)
    assert len({safety_number(CARD + bytes([extra])) for extra in range(100)}) == 100


def test_each_group_depends_on_the_card():
    """No group is the same for all cards."""
    groups = zip(*(safety_number(bytes([card])).split() for card in range(50)), strict=True)

    assert all(len(set(group)) > 45 for group in groups)


def test_a_fingerprint_is_the_digest_of_the_card():
    """It is SHA-256 of the card's bytes, which anybody can check."""
    assert fingerprint(CARD) == hashlib.sha256(CARD).hexdigest()


def test_numbers_are_compared_as_they_are_read():
    """Spaces, hyphens, line breaks and Persian or Arabic digits make no difference; one digit does."""
    number = safety_number(CARD)
    persian = "".join(chr(0x06F0 + int(sign)) if sign.isdecimal() else sign for sign in number)

    assert same_number(number.replace(" ", ""), number)
    assert same_number(number.replace(" ", "-\n"), number)
    assert same_number(persian, number)
    assert not same_number(number[:-1] + str(9 - int(number[-1])), number)
    assert not same_number(number[:-1], number)
    assert not same_number("", "")
