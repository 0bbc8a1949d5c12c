# SPDX-License-Identifier: Apache-2.0
"""Broken and malicious age files."""

from __future__ import annotations

import io
import os
import re

import pytest

from testimony_app.crypto import age
from testimony_app.crypto.header import Header, Stanza, encode_base64, seal, serialise
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.stream import PayloadWriter
from tests.hostile.forge import Bends

CHUNK = 65536 + 16
FIRST_LINE = b"age-encryption.org/v1\n"


def header_end(file):
    """Return where an age file's payload begins."""
    return re.search(rb"\n--- [^\n]*\n", file).end()


def with_header(stanzas, payload=b"x"):
    """Return an age file with exactly these stanzas and a good seal over them, under a key that nobody else has."""
    key = Secret.random(16)
    out = io.BytesIO()
    out.write(serialise(seal(tuple(stanzas), key)))
    writer = PayloadWriter(out, key)
    writer.write(payload)
    writer.finish()
    return out.getvalue()


def flipped(at):
    def bend(file):
        position = at(file)
        return file[:position] + bytes([file[position] ^ 1]) + file[position + 1 :]

    return bend


def another_letter(at):
    def bend(file):
        return file[:at] + (b"B" if file[at : at + 1] == b"A" else b"A") + file[at + 1 :]

    return bend


def replaced_once(old, new):
    def bend(file):
        changed = file.replace(old, new, 1)
        assert changed != file
        return changed

    return bend


def chunks(file):
    start = header_end(file) + 16
    return file[:start], [file[at : at + CHUNK] for at in range(start, len(file), CHUNK)]


def rearranged(order):
    def bend(file):
        head, parts = chunks(file)
        return head + b"".join(order(parts))

    return bend


CUT, ALTERED = "exchange.bundle-cut-short", "exchange.bundle-altered"
NOT, LIMITS = "exchange.not-a-bundle", "exchange.beyond-limits"

