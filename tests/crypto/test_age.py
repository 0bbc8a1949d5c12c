# SPDX-License-Identifier: Apache-2.0
"""Sealing and opening age files with our own keys."""

from __future__ import annotations

import io
import os
from collections import Counter

import pytest

from testimony_app.crypto import age, bech32
from testimony_app.crypto.errors import MixedRecipients, NoMatchingKey, NotAKey, PayloadTampered, PayloadTruncated
from testimony_app.crypto.recipients import (
    HybridIdentity,
    HybridRecipient,
    X25519Identity,
    X25519Recipient,
    identity_from_text,
    recipient_from_text,
)
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.stream import PayloadReader, PayloadWriter

KINDS = [HybridIdentity, X25519Identity]


@pytest.fixture(params=KINDS)
def identity(request):
    """Return an identity of each kind in turn."""
    return request.param.generate()


@pytest.mark.parametrize("size", [0, 1, 65535, 65536, 65537, 131072, 1_500_000])
def test_what_is_sealed_opens(identity, size):
    """Content of every awkward length opens to itself."""
    content = os.urandom(size)

    assert age.open_bytes(age.seal_bytes(content, [identity.recipient()]), [identity]) == content


def test_keys_travel_as_text(identity):
    """Both halves of a key are written as text and read back, the public one in capitals too."""
    text = identity.recipient().text()
    with identity.text() as private:
        again = identity_from_text(private)

    assert recipient_from_text(text).public == identity.recipient().public
    assert recipient_from_text(f" {text.upper()}\n").public == identity.recipient().public
    assert again.recipient().text() == text


def test_the_public_key_has_the_length_that_cards_are_made_for():
    """A hybrid recipient is 1,959 characters, which fit one QR code."""
    assert len(HybridIdentity.generate().recipient().text()) == 1959


def test_a_mixture_of_kinds_is_refused():
    """Nothing is sealed to a quantum-safe and an older key together."""
    mixed = [HybridIdentity.generate().recipient(), X25519Identity.generate().recipient()]
    out = io.BytesIO()

    with pytest.raises(MixedRecipients):
        age.encrypt(out, mixed)
    assert out.getvalue() == b""


def test_a_mixture_made_by_others_is_flagged():
    """A file sealed to both kinds shows itself as mixed, one of ours as quantum-safe."""
    key = HybridIdentity.generate()
    ours = age.inspect(io.BytesIO(age.seal_bytes(b"", [key.recipient()], decoys=3)))
    both = age.Header((*ours.stanzas, X25519Identity.generate().recipient().wrap(Secret(bytes(16)))), ours.mac)

    assert ours.is_quantum_safe and not ours.is_mixed
    assert both.is_mixed and not both.is_quantum_safe


@pytest.mark.parametrize(("recipients", "stanzas"), [(1, 4), (3, 4), (4, 4), (5, 8), (9, 16), (16, 16)])
def test_decoys_hide_how_many_may_open(recipients, stanzas):
    """With decoys there are 4, 8 or 16 stanzas, all of the same kind and size, and every recipient opens."""
    keys = [HybridIdentity.generate() for _ in range(recipients)]
    sealed = age.seal_bytes(b"x", [key.recipient() for key in keys], decoys=age.decoys_for(recipients))
    header = age.inspect(io.BytesIO(sealed))

    assert header.types == ("mlkem768x25519",) * stanzas
    assert len({(len(stanza.arguments[0]), len(stanza.body)) for stanza in header.stanzas}) == 1
    assert all(age.open_bytes(sealed, [key]) == b"x" for key in keys)


def test_decoys_do_not_always_come_last():
    """The real stanza is found in every place."""
    key = HybridIdentity.generate()
    places = Counter()
    for _ in range(60):
        header = age.inspect(io.BytesIO(age.seal_bytes(b"", [key.recipient()], decoys=3)))
        places[[key.unwrap(stanza) is not None for stanza in header.stanzas].index(True)] += 1

    assert set(places) == {0, 1, 2, 3}


@pytest.mark.parametrize("count", [0, 17])
def test_a_file_is_sealed_to_one_to_sixteen(count):
    """Neither nobody nor a crowd."""
    with pytest.raises(ValueError, match="recipients"):
        age.encrypt(io.BytesIO(), [X25519Identity.generate().recipient()] * count)


def test_another_key_does_not_open(identity):
    """A file opens to nobody it was not sealed to."""
    sealed = age.seal_bytes(b"x", [identity.recipient()])

    with pytest.raises(NoMatchingKey):
        age.open_bytes(sealed, [kind.generate() for kind in KINDS])


