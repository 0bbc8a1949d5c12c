# SPDX-License-Identifier: Apache-2.0
"""A secret shows nothing and can be forgotten."""

from __future__ import annotations

import copy
import pickle

import pytest

from testimony_app.crypto.errors import SecretWiped
from testimony_app.crypto.secret import Secret, wipe


def test_a_secret_prints_as_dots():
    """Neither its text nor its form in a trace tells a byte, nor how many there are."""
    secret = Secret(b"open sesame")

    assert str(secret) == repr(secret) == f"{secret}" == repr(Secret(b""))
    assert "sesame" not in repr([secret])


def test_wiping_wipes_the_buffer_that_was_handed_in():
    """A bytearray is taken over, not copied, so that wiping leaves no copy."""
    buffer = bytearray(b"open sesame")
    secret = Secret(buffer)
    secret.wipe()
    secret.wipe()

    assert not any(buffer) and len(buffer) == 11
    assert secret.is_wiped
    with pytest.raises(SecretWiped):
        _ = secret.view


def test_a_block_wipes_at_its_end_also_after_an_error():
    """A secret does not outlive its block."""
    buffer = bytearray(b"open sesame")

    with pytest.raises(KeyError), Secret(buffer):
        raise KeyError

    assert not any(buffer)


def test_a_copy_is_wiped_on_its_own():
    """A copy stays when the first is wiped."""
    first = Secret(b"abc")
    second = first.copy()
    first.wipe()

    assert bytes(second.view) == b"abc"


def test_secrets_are_compared_by_content():
    """Equal bytes are equal; other things are not."""
    assert Secret(b"abc") == Secret(b"abc")
    assert Secret(b"abc") != Secret(b"abd")
    assert Secret(b"abc") != Secret(b"abcd")
    assert Secret(b"abc") != b"abc"
    with pytest.raises(TypeError):
        hash(Secret(b"abc"))


@pytest.mark.parametrize("leak", [pickle.dumps, copy.copy, copy.deepcopy])
def test_a_secret_is_not_written_anywhere(leak):
    """No library can pickle or copy a secret by accident."""
    with pytest.raises(TypeError):
        leak(Secret(b"abc"))


def test_random_secrets_differ():
    """Fresh secrets have the size asked for and are not the same twice."""
    assert len(Secret.random(32)) == 32
    assert Secret.random(32) != Secret.random(32)


def test_a_view_is_wiped_in_place():
    """Part of a buffer can be wiped through a view of it."""
    buffer = bytearray(b"abcdef")
    wipe(memoryview(buffer)[2:4])

    assert buffer == b"ab\0\0ef"
