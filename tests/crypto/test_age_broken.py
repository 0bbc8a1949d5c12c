# SPDX-License-Identifier: Apache-2.0
"""Headers that no honest writer makes, each broken in one way, and headers that are strange and sound."""

from __future__ import annotations

import io
import os

import pytest

from testimony_app.crypto import age, header
from testimony_app.crypto.errors import (
    HeaderAltered,
    HeaderDamaged,
    HeaderTooLarge,
    NoMatchingKey,
    NotAnAgeFile,
    PassphraseFile,
    PayloadTampered,
    PayloadTruncated,
)
from testimony_app.crypto.header import Stanza
from testimony_app.crypto.recipients import HybridIdentity, X25519Identity
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.stream import PayloadWriter

HYBRID = HybridIdentity.generate()
CURVE = X25519Identity.generate()
CONTENT = b"age"


def sealed(*stanzas, file_key=b"YELLOW SUBMARINE", content=CONTENT):
    """Return an age file with these stanzas."""
    out = io.BytesIO()
    key = Secret(file_key)
    out.write(header.serialise(header.seal(tuple(stanzas), key)))
    with PayloadWriter(out, key) as writer:
        writer.write(content)
    return out.getvalue()


def hybrid(file_key=b"YELLOW SUBMARINE"):
    """Return a stanza for the hybrid key."""
    return HYBRID.recipient().wrap(Secret(file_key))


def curve(file_key=b"YELLOW SUBMARINE"):
    """Return a stanza for the X25519 key."""
    return CURVE.recipient().wrap(Secret(file_key))


def opened(file, *identities):
    """Open a file with the hybrid key, or with those given."""
    return bytes(age.open_bytes(file, identities or (HYBRID,)))


def with_argument(stanza, value):
    """Return the stanza with another share."""
    return Stanza(stanza.type, (header.encode_base64(value),), stanza.body)


def share(stanza):
    """Return the bytes of a stanza's share."""
    return header.decode_base64(stanza.arguments[0].encode())


STRANGE_AND_SOUND = {
    "several-recipients": lambda: sealed(HybridIdentity.generate().recipient().wrap(Secret(bytes(16))), hybrid()),
    "unknown-type-before": lambda: sealed(Stanza("joint-grease", ("a",), b"x" * 100), hybrid()),
    "unknown-type-without-arguments": lambda: sealed(Stanza("grease", (), b""), hybrid()),
    "body-that-fills-its-line": lambda: sealed(Stanza("grease", (), b"x" * 48), hybrid()),
    "body-that-fills-two-lines": lambda: sealed(Stanza("grease", (), b"x" * 96), hybrid()),
    "every-printable-sign": lambda: sealed(Stanza("!", tuple(chr(sign) for sign in range(33, 127)), b""), hybrid()),
    "both-kinds-of-key": lambda: sealed(hybrid(), curve()),
}

NO_MATCH = {
    "type-in-capitals": lambda: sealed(Stanza("MLKEM768X25519", hybrid().arguments, hybrid().body)),
    "altered-curve-half": lambda: sealed(flipped(hybrid(), -10)),
    "altered-lattice-half": lambda: sealed(flipped(hybrid(), 10)),
    "altered-body": lambda: sealed(Stanza("mlkem768x25519", hybrid().arguments, hybrid().body)),
    "for-somebody-else": lambda: sealed(HybridIdentity.generate().recipient().wrap(Secret(bytes(16)))),
    "unknown-types-only": lambda: sealed(Stanza("grease", ("a",), b"x")),
}

