# SPDX-License-Identifier: Apache-2.0
"""A digest taken beside the work is the digest."""

from __future__ import annotations

import hashlib
import random
import threading

import pytest

from testimony_app.crypto.digest import BesideDigest


@pytest.mark.parametrize("algorithm", ["sha512", "sha256"])
def test_it_is_the_digest_of_all_that_was_handed_in(algorithm):
    """Buffers filled in turn give the digest of all they held, at any time and at the end."""
    content = random.Random(1).randbytes(3_000_017)
    with BesideDigest(algorithm) as digest:
        pieces = (content[start : start + 50_000] for start in range(0, len(content), 50_000))
        for piece, buffer in zip(pieces, digest.buffers(50_000), strict=False):
            buffer[: len(piece)] = piece
            digest.update(memoryview(buffer)[: len(piece)])
        assert digest.digest() == hashlib.new(algorithm, content).digest()
        digest.update(b"and more")

    content += b"and more"
    assert digest.hexdigest() == hashlib.new(algorithm, content).hexdigest()


def test_the_thread_ends_with_the_block_also_after_an_error():
    """No thread outlives its work."""
    digest = BesideDigest()
    digest.update(bytes(1000))
    with pytest.raises(KeyError), digest:
        raise KeyError

    assert not any(thread.name == "digest" for thread in threading.enumerate())


def test_nothing_has_the_digest_of_nothing():
    """Without a byte it is the digest of no bytes."""
    with BesideDigest() as digest:
        assert digest.digest() == hashlib.sha512().digest()