def test_nothing_is_finished_after_a_failure(identity):
    """When the writing of a file fails half-way, its end is not marked, and it does not pass for whole."""
    out = io.BytesIO()

    def interrupted():
        with age.encrypt(out, [identity.recipient()]) as writer:
            writer.write(bytes(200_000))
            raise OSError

    with pytest.raises(OSError):
        interrupted()
    with pytest.raises((PayloadTruncated, PayloadTampered)):
        age.open_bytes(out.getvalue(), [identity])


def test_a_recording_sealed_from_its_first_byte_opens_though_it_was_cut(identity):
    """With the header on disk first, what a cut left is opened as far as it is authentic, and is flagged."""
    out, content = io.BytesIO(), os.urandom(300_000)
    with Secret.random(16) as file_key:
        age.write_header(out, file_key, [identity.recipient()], decoys=3)
        PayloadWriter(out, file_key).write(content)

    reader = age.decrypt(out, [identity], allow_unterminated=True)

    assert reader.is_unterminated
    assert reader.readall() == content[: 4 * 65536]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "age1",
        "age1pq1",
        "age1" + "q" * 58,
        HybridIdentity.generate().recipient().text()[:-1],
        HybridIdentity.generate().recipient().text()[:-1] + "b",
        X25519Identity.generate().recipient().text().replace("a", "A", 1),
        bech32.encode("age", bytes(31)).decode(),
        bech32.encode("age1pq", bytes(1217)).decode(),
        bech32.encode("age1pq", b"\xff" * 1216).decode(),
        "\u0627age1",
        "x" * 10_000,
    ],
    ids=[
        "nothing", "prefix", "hybrid prefix", "no checksum", "a letter short", "a false checksum", "mixed case",
        "31 bytes", "1217 bytes", "no point", "a foreign letter", "far too long",
    ],
)  # fmt: skip
def test_what_is_no_public_key_is_refused(text):
    """A text that was cut, mistyped or made up is no key."""
    with pytest.raises(NotAKey):
        recipient_from_text(text)


@pytest.mark.parametrize("prefix", ["age-secret-key-", "age-secret-key-pq-"])
def test_a_private_key_of_the_wrong_length_is_refused(prefix):
    """A private key has 32 bytes."""
    with pytest.raises(NotAKey):
        identity_from_text(Secret(bech32.encode(prefix, bytes(31))))


def test_a_key_of_low_order_is_not_sealed_to():
    """A public key that makes every secret the same is refused when something is to be sealed to it."""
    with pytest.raises(NotAKey):
        X25519Recipient(bytes(32)).wrap(Secret(bytes(16)))


def test_a_public_key_of_the_wrong_length_is_refused():
    """Bytes that are no key are not taken for one."""
    for kind in (HybridRecipient, X25519Recipient):
        with pytest.raises(NotAKey):
            kind(bytes(33))


def test_a_wiped_identity_opens_nothing(identity):
    """After wiping, the identity is gone."""
    from testimony_app.crypto.errors import SecretWiped

    sealed = age.seal_bytes(b"x", [identity.recipient()])
    identity.wipe()

    with pytest.raises(SecretWiped):
        age.open_bytes(sealed, [identity])


def test_a_file_is_opened_without_reading_all_of_it(identity):
    """Opening a file and reading its last bytes touches neither its middle nor its beginning twice."""
    sealed = age.seal_bytes(bytes(5_000_000), [identity.recipient()])
    file = CountingFile(sealed)
    reader = age.decrypt(file, [identity])
    reader.seek(-10, os.SEEK_END)

    assert reader.read() == bytes(10)
    assert file.bytes_read < 3 * 65552 + 65536


class CountingFile(io.BytesIO):
    """A file that counts what is read from it."""

    bytes_read = 0

    def readinto(self, buffer):
        """Read and count."""
        count = super().readinto(buffer)
        self.bytes_read += count
        return count


def test_the_content_is_a_file_for_any_library(identity):
    """A reader passes for a raw file: it can be wrapped, read by line, and closed."""
    sealed = age.seal_bytes(b"first\nsecond\n" * 20_000, [identity.recipient()])
    with io.BufferedReader(age.decrypt(io.BytesIO(sealed), [identity])) as file:
        assert isinstance(file.raw, PayloadReader)
        assert file.readline() == b"first\n"
        assert sum(1 for _ in file) == 39_999