HEADER_FAILURE = {
    "curve-half-is-zero": lambda: sealed(with_argument(hybrid(), share(hybrid())[:1088] + bytes(32))),
    "curve-half-of-low-order": lambda: sealed(with_argument(hybrid(), share(hybrid())[:1088] + b"\1" + bytes(31))),
    "longer-share": lambda: sealed(with_argument(hybrid(), share(hybrid()) + b"\0")),
    "shorter-share": lambda: sealed(with_argument(hybrid(), share(hybrid())[:-1])),
    "two-arguments": lambda: sealed(Stanza("mlkem768x25519", (*hybrid().arguments, "x"), hybrid().body)),
    "no-argument": lambda: sealed(Stanza("mlkem768x25519", (), hybrid().body)),
    "longer-file-key": lambda: sealed(hybrid(b"x" * 17)),
    "padded-share": lambda: sealed(Stanza("mlkem768x25519", (hybrid().arguments[0] + "==",), hybrid().body)),
    "share-is-no-base64": lambda: sealed(Stanza("mlkem768x25519", ("*" * 1494,), hybrid().body)),
    "passphrase-and-key": lambda: sealed(Stanza("scrypt", ("x", "10"), b"x" * 32), hybrid()),
}


def flipped(stanza, place):
    """Return the stanza with one byte of its share altered."""
    value = bytearray(share(stanza))
    value[place] ^= 0xFF
    return with_argument(stanza, bytes(value))


@pytest.mark.parametrize("make", STRANGE_AND_SOUND.values(), ids=STRANGE_AND_SOUND)
def test_what_is_strange_and_sound_opens(make):
    """Stanzas we don't know are passed over, in whatever place and form."""
    assert opened(make()) == CONTENT


@pytest.mark.parametrize("make", NO_MATCH.values(), ids=NO_MATCH)
def test_what_is_not_for_us_is_not_ours(make):
    """A stanza that is not for our key does not open, and is not taken for damage."""
    with pytest.raises(NoMatchingKey):
        opened(make())


@pytest.mark.parametrize("make", HEADER_FAILURE.values(), ids=HEADER_FAILURE)
def test_what_nobody_honest_writes_is_damage(make):
    """A stanza for our kind of key that no honest writer makes is damage."""
    with pytest.raises(HeaderDamaged):
        opened(make())


def test_a_hybrid_share_in_an_older_stanza_is_damage():
    """An X25519 stanza with a hybrid share is refused before any key is tried."""
    with pytest.raises(HeaderDamaged):
        opened(sealed(Stanza("X25519", hybrid().arguments, hybrid().body)), CURVE)


BROKEN_LINES = {
    "carriage-returns": lambda text: text[:22] + text[22:].replace(b"\n", b"\r\n"),
    "other-arrow": lambda text: text.replace(b"-> ", b"=> ", 1),
    "arrow-without-space": lambda text: text.replace(b"-> ", b"->", 1),
    "arrow-and-two-spaces": lambda text: text.replace(b"-> ", b"->  ", 1),
    "space-at-the-end-of-a-line": lambda text: text.replace(b"X25519", b"X25519 ", 1),
    "tab-in-a-line": lambda text: text.replace(b"X25519 ", b"X25519\t", 1),
    "sign-outside-ascii": lambda text: text.replace(b"X25519", b"X2551\xff", 1),
    "padding-in-a-body": lambda text: text.replace(b"\n---", b"=\n---", 1),
    "empty-line-before-the-end": lambda text: text.replace(b"\n---", b"\n\n---", 1),
    "no-body": lambda text: text[: text.index(b"\n", 40)] + text[text.index(b"\n---") :],
    "no-space-after-dashes": lambda text: text.replace(b"\n--- ", b"\n---", 1),
    "two-spaces-after-dashes": lambda text: text.replace(b"\n--- ", b"\n---  ", 1),
    "no-code": lambda text: text[: text.index(b"\n--- ") + 5] + b"\n",
    "code-cut-short": lambda text: text[:-3] + b"\n",
    "code-with-padding": lambda text: text[:-1] + b"=\n",
    "garbage-after-code": lambda text: text[:-1] + b" x\n",
    "no-stanza": lambda text: text[:22] + text[text.index(b"--- ") :],
    "cut-in-a-stanza": lambda text: text[:60],
    "cut-before-the-last-line-end": lambda text: text[:-1],
}


