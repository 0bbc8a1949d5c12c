# SPDX-License-Identifier: Apache-2.0
"""Codes can be read aloud, typed in any way, and a slip of the tongue is noticed."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimony_app.model.ids import ALPHABET, NotACode, new_code, new_id, parse_code


def test_a_code_has_one_written_form():
    """Fresh codes look like T-7K2F-Q9 and are read back as they were written."""
    for _ in range(200):
        code = new_code()

        assert re.fullmatch(r"T-[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{2}", code)
        assert parse_code(code) == code


@pytest.mark.parametrize(
    "spelling",
    [str.lower, lambda code: code.replace("-", ""), lambda code: f"  {code}\n"],
    ids=["in small letters", "without hyphens", "with spaces around"],
)
def test_a_code_is_taken_in_any_spelling(spelling):
    """Case, hyphens and spaces around it do not matter."""
    code = new_code()

    assert parse_code(spelling(code)) == code


def test_letters_that_look_like_digits_are_taken_as_digits():
    """O is read as zero, I and L as one, as Crockford's alphabet has it."""
    code = next(code for code in iter(new_code, "") if "0" in code[2:] and "1" in code[2:])

    assert parse_code("T" + code[1:].replace("0", "O").replace("1", "L")) == code


@given(place=st.integers(0, 5), other=st.sampled_from(ALPHABET))
def test_one_wrong_character_is_noticed(place, other):
    """Each single wrong character makes another code, or none."""
    code = new_code()
    symbols = list(code.replace("-", "")[1:])
    if symbols[place] == other:
        return
    symbols[place] = other

    with pytest.raises(NotACode):
        parse_code("T" + "".join(symbols))


@given(place=st.integers(0, 4))
def test_two_neighbours_changing_places_are_noticed(place):
    """Swapping two neighbouring characters, the commonest slip, is noticed."""
    code = new_code()
    symbols = list(code.replace("-", "")[1:])
    if symbols[place] == symbols[place + 1]:
        return
    symbols[place], symbols[place + 1] = symbols[place + 1], symbols[place]

    with pytest.raises(NotACode):
        parse_code("T" + "".join(symbols))


@pytest.mark.parametrize(
    "text", ["", "T", "T-", "T-7K2F", "T-7K2F-Q9X", "X-7K2F-Q9", "T-7K2U-Q9", "T-7K2F\u0661\u0662"]
)
def test_what_is_no_code_is_refused(text):
    """Other shapes, letters outside the alphabet and other digits are no code."""
    with pytest.raises(NotACode):
        parse_code(text)


def test_identifiers_tell_nothing():
    """Identifiers are random, of one length, and never the same."""
    made = {new_id() for _ in range(1000)}

    assert len(made) == 1000
    assert all(re.fullmatch(r"[0-9a-f]{12}4[0-9a-f]{3}[89ab][0-9a-f]{15}", identifier) for identifier in made)
