# SPDX-License-Identifier: Apache-2.0
"""Broken and malicious insides, sealed to us and, unless the bend is about that, signed by a trusted sender."""

from __future__ import annotations

import hashlib
import json

import pytest

from testimony_app.crypto import canonical, signing
from testimony_app.exchange import tagfiles, ustar
from testimony_app.exchange.history import History, Seen
from testimony_app.model.custody import LogHead
from tests.hostile.forge import Bends, in_header, tar

TAR, BAG, JSON = "exchange.not-strict-tar", "exchange.bag-broken", "exchange.bundle-json-refused"
SIGNATURE, MISSING = "exchange.signature-invalid", "exchange.signature-missing"
NEW, LIMITS, DIFFERS = "exchange.bundle-too-new", "exchange.beyond-limits", "exchange.payload-differs"
FIRST_PAYLOAD = 7
LAST = -1


def raw_header(**changes):
    """Return a bend of the first payload's header that needs no checksum of its own."""

    def bend(members):
        header, body = members[FIRST_PAYLOAD]
        block = bytearray(header)
        for at, value in changes.values():
            block[at : at + len(value)] = value
        members[FIRST_PAYLOAD] = (bytes(block), body)
        return members

    return bend


def field(at, value, member=FIRST_PAYLOAD):
    return Bends(members=in_header(member, at, value))


def moved(order):
    return Bends(members=order)


def without(number):
    return moved(lambda members: members[:number] + members[number + 1 :])


def extra(name, body=b"x", at=len):
    def bend(members):
        members.insert(at(members), (ustar.header(name, len(body)), body))
        return members

    return moved(bend)


def swapped(first, second):
    def bend(members):
        members[first], members[second] = members[second], members[first]
        return members

    return moved(bend)


def named(name):
    """Return a header with any name, shorter or stranger than our own writer could make."""
    return field(0, name.ljust(100, b"\0")[:100])