CASES = {
    # Not an age file at all.
    "empty file": (lambda _f: b"", NOT),
    "one byte": (lambda _f: b"a", NOT),
    "noise": (lambda _f: b"\x8f" * 2_000_000, NOT),
    "a zip file": (lambda _f: b"PK\x03\x04" + bytes(2000), NOT),
    "an unencrypted tar": (lambda _f: bytes(10240), NOT),
    "armoured age": (lambda _f: b"-----BEGIN AGE ENCRYPTED FILE-----\n" + b"A" * 4000, NOT),
    "a later age version": (replaced_once(b"/v1\n", b"/v2\n"), NOT),
    "carriage return after the first line": (replaced_once(b"/v1\n", b"/v1\r\n"), NOT),
    "space before the first line": (lambda f: b" " + f, NOT),
    "byte order mark": (lambda f: b"\xef\xbb\xbf" + f, NOT),
    # Cut short.
    "first line only": (lambda f: f[:22], CUT),
    "cut in the first stanza": (lambda f: f[:500], CUT),
    "cut before the seal": (lambda f: f[: f.index(b"\n---") + 1], CUT),
    "cut in the seal": (lambda f: f[: header_end(f) - 10], CUT),
    "header alone": (lambda f: f[: header_end(f)], CUT),
    "cut in the nonce": (lambda f: f[: header_end(f) + 5], CUT),
    "nonce alone": (lambda f: f[: header_end(f) + 16], CUT),
    "cut in the first chunk": (lambda f: f[: header_end(f) + 1000], CUT),
    "cut after the first chunk": (lambda f: f[: header_end(f) + 16 + CHUNK], CUT),
    "cut in the middle": (lambda f: f[: len(f) // 2], CUT),
    "cut at a chunk's end": (lambda f: f[: header_end(f) + 16 + 10 * CHUNK], CUT),
    "last chunk missing": (rearranged(lambda parts: parts[:-1]), CUT),
    "last byte missing": (lambda f: f[:-1], CUT),
    "last tag missing": (lambda f: f[:-16], CUT),
    # Altered.
    "a bit of the seal": (flipped(lambda f: f.index(b"\n--- ") + 8), ALTERED),
    # Stanzas are anonymous: one that our key doesn't open may be anybody's.
    "a letter of our own stanza": (another_letter(200), "exchange.not-for-us"),
    "a bit of the nonce": (flipped(lambda f: header_end(f) + 3), ALTERED),
    "a bit of the first chunk": (flipped(lambda f: header_end(f) + 100), ALTERED),
    "a bit in the middle": (flipped(lambda f: len(f) // 2), ALTERED),
    "a bit of the last chunk": (flipped(lambda f: len(f) - 100), ALTERED),
    "the last bit": (flipped(lambda f: len(f) - 1), ALTERED),
    "one byte after the end": (lambda f: f + b"\0", ALTERED),
    "a block of zeros after the end": (lambda f: f + bytes(512), ALTERED),
    "another bundle after the end": (lambda f: f + f, ALTERED),
    "first chunks swapped": (rearranged(lambda p: [p[1], p[0], *p[2:]]), ALTERED),
    "middle chunks swapped": (rearranged(lambda p: [*p[:5], p[6], p[5], *p[7:]]), ALTERED),
    "a chunk twice": (rearranged(lambda p: [*p[:5], p[4], *p[5:]]), ALTERED),
    "a chunk instead of another": (rearranged(lambda p: [*p[:5], p[4], *p[6:]]), ALTERED),
    "stanza added after sealing": (replaced_once(FIRST_LINE, FIRST_LINE + b"-> note\n\n"), ALTERED),
    "carriage returns in the header": (
        lambda f: f[:22] + f[22 : header_end(f)].replace(b"\n", b"\r\n") + f[header_end(f) :], ALTERED,
    ),
    "padding on a base64": (lambda f: f[: header_end(f) - 1] + b"=" + f[header_end(f) - 1 :], ALTERED),
    "no stanza": (lambda f: FIRST_LINE + f[f.index(b"--- ") :], ALTERED),
    # Beyond the limits.
    "forty stanzas": (lambda _f: with_header([Stanza("note", (), b"")] * 40), LIMITS),
    "a stanza line of five kilobytes": (lambda _f: with_header([Stanza("note", ("x" * 5000,), b"")]), LIMITS),
    "a header of a hundred kilobytes": (lambda _f: with_header([Stanza("note", (), bytes(100_000))]), LIMITS),
    "an endless first stanza": (lambda _f: FIRST_LINE + b"-> " + b"x" * 3_000_000, LIMITS),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_broken_envelopes(world, offer, name):
    """Each broken envelope gets its own verdict."""
    bend, code = CASES[name]

    error, _warnings = offer(world.forge(Bends(file=bend)), world.desk())

    assert error is not None
    assert error.code == code


def test_where_a_file_was_cut_is_said(world, offer):
    """A cut after the signed pages says at which byte of how many."""
    whole = world.forge(Bends())

    error, _warnings = offer(whole[:-300_000], world.desk())

    assert (error.facts["at_byte"], error.facts["of_bytes"]) == (len(whole) - 300_000, len(whole))


def passphrase_stanza(work):
    """Return a stanza that asks for a passphrase and this much work."""
    return Stanza("scrypt", (encode_base64(bytes(16)), work), bytes(32))


def low_order(world):
    honest = world.archive.identity.recipient().wrap(Secret.random(16))
    share = bytes(1088) + bytes(32)
    return [Stanza(honest.type, (encode_base64(share),), honest.body)]


FOREIGN = {
    "older key of somebody else": (lambda _w: [age.X25519Identity.generate().recipient()], "exchange.not-for-us"),
    "quantum-safe key of somebody else": (
        lambda _w: [age.HybridIdentity.generate().recipient()],
        "exchange.not-for-us",
    ),
}
STANZAS = {
    "passphrase": (lambda _w: [passphrase_stanza("18")], "exchange.passphrase-bundle"),
    "passphrase of a year's work": (lambda _w: [passphrase_stanza("30")], "exchange.passphrase-bundle"),
    "passphrase beside a key": (
        lambda _w: [passphrase_stanza("18"), Stanza("note", (), b"")],
        "exchange.passphrase-bundle",
    ),
    "kinds that nobody knows": (
        lambda _w: [Stanza("note", (), b""), Stanza("other", ("a",), b"")], "exchange.not-for-us",
    ),
    "share of low order": (low_order, ALTERED),
    "wrapped key too short": (
        lambda _w: [Stanza("mlkem768x25519", (encode_base64(bytes(1120)),), bytes(31))], ALTERED,
    ),
    "no share": (lambda _w: [Stanza("mlkem768x25519", (), bytes(32))], ALTERED),
    "two shares": (lambda _w: [Stanza("mlkem768x25519", (encode_base64(bytes(1120)),) * 2, bytes(32))], ALTERED),
    "share too long": (lambda _w: [Stanza("mlkem768x25519", (encode_base64(bytes(1121)),), bytes(32))], ALTERED),
}  # fmt: skip


@pytest.mark.parametrize("name", FOREIGN)
def test_other_peoples_envelopes(world, offer, name):
    """What is sealed to others stays closed."""
    recipients, code = FOREIGN[name]

    error, _warnings = offer(world.forge(Bends(recipients=recipients(world))), world.desk())

    assert error.code == code


@pytest.mark.parametrize("name", STANZAS)
def test_strange_stanzas(world, offer, name):
    """Headers that no honest writer makes are refused before any work is done for them."""
    stanzas, code = STANZAS[name]

    error, _warnings = offer(with_header(stanzas(world), bytes(1 << 20)), world.desk())

    assert error.code == code


def test_mixed_keys_are_taken_with_a_warning(world, offer):
    """A bundle that an older key also opens isn't lost; it is marked, and its receipt will never delete."""
    key = Secret.random(16)
    stanzas = [world.archive.identity.recipient().wrap(key), age.X25519Identity.generate().recipient().wrap(key)]
    out = io.BytesIO()
    out.write(serialise(seal(tuple(stanzas), key)))
    writer = PayloadWriter(out, key)
    whole = world.forge(Bends())
    writer.write(bytes(age.open_bytes(whole, [world.archive.identity])))
    writer.finish()

    error, warnings = offer(out.getvalue(), world.desk())

    assert error is None
    assert warnings == ("mixed-recipients",)
    assert isinstance(age.inspect(io.BytesIO(out.getvalue())), Header)


def test_things_that_are_no_files(world, offer, tmp_path):
    """A folder, a pipe and a missing name keep nobody waiting."""
    (tmp_path / "stick" / "folder.AGE").mkdir()
    os.mkfifo(tmp_path / "stick" / "pipe.AGE")

    for name, code in (
        ("folder.AGE", {"exchange.not-a-bundle", "exchange.file-unreadable"}),
        ("pipe.AGE", {"exchange.not-a-bundle"}),
        ("missing.AGE", {"exchange.file-unreadable"}),
    ):
        error, _warnings = offer(None, world.desk(), path=tmp_path / "stick" / name)
        assert error.code in code


def test_file_longer_than_any_bundle(world, offer, tmp_path):
    """A sparse file of five gigabytes is refused by its length, without reading it."""
    huge = tmp_path / "stick" / "HUGE7777.AGE"
    with huge.open("wb") as file:
        file.write(FIRST_LINE)
        file.truncate(5 << 30)

    error, _warnings = offer(None, world.desk(), path=huge)

    assert error.code == LIMITS


def test_the_honest_one_passes(world, offer):
    """The bundle that all forgeries start from is good; else they would prove nothing."""
    assert offer(world.forge(Bends()), world.desk()) == (None, ())
