# SPDX-License-Identifier: Apache-2.0
"""The published schemas are those of the program, and an independent validator agrees with it."""

from __future__ import annotations

import copy
import io
import json

import jsonschema
import pytest

from testimony_app import resources
from testimony_app.crypto import age, canonical
from testimony_app.exchange import bag_check, contents, receipt, schema, trust
from testimony_app.exchange.errors import BundleJsonRefused, BundleTooNew
from testimony_app.exchange.receipt import Receipt, Volume
from tests.exchange.people import a_bundle, an_archive


@pytest.fixture(scope="module")
def page(tmp_path_factory):
    """Return the bundle.json of a real bundle as plain JSON."""
    carried = a_bundle(tmp_path_factory.mktemp("out"), text="words", attached=(b"photo",))
    tar = age.open_bytes(carried.path.read_bytes(), [carried.archive.identity])
    return json.loads(bag_check.read_head(io.BytesIO(tar)).untrusted_files["bundle.json"])


@pytest.mark.parametrize("name", schema.SCHEMAS)
def test_published_schema_is_the_programs(name):
    """The file under resources is what the types say today."""
    assert resources.text(f"schema/{name}") == schema.text(name)
    jsonschema.Draft202012Validator.check_schema(schema.schema(name))


def test_real_bundle_validates(page):
    """An independent validator takes what our writer makes."""
    jsonschema.Draft202012Validator(schema.schema("bundle-1.0.json")).validate(page)


def test_real_card_and_receipt_validate():
    """Card files and receipts keep to their schemas, too."""
    archive = an_archive()
    card = json.loads(trust.sign_card(archive.card_bytes, archive.device))
    volume = Volume(index=1, tagmanifest_sha512="a" * 128, ciphertext_sha256="b" * 64, bytes=5)
    made = Receipt(
        bundle="1" * 32, group="2" * 32, volumes=(volume,), missing=(), status="accepted", copies=2,
        archive=archive.fingerprint, sender="d" * 64, seq=1, prev=None, day="2026-05-01",
    )  # fmt: skip

    jsonschema.Draft202012Validator(schema.schema("card-1.0.json")).validate(card)
    jsonschema.Draft202012Validator(schema.schema("receipt-1.json")).validate(
        json.loads(receipt.sign(made, archive.device).body)
    )


CHANGES = {
    "extra member": lambda page: page.update(extra=1),
    "missing member": lambda page: page.pop("seq"),
    "wrong type": lambda page: page.update(seq="1"),
    "seq zero": lambda page: page.update(seq=0),
    "upper case hex": lambda page: page.update(bundle=page["bundle"].upper()),
    "short digest": lambda page: page["items"][0].update(sha512="ab"),
    "unknown media type": lambda page: page["items"][0].update(media_type="text/html"),
    "negative length": lambda page: page["items"][0].update(bytes=-1),
    "no recipients": lambda page: page.update(recipients=[]),
    "pq false": lambda page: page["policy"].update(pq=False),
    "no items": lambda page: page.update(items=[]),
    "another format": lambda page: page.update(format="other"),
    "title too long": lambda page: page["items"][0].update(title="x" * 1001),
    "member inside an item": lambda page: page["items"][0].update(note=""),
}


@pytest.mark.parametrize("change", CHANGES)
def test_both_judges_refuse_the_same(page, change):
    """What breaks the schema for an independent validator is refused by the program as well."""
    bent = copy.deepcopy(page)
    CHANGES[change](bent)

    with pytest.raises(jsonschema.ValidationError):
        jsonschema.Draft202012Validator(schema.schema("bundle-1.0.json")).validate(bent)
    with pytest.raises(BundleJsonRefused):
        contents.read(canonical.dumps(bent))


def test_versions(page):
    """A later major version and an unknown critical name are "too new"; a later minor one is read."""
    with pytest.raises(BundleTooNew):
        contents.read(canonical.dumps({**page, "major": 2}))
    with pytest.raises(BundleTooNew):
        contents.read(canonical.dumps({**page, "critical": ["amendment"]}))

    later = contents.read(canonical.dumps({**page, "minor": 7, "ext": {"colour": "red", "list": [1, {"a": None}]}}))

    assert later.ext == {"colour": "red", "list": [1, {"a": None}]}
    assert contents.write(later) == canonical.dumps({**page, "minor": 7, "ext": later.ext})