TARS = {
    "nothing": Bends(tar=lambda _t: b""),
    "zeros": Bends(tar=lambda t: bytes(len(t))),
    "noise": Bends(tar=lambda t: b"\xa5" * len(t)),
    "half a block": Bends(tar=lambda _t: b"bag/bagit.txt"),
    "a real tar of something else": Bends(tar=lambda _t: tar([(ustar.header("etc/passwd", 5), b"root:")])),
    "first page missing": without(0),
    "bag-info missing": without(1),
    "bundle.json missing": without(2),
    "manifest missing": without(3),
    "tagmanifest missing": without(4),
    "first signature missing": without(5),
    "second signature missing": without(6),
    "a payload missing": without(FIRST_PAYLOAD),
    "last payload missing": without(LAST),
    "first two pages swapped": swapped(0, 1),
    "signatures swapped in order": swapped(5, 6),
    "payload before the pages": swapped(0, FIRST_PAYLOAD),
    "payloads swapped": swapped(FIRST_PAYLOAD, FIRST_PAYLOAD + 1),
    "a page twice": moved(lambda m: [m[0], *m]),
    "a payload twice": moved(lambda m: [*m, m[LAST]]),
    "fetch.txt among the pages": extra("bag/fetch.txt", b"http://x 1 data/x\n", lambda _m: 5),
    "a program beside the bag": extra("bag/evil.exe", b"MZ"),
    "an unlisted payload": extra("bag/data/unlisted.bin"),
    "a member outside the bag": extra("elsewhere/file"),
    "climbing out of the folder": named(b"bag/data/../../../etc/cron.d/x"),
    "absolute path": named(b"/etc/passwd"),
    "backslashes": named(b"bag\\data\\a.bin"),
    "drive letter": named(b"C:/Windows/x"),
    "name with a line break": named(b"bag/data/a\nb"),
    "name of bytes that are no text": named(b"bag/data/\xff\xfe"),
    "right-to-left override in a name": named("bag/data/\u202egnp.exe".encode()),
    "upper case": named(b"bag/data/A01.BIN"),
    "device name": named(b"bag/data/con.txt"),
    "empty name": named(b""),
    "bytes after the name's end": field(99, b"x"),
    "symbolic link": field(156, b"2"),
    "hard link": field(156, b"1"),
    "symbolic link with a target": Bends(members=in_header(FIRST_PAYLOAD, 156, b"2/etc/passwd")),
    "character device": field(156, b"3"),
    "block device": field(156, b"4"),
    "folder": field(156, b"5"),
    "pipe": field(156, b"6"),
    "contiguous file": field(156, b"7"),
    "sparse file": field(156, b"S"),
    "GNU long name": field(156, b"L"),
    "GNU long link": field(156, b"K"),
    "pax header": field(156, b"x"),
    "global pax header": field(156, b"g"),
    "old-style file": field(156, b"\0"),
    "set-uid mode": field(100, b"0004755\0"),
    "readable by others": field(100, b"0000644\0"),
    "mode with spaces": field(100, b"   600 \0"),
    "owned by somebody": field(108, b"0001750\0"),
    "group of somebody": field(116, b"0001750\0"),
    "dated": field(136, b"14000000000\0"),
    "user name": field(265, b"root"),
    "group name": field(297, b"wheel"),
    "prefix": field(345, b"bag"),
    "bytes after the prefix": field(500, b"x"),
    "GNU magic": field(257, b"ustar  \0"),
    "no magic": field(257, bytes(8)),
    "another version": field(263, b"01"),
    "device number": field(329, b"0000001\0"),
    "size ended by a space": field(124, b"00000000005 "),
    "size without zeros": field(124, b"5\0"),
    "size in base 256": field(124, b"\x80" + bytes(10) + b"\x05"),
    "negative size": field(124, b"\xff" * 12),
    "size of eight gibibytes": field(124, b"77777777777\0"),
    "size with a sign": field(124, b"-0000000005\0"),
    "size one more": field(124, b"00000000006\0"),
    "size one less": field(124, b"00000000004\0"),
    "wrong checksum": Bends(members=raw_header(a=(148, b"012345\0 "))),
    "checksum with spaces": Bends(members=lambda m: _respelled(m, lambda text: b"%6o\0 " % int(text, 8))),
    "checksum ended otherwise": Bends(members=lambda m: _respelled(m, lambda text: b"%06o \0" % int(text, 8))),
    "padding of a page not zero": Bends(tar=lambda t: _set(t, 512 + 60, b"x")),
    "padding of a payload not zero": Bends(tar=lambda t: _after_payload(t, b"x")),
    "end marker not zero": Bends(tar=lambda t: _set(t, _tar_end(t) + 10, b"x")),
    "padding at the end not zero": Bends(tar=lambda t: _set(t, len(t) - 1, b"x")),
    "something after the end marker": Bends(tar=lambda t: _set(t, _tar_end(t) + 4096, ustar.header("bag/data/x", 0))),
    "no end": Bends(tar=lambda t: t[: _tar_end(t)]),
    "padding half a mebibyte short": Bends(tar=lambda t: t[: len(t) // 2]),
    "padding a block short": Bends(tar=lambda t: t[:-512]),
    "padding a byte short": Bends(tar=lambda t: t[:-1]),
    "padding a block long": Bends(tar=lambda t: t + bytes(512)),
    "padding a mebibyte long": Bends(tar=lambda t: t + bytes(1 << 20)),
    "pages of seventeen mebibytes": (
        Bends(members=lambda m: [(ustar.header("bag/bagit.txt", 17 << 20), bytes(17 << 20)), *m[1:]]), LIMITS,
    ),
    "signature file of a megabyte": (
        Bends(signatures=lambda _e, pq: (b"x" * (1 << 20), pq)), LIMITS,
    ),
}  # fmt: skip


def _respelled(members, spell):
    header, body = members[FIRST_PAYLOAD]
    members[FIRST_PAYLOAD] = (header[:148] + spell(header[148:154]) + header[156:], body)
    return members


def _set(content, at, value):
    return content[:at] + value + content[at + len(value) :]


def _tar_end(content):
    return -(-len(content.rstrip(b"\0")) // 512) * 512


def _after_payload(content, value):
    at = content.index(b"photo", content.index(b"bag/data/attachments/a01.bin\0"))
    return _set(content, at + 6, value)


def page(name, change):
    """Return a bend of one page, with the tagmanifest made to fit."""

    def bend(files):
        files[name] = change(files[name])
        return files

    return Bends(pages=bend)


def line_added(text):
    return lambda body: body + text


def backwards(body):
    return b"".join(sorted(body.splitlines(keepends=True), reverse=True))


BAGS = {
    "older BagIt": page(tagfiles.BAGIT_TXT, lambda b: b.replace(b"1.0", b"0.97")),
    "newer BagIt": page(tagfiles.BAGIT_TXT, lambda b: b.replace(b"1.0", b"2.0")),
    "tags in UTF-7": page(tagfiles.BAGIT_TXT, lambda b: b.replace(b"UTF-8", b"UTF-7")),
    "byte order mark in bagit.txt": page(tagfiles.BAGIT_TXT, lambda b: b"\xef\xbb\xbf" + b),
    "carriage returns in bagit.txt": page(tagfiles.BAGIT_TXT, lambda b: b.replace(b"\n", b"\r\n")),
    "empty bagit.txt": page(tagfiles.BAGIT_TXT, lambda _b: b""),
    "more in bag-info": page(tagfiles.BAG_INFO_TXT, line_added(b"Contact-Name: x\n")),
    "less in bag-info": page(tagfiles.BAG_INFO_TXT, lambda b: b.split(b"\n", 1)[1]),
    "another Oxum": page(tagfiles.BAG_INFO_TXT, lambda b: b.replace(b"Oxum: ", b"Oxum: 1")),
    "another day": page(tagfiles.BAG_INFO_TXT, lambda b: b.replace(b"2026", b"2025")),
    "another count": page(tagfiles.BAG_INFO_TXT, lambda b: b.replace(b"1 of 1", b"1 of 2")),
    "empty manifest": page(tagfiles.MANIFEST, lambda _b: b""),
    "a line missing": page(tagfiles.MANIFEST, lambda b: b.split(b"\n", 1)[1]),
    "a line more": page(tagfiles.MANIFEST, line_added(b"0" * 128 + b"  data/z.bin\n")),
    "a line twice": page(tagfiles.MANIFEST, lambda b: b + b.split(b"\n")[0] + b"\n"),
    "lines in another order": page(tagfiles.MANIFEST, lambda b: b"\n".join(sorted(b.split(b"\n")[:-1])[::-1]) + b"\n"),
    "upper-case digest": page(tagfiles.MANIFEST, lambda b: b[:128].upper() + b[128:]),
    "one space": page(tagfiles.MANIFEST, lambda b: b.replace(b"  data", b" data", 1)),
    "binary star": page(tagfiles.MANIFEST, lambda b: b.replace(b"  data", b" *data", 1)),
    "percent escapes": page(tagfiles.MANIFEST, lambda b: b.replace(b"a01.bin", b"a01%2Ebin", 1)),
    "dot slash": page(tagfiles.MANIFEST, lambda b: b.replace(b"data/", b"./data/", 1)),
    "climbing out in the manifest": page(tagfiles.MANIFEST, lambda b: b.replace(b"data/attach", b"data/../attach", 1)),
    "another digest": page(tagfiles.MANIFEST, lambda b: (b"0" if b[:1] != b"0" else b"1") + b[1:]),
    "no line break at the end": page(tagfiles.MANIFEST, lambda b: b[:-1]),
    "tagmanifest with a line more": Bends(tagmanifest=line_added(b"0" * 128 + b"  fetch.txt\n")),
    "tagmanifest with a line less": Bends(tagmanifest=lambda b: b.split(b"\n", 1)[1]),
    "tagmanifest in another order": Bends(tagmanifest=backwards),
    "tagmanifest with another digest": Bends(tagmanifest=lambda b: (b"0" if b[:1] != b"0" else b"1") + b[1:]),
    "empty tagmanifest": Bends(tagmanifest=lambda _b: b"\n"),
    "payload of another content": (Bends(contents={"data/attachments/a01.bin": b"phot0"}), DIFFERS),
    "payload of zeros": (Bends(contents={"data/attachments/a01.bin": bytes(5)}), DIFFERS),
}  # fmt: skip


def said(**changes):
    return Bends(page=lambda p: {**p, **changes})


def unsaid(name):
    return Bends(page=lambda p: {key: value for key, value in p.items() if key != name})


def item(number=0, **changes):
    def bend(p):
        p["items"][number].update(changes)
        return p

    return Bends(page=bend)


def bytes_of(change):
    return Bends(bundle_json=change)


def keys_backwards(body):
    return json.dumps(dict(reversed(json.loads(body).items())), separators=(",", ":")).encode()


def deep(levels):
    value: list = []
    for _ in range(levels):
        value = [value]
    return value


FIELDS = (
    "format", "major", "minor", "critical", "bundle", "group", "recipients", "sender", "seq", "prev", "policy",
    "testimony", "code", "day", "items", "log_head", "volumes", "ext",
)  # fmt: skip

PAGES = {
    **{f"without {name}": unsaid(name) for name in FIELDS},
    "no JSON": bytes_of(lambda _b: b"hello"),
    "empty JSON": bytes_of(lambda _b: b""),
    "an array": bytes_of(lambda b: b"[" + b + b"]"),
    "null": bytes_of(lambda _b: b"null"),
    "a number": bytes_of(lambda _b: b"1"),
    "cut JSON": bytes_of(lambda b: b[:-5]),
    "something after the JSON": bytes_of(lambda b: b + b"{}"),
    "line break after the JSON": bytes_of(lambda b: b + b"\n"),
    "spaces in the JSON": bytes_of(lambda b: b.replace(b'":', b'": ', 1)),
    "byte order mark": bytes_of(lambda b: b"\xef\xbb\xbf" + b),
    "UTF-16": bytes_of(lambda b: b.decode().encode("utf-16")),
    "bytes that are no UTF-8": bytes_of(lambda b: b.replace(b'"fa"', b'"\xff\xfe"', 1)),
    "overlong UTF-8": bytes_of(lambda b: b.replace(b'"fa"', b'"\xc0\xaf"', 1)),
    "a key twice": bytes_of(lambda b: b.replace(b'{"bundle"', b'{"bundle":"' + b"1" * 32 + b'","bundle"', 1)),
    "keys in another order": bytes_of(keys_backwards),
    "escaped letters": bytes_of(lambda b: b.replace(b'"fa"', b'"\\u0066a"', 1)),
    "a fraction": bytes_of(lambda b: b.replace(b'"seq":1', b'"seq":1.0', 1)),
    "an exponent": bytes_of(lambda b: b.replace(b'"seq":1', b'"seq":1e0', 1)),
    "minus zero": bytes_of(lambda b: b.replace(b'"minor":0', b'"minor":-0', 1)),
    "a leading zero": bytes_of(lambda b: b.replace(b'"seq":1', b'"seq":01', 1)),
    "not a number": bytes_of(lambda b: b.replace(b'"seq":1', b'"seq":NaN', 1)),
    "infinity": bytes_of(lambda b: b.replace(b'"seq":1', b'"seq":Infinity', 1)),
    "a number of a thousand digits": bytes_of(lambda b: b.replace(b'"seq":1', b'"seq":1' + b"0" * 1000, 1)),
    "a number of ten thousand digits": bytes_of(lambda b: b.replace(b'"seq":1', b'"seq":1' + b"0" * 10_000, 1)),
    "half a surrogate pair": item(title="\ud800"),
    "letters not composed": item(title="e\u0301"),
    "upper-case key": said(Extra=1),
    "member that nobody knows": said(extra=1),
    "member inside an item": item(note="x"),
    "seventeen levels": said(ext={"deep": deep(17)}),
    "a hundred thousand levels": bytes_of(
        lambda b: b.replace(b'"ext":{}', b'"ext":{"a":' + b"[" * 100_000 + b"]" * 100_000 + b"}", 1)
    ),
    "thirty thousand members": said(ext={"many": [0] * 30_000}),
    "a string of a megabyte": said(ext={"long": "x" * 1_000_000}),
    "a fraction in ext": said(ext={"a": 1.5}),
    "five mebibytes": (said(ext={"many": ["x" * 60_000] * 90}), LIMITS),
    "another format": said(format="bundle"),
    "a later major version": (said(major=2), NEW),
    "a much later version with other members": (said(major=9, other=[1.5]), JSON),
    "version nought": said(major=0),
    "version as text": said(major="1"),
    "version as truth": said(major=True),
    "negative minor version": said(minor=-1),
    "something critical": (said(critical=["redaction"]), NEW),
    "critical no list": said(critical="redaction"),
    "critical of numbers": said(critical=[1]),
    "upper-case identifier": said(bundle="A" * 32),
    "short identifier": said(bundle="1" * 31),
    "identifier with a line break": said(bundle="1" * 31 + "\n"),
    "identifier with one line break more": said(bundle="1" * 32 + "\n"),
    "no recipients": said(recipients=[]),
    "recipients no list": said(recipients="x"),
    "number nought": said(seq=0),
    "negative number": said(seq=-1),
    "number beyond 2^53": said(seq=2**53),
    "second bundle without a first": said(seq=2),
    "first bundle with one before": said(prev="a" * 128),
    "no promise of quantum safety": said(policy={"pq": False}),
    "promise as text": said(policy={"pq": "true"}),
    "volume two of one": said(group={"id": "2" * 32, "index": 2, "count": 1}),
    "volume nought": said(group={"id": "2" * 32, "index": 0, "count": 1}),
    "a million volumes": said(group={"id": "2" * 32, "index": 1, "count": 1_000_000}),
    "last volume without the others' digests": said(group={"id": "2" * 32, "index": 2, "count": 2}),
    "digests of others in a single volume": said(volumes=["a" * 128]),
    "another sender than the signer": said(sender="b" * 64),
    "not a code": said(code="T-0000-0O"),
    "no day": said(day="yesterday"),
    "a day that never was": said(day="2026-02-30"),
    "no items": said(items=[]),
    "an item twice": Bends(page=lambda p: {**p, "items": [p["items"][0], *p["items"]]}),
    "items in another order": Bends(page=lambda p: {**p, "items": p["items"][::-1]}),
    "climbing out in a path": item(path="data/../../x"),
    "absolute path in an item": item(path="/etc/passwd"),
    "path outside data": item(path="bagit.txt"),
    "path with a line break": item(path="data/a\n"),
    "path with a device name": item(path="data/aux"),
    "path too long": item(path="data/" + "a" * 64 + "/" + "b" * 60),
    "negative length": item(bytes=-1),
    "length of three gibibytes": item(bytes=3 << 30),
    "length as text": item(bytes="5"),
    "unknown media type": item(media_type="text/html"),
    "script as media type": item(media_type="application/javascript"),
    "digest too short": item(sha512="0" * 127),
    "digest in capitals": item(sha512="A" * 128),
    "title of two thousand letters": item(title="x" * 2000),
    "hundred purposes": item(consent={"allows": ["P1"] * 100, "identity_level": "", "release": ""}),
    "log head of another length": said(log_head={"seq": 1, "hash": "ab"}),
}  # fmt: skip


def told(change):
    """Return a bend of testimony.json, made canonical again and digested anew."""

    def bend(content):
        plain = json.loads(content[tagfiles.TESTIMONY_JSON])
        content[tagfiles.TESTIMONY_JSON] = canonical.dumps(change(plain))
        return content

    return Bends(payloads=bend)


def answers(value):
    """Return a bend of the first act of consent."""
    return told(lambda t: {**t, "consent": [{**t["consent"][0], "answers": value}]})


def raw_testimony(change):
    return put(tagfiles.TESTIMONY_JSON, change)


def put(path, change):
    def bend(content):
        content[path] = change(content[path])
        return content

    return Bends(payloads=bend)


def dropped(path):
    def bend(content):
        return {name: body for name, body in content.items() if name != path}

    return Bends(payloads=bend)


def added(path, body):
    return Bends(payloads=lambda content: dict(sorted({**content, path: body}.items())))


def in_recording(**changes):
    def change(plain):
        plain["recordings"][0].update(changes)
        return plain

    return told(change)


TESTIMONIES = {
    "testimony.json is noise": raw_testimony(lambda _b: b"\xff"),
    "testimony.json is empty": raw_testimony(lambda _b: b""),
    "testimony.json with spaces": raw_testimony(lambda b: b.replace(b'":', b'": ', 1)),
    "testimony.json is a list": raw_testimony(lambda _b: b"[]"),
    "testimony.json of five mebibytes": (raw_testimony(lambda _b: b'"' + b"x" * (5 << 20) + b'"'), LIMITS),
    "statement of nine mebibytes": (put(tagfiles.STATEMENT_TXT, lambda _b: b"x" * (9 << 20)), LIMITS),
    "no testimony.json": dropped(tagfiles.TESTIMONY_JSON),
    "no statement": dropped(tagfiles.STATEMENT_TXT),
    "statement that is no UTF-8": put(tagfiles.STATEMENT_TXT, lambda _b: b"\xff\xfe"),
    "statement that nobody wrote": told(lambda t: {k: v for k, v in t.items() if k != "statement"}),
    "sound that isn't there": dropped("data/audio/r01-s01.flac"),
    "sound that nobody recorded": added("data/audio/r09-s09.flac", b"fLaC"),
    "a program among the attachments": added("data/attachments/run.exe", b"MZ"),
    "another testimony's identifier": told(lambda t: {**t, "id": "9" * 32}),
    "another testimony's code": told(lambda t: {**t, "code": "T-0000-00"}),
    "member that nobody knows there": told(lambda t: {**t, "extra": 1}),
    "unknown state": told(lambda t: {**t, "state": "sent"}),
    "unknown kind": told(lambda t: {**t, "kind": "novel"}),
    "default spelled out": told(lambda t: {**t, "places": []}),
    "languages as text": told(lambda t: {**t, "languages": "fa"}),
    "consent without a list": told(lambda t: {**t, "consent": {}}),
    "answers as an object": answers({}),
    "answers out of order": answers([["P2", "no"], ["P1", "yes"]]),
    "an answer twice": answers([["P1", "no"], ["P1", "yes"]]),
    "an answer that doesn't exist": answers([["P1", "maybe"]]),
    "endless seconds": in_recording(gaps=[{"at_seconds": "inf", "seconds": "1.000", "reason": "x"}]),
    "seconds that are no number": in_recording(gaps=[{"at_seconds": "nan", "seconds": "1.000", "reason": "x"}]),
    "seconds otherwise written": in_recording(gaps=[{"at_seconds": "1", "seconds": "1.000", "reason": "x"}]),
    "frames as text": in_recording(frames="48000"),
    "take as a truth": in_recording(take=True),
    "path of a segment elsewhere": in_recording(
        segments=[{"index": 0, "blob": "../../x", "frames": 1, "encoding": "flac"}]
    ),
    "no list of recordings": told(lambda t: {**t, "recordings": {}}),
}  # fmt: skip


def signed(change):
    return Bends(signatures=change)


def by(party_name, which):
    """Return a bend in which one or both signatures come from somebody else."""

    def make(world):
        other = getattr(world, party_name)
        bends = Bends()

        def tagmanifest(body):
            bends.made = other.device.sign(body, signing.BUNDLE)
            return body

        def signatures(ed25519, pq):
            theirs = (bends.made.ed25519.encode(), bends.made.pq.encode())
            return (theirs[0] if "e" in which else ed25519, theirs[1] if "p" in which else pq)

        bends.tagmanifest, bends.signatures = tagmanifest, signatures
        return bends

    return make


def crlf(text):
    return text.replace(b"\n", b"\r\n")


def bit(text, at=120):
    letter = b"A" if text[at : at + 1] != b"A" else b"B"
    return text[:at] + letter + text[at + 1 :]


SIGNATURES = {
    "Ed25519 signature empty": (signed(lambda _e, pq: (b"", pq)), MISSING),
    "quantum-safe signature empty": (signed(lambda e, _pq: (e, b"")), MISSING),
    "both empty": (signed(lambda _e, _pq: (b"", b"")), MISSING),
    "signatures exchanged": signed(lambda e, pq: (pq, e)),
    "Ed25519 twice": signed(lambda e, _pq: (e, e)),
    "quantum-safe twice": signed(lambda _e, pq: (pq, pq)),
    "a letter of the Ed25519 signature": signed(lambda e, pq: (bit(e, len(e) - 60), pq)),
    "a letter of the quantum-safe signature": signed(lambda e, pq: (e, bit(pq, len(pq) - 200))),
    "a letter of the Ed25519 key": signed(lambda e, pq: (bit(e), pq)),
    "a letter of the quantum-safe key": signed(lambda e, pq: (e, bit(pq, 900))),
    "carriage returns": signed(lambda e, pq: (crlf(e), pq)),
    "something after the signature": signed(lambda e, pq: (e + b"\n", pq)),
    "a signature that is no text": signed(lambda _e, pq: (b"\xff" * 295, pq)),
    "no armour": signed(lambda _e, pq: (b"U1NIU0lH", pq)),
    "signed as a receipt": Bends(namespace=signing.RECEIPT),
    "signed as a card": Bends(namespace=signing.CARD),
    "Ed25519 by a stranger": by("stranger", "e"),
    "quantum-safe by a stranger": by("stranger", "p"),
    "signed by a stranger in the sender's name": by("stranger", "ep"),
    "signed over something else": signed(lambda e, pq: (e, pq)),
}  # fmt: skip


def run(world, offer, case, code):
    bends, code = case if isinstance(case, tuple) else (case, code)
    bends = bends(world) if callable(bends) else bends
    error, _warnings = offer(world.forge(bends), world.desk())
    assert error is not None
    assert error.code == code


@pytest.mark.parametrize("name", TARS)
def test_broken_tars(world, offer, name):
    """Any tar but the one that our writer would make is refused."""
    run(world, offer, TARS[name], TAR)


@pytest.mark.parametrize("name", BAGS)
def test_broken_bags(world, offer, name):
    """Lists that contradict each other are refused, though every signature fits."""
    run(world, offer, BAGS[name], BAG)


@pytest.mark.parametrize("name", PAGES)
def test_broken_pages(world, offer, name):
    """A bundle.json that isn't canonical, or says what can't be, is refused, though every signature fits."""
    run(world, offer, PAGES[name], JSON)


@pytest.mark.parametrize("name", TESTIMONIES)
def test_broken_testimonies(world, offer, name):
    """A testimony.json that doesn't fit its bundle is refused at the end, and nothing of the bundle stays."""
    run(world, offer, TESTIMONIES[name], JSON)


@pytest.mark.parametrize("name", [name for name in SIGNATURES if name != "signed over something else"])
def test_broken_signatures(world, offer, name):
    """One missing, foreign or altered signature is enough."""
    run(world, offer, SIGNATURES[name], SIGNATURE)


def test_signature_over_something_else(world, offer):
    """A page exchanged after signing is noticed by the signatures before it is parsed."""

    def exchange(members):
        body = members[4][1].replace(b"bagit.txt", b"other.txt")
        members[4] = (ustar.header("bag/tagmanifest-sha512.txt", len(body)), body)
        return members

    run(world, offer, Bends(members=exchange), SIGNATURE)


def test_not_among_the_recipients(world, offer):
    """A bundle that names other archives isn't for us, though our key opens it."""
    run(world, offer, said(recipients=["c" * 64]), "exchange.not-for-us")


def test_recipient_twice(world, offer):
    """The same recipient twice is no honest list."""
    run(world, offer, said(recipients=[world.archive.fingerprint] * 2), JSON)


def test_seventeen_recipients(world, offer):
    """More recipients than there can be."""
    others = [hashlib.sha256(bytes([n])).hexdigest() for n in range(16)]
    run(world, offer, said(recipients=[world.archive.fingerprint, *others]), JSON)


def test_unknown_signer(world, offer):
    """A stranger's honest bundle is held apart, closed."""
    bends = Bends(signer=world.stranger, page=lambda p: {**p, "sender": world.stranger.fingerprint})
    run(world, offer, bends, "exchange.unknown-signer")


@pytest.mark.parametrize(
    ("bundle", "seq", "digest", "code"),
    [("1", 1, None, "exchange.already-here"), ("1", 1, "f", "exchange.bundle-id-reused")],
)
def test_replays(world, offer, bundle, seq, digest, code):
    """The same again is a duplicate; another under the same identifier is refused."""
    forged = {}

    def remember(body):
        forged["digest"] = hashlib.sha512(body).hexdigest()
        return body

    content = world.forge(Bends(tagmanifest=remember))
    head = LogHead(seq=7, hash="a" * 128)
    seen = Seen(world.sender.fingerprint, bundle * 32, seq, (digest or "") * 128 or forged["digest"], head)

    error, _warnings = offer(content, world.desk(history=History([seen])))

    assert error.code == code


def test_two_bundles_with_one_number(world, offer):
    """A fork is taken in, since testimony is testimony, and marked."""
    seen = Seen(world.sender.fingerprint, "8" * 32, 1, "b" * 128, LogHead(seq=3, hash=""))

    error, warnings = offer(world.forge(Bends()), world.desk(history=History([seen])))

    assert (error, warnings) == (None, ("sequence-fork",))


def test_revoked_signer(world, offer):
    """A withdrawn card signs nothing any more."""
    error, _warnings = offer(world.forge(Bends()), world.desk(partner=world.sender.partner(revoked_at="2026-05-03")))

    assert error.code == "exchange.signer-revoked"


@pytest.mark.parametrize("title", ["\u202egnp.exe", "<img src='/etc/passwd'>", "a\u0000b", "\u2066x", "%s%n"])
def test_titles_that_are_meant_for_the_screen(world, offer, title):
    """A nasty title isn't the importer's to judge; it arrives as it is, and the screen shows it as plain text."""
    error, _warnings = offer(world.forge(item(title=title)), world.desk())

    assert error is None


def test_members_of_the_future_under_ext_are_kept(world, offer):
    """A later minor version with more under `ext` is taken, and its bytes stay as they came."""
    assert offer(world.forge(said(minor=3, ext={"new": {"a": [1, "b", None, True]}})), world.desk()) == (None, ())