@pytest.mark.parametrize("breaking", BROKEN_LINES.values(), ids=BROKEN_LINES)
def test_a_header_broken_in_its_form_is_damage(breaking):
    """A header has one form; any other is refused, whatever it might mean."""
    text = header.serialise(header.seal((curve(),), Secret(b"YELLOW SUBMARINE")))

    with pytest.raises(HeaderDamaged):
        age.inspect(io.BytesIO(breaking(text)))


@pytest.mark.parametrize(
    "start", [b"", b"age-encryption.org/v2\n", b"age-encryption.org/v1\r\n", b"PK\3\4", b"x" * 9999]
)
def test_what_does_not_begin_as_an_age_file_is_none(start):
    """Another version, another format and nothing at all are refused by their first line."""
    with pytest.raises(NotAnAgeFile):
        age.inspect(io.BytesIO(start))


def test_an_altered_header_is_noticed():
    """A stanza added, dropped or moved breaks the header's authentication."""
    whole = sealed(hybrid(), Stanza("grease", (), b"x"))
    parsed = age.inspect(io.BytesIO(whole))
    altered = header.Header((parsed.stanzas[0],), parsed.mac)

    with pytest.raises(HeaderAltered):
        opened(header.serialise(altered) + whole[parsed.size :])


def test_a_passphrase_file_is_refused_without_any_work():
    """A file sealed with a passphrase is refused before its cost is even read."""
    with pytest.raises(PassphraseFile):
        opened(sealed(Stanza("scrypt", ("c2FsdA", "40"), b"x" * 32)))


TOO_LARGE = {
    "stanzas": lambda: sealed(*[Stanza("grease", (), b"")] * 33),
    "line": lambda: sealed(Stanza("grease", ("a" * 4096,), b"")),
    "endless-line": lambda: b"age-encryption.org/v1\n-> " + b"a" * 1_000_000,
    "body": lambda: sealed(Stanza("grease", (), b"x" * 60_000)),
    "just-too-long": lambda: sealed(*[Stanza("grease", ("a" * 4000,), b"")] * 16, hybrid()) + bytes(70_000),
    "endless-body": lambda: b"age-encryption.org/v1\n-> a\n" + (b"A" * 64 + b"\n") * 20_000,
}


@pytest.mark.parametrize("make", TOO_LARGE.values(), ids=TOO_LARGE)
def test_a_header_beyond_the_limits_is_not_read(make):
    """A header that goes on and on is refused at the limit."""
    with pytest.raises(HeaderTooLarge):
        age.inspect(io.BytesIO(make()))


def test_the_largest_header_within_the_limits_is_read():
    """Thirty-two stanzas are read."""
    assert opened(sealed(*[Stanza("grease", (), b"")] * 31, hybrid())) == CONTENT


@pytest.mark.parametrize("size", [*range(17), 31])
def test_a_file_cut_after_its_header_is_refused(size):
    """With less than a nonce and one chunk's tag nothing can be opened."""
    whole = sealed(hybrid())
    start = age.inspect(io.BytesIO(whole)).size

    with pytest.raises((HeaderDamaged, PayloadTruncated)):
        opened(whole[: start + size])


@pytest.mark.parametrize("chunks", [3, 257, 258])
def test_many_chunks_open_and_their_order_counts(chunks):
    """Chunks beyond one byte's count open, and two of them in each other's place do not."""
    content = os.urandom(chunks * 65536 - 1)
    whole = bytearray(sealed(hybrid(), content=content))
    assert opened(bytes(whole)) == content

    start = age.inspect(io.BytesIO(bytes(whole))).size + 16
    first, second = (slice(start + at * 65552, start + (at + 1) * 65552) for at in (0, 1))
    whole[first], whole[second] = whole[second], whole[first]

    with pytest.raises(PayloadTampered):
        opened(bytes(whole))
