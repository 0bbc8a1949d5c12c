# SPDX-License-Identifier: Apache-2.0
"""Every parser of this room under Hypothesis: what parses writes back to the same bytes, and nothing else escapes."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from testimony_app.crypto import canonical
from testimony_app.errors import GovahError
from testimony_app.exchange import bag_check, consent_alone, contents, inner, receipt, trust
from testimony_app.exchange.bag import member
from testimony_app.exchange.receipt import Receipt, Volume
from tests.hostile.forge import Bends, World, tar
from tests.hostile.test_consent_alone import an_act

pytestmark = pytest.mark.fuzz
WORLD = World()
PAGE = canonical.dumps(WORLD.page(dict(WORLD.honest)))
TESTIMONY = WORLD.honest["data/testimony.json"]
CARD = trust.sign_card(WORLD.archive.card_bytes, WORLD.archive.device)


CONSENT = consent_alone.write(WORLD.testimony.id, WORLD.testimony.code, (an_act(),))


def an_honest_receipt():
    volume = Volume(index=1, tagmanifest_sha512="a" * 128, ciphertext_sha256="b" * 64, bytes=5)
    made = Receipt(
        bundle="1" * 32, group="2" * 32, volumes=(volume,), missing=(), status="accepted", copies=2,
        archive="c" * 64, sender="d" * 64, seq=1, prev=None, day="2026-05-01",
    )  # fmt: skip
    return receipt.pack(receipt.sign(made, WORLD.archive.device))


RECEIPT = an_honest_receipt()
HEAD: list[bytes] = []
WORLD.forge(Bends(tar=lambda content: HEAD.append(content) or content))


@st.composite
def bent(draw, honest):
    """Return honest bytes with up to three bytes changed, pieces dropped, doubled or put in."""
    content = bytearray(honest)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, max(0, len(content) - 1)))
        act = draw(st.sampled_from(["change", "drop", "double", "insert"]))
        if act == "change" and content:
            content[at] = draw(st.integers(0, 255))
        elif act == "drop":
            del content[at : at + draw(st.integers(1, 20))]
        elif act == "double":
            content[at:at] = content[at : at + draw(st.integers(1, 20))]
        else:
            content[at:at] = draw(st.binary(min_size=1, max_size=8))
    return bytes(content)


json_values = st.recursive(
    st.none() | st.booleans() | st.integers(-5, 5) | st.text(max_size=5) | st.just("a" * 128),
    lambda inner_values: (
        st.lists(inner_values, max_size=3)
        | st.dictionaries(st.sampled_from(["id", "index", "count", "path", "bytes", "x"]), inner_values, max_size=3)
    ),
    max_leaves=6,
)


def same_or_refused(parse, write, content):
    """Check the rule that holds for every parser."""
    try:
        parsed = parse(content)
    except GovahError:
        return
    assert write(parsed) == content


@given(bent(PAGE))
def test_bundle_json(content):
    """A bent bundle.json is refused, or is the one spelling of what it says."""
    same_or_refused(contents.read, contents.write, content)


@given(st.sampled_from(sorted(json.loads(PAGE))), json_values)
def test_bundle_json_with_any_value(name, value):
    """Any JSON value in the place of any member does the same."""
    try:
        content = canonical.dumps({**json.loads(PAGE), name: value})
    except GovahError:
        return
    same_or_refused(contents.read, contents.write, content)


@given(bent(TESTIMONY))
def test_testimony_json(content):
    """A bent testimony.json does the same."""
    same_or_refused(inner.read_testimony, inner.write_testimony, content)


@given(st.sampled_from(sorted(json.loads(TESTIMONY))), json_values)
def test_testimony_json_with_any_value(name, value):
    """Any JSON value in the place of any member of a testimony does the same."""
    try:
        content = canonical.dumps({**json.loads(TESTIMONY), name: value})
    except GovahError:
        return
    same_or_refused(inner.read_testimony, inner.write_testimony, content)


@given(bent(CONSENT))
def test_consent_json(content):
    """A bent consent.json is refused, or is the one spelling of what it says."""
    page = contents.read(PAGE)
    same_or_refused(
        lambda body: consent_alone.read(page, body),
        lambda read: consent_alone.write(read.id, read.code, read.consent),
        content,
    )


@given(bent(CARD))
def test_card(content):
    """A bent card is refused, or says the same: its signatures cover every byte of what it says."""
    try:
        card = trust.read_card(content)
    except GovahError:
        return
    assert card.card_bytes == WORLD.archive.card_bytes


@given(bent(RECEIPT))
def test_receipt(content):
    """A bent receipt is refused, or writes back to the same bytes."""
    same_or_refused(receipt.unpack, receipt.pack, content)


@given(bent(HEAD[0][:40_000]))
def test_pages_in_front(content):
    """A bent beginning of a tar is refused, or its pages write back to the same bytes."""
    plain = io.BytesIO(content)
    try:
        head = bag_check.read_head(plain)
    except GovahError:
        return
    written = b"".join(member(f"bag/{name}", body) for name, body in head.untrusted_files.items())
    assert written == content[: head.byte_count]


@given(st.binary(max_size=3000))
def test_noise_is_refused_everywhere(content):
    """Noise is refused by every parser with an error of ours."""
    for parse in (contents.read, inner.read_testimony, trust.read_card, receipt.unpack):
        with pytest.raises(GovahError):
            parse(content)
    with pytest.raises(GovahError):
        bag_check.read_head(io.BytesIO(tar([]) + content)) if content else receipt.unpack(b"")
