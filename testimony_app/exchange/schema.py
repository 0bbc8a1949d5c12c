# SPDX-License-Identifier: Apache-2.0
"""The published JSON Schemas (2020-12) of what travels, generated from the types that read and write it.

`python -m testimony_app.exchange.schema FOLDER` writes them; they stand under `resources/schema/`, and a test
compares, so that what is published is what is true.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import msgspec

from testimony_app.exchange.consent_alone import ConsentPage
from testimony_app.exchange.contents import BundleJson
from testimony_app.exchange.live import LivePage
from testimony_app.exchange.receipt import Receipt
from testimony_app.exchange.trust import CardFile

SCHEMAS: dict[str, tuple[type[msgspec.Struct], str]] = {
    "bundle-1.0.json": (BundleJson, "The signed page of a bundle: bag/bundle.json"),
    "card-1.0.json": (CardFile, "A card file: somebody's public keys, self-signed"),
    "consent-1.json": (ConsentPage, "Acts of consent given after sealing: bag/data/consent.json"),
    "live-1.json": (LivePage, "The signed page of a recording that was sealed from its first byte"),
    "receipt-1.json": (Receipt, "What an archive says it received: receipt.json"),
}


def schema(name: str) -> dict[str, Any]:
    """Return one schema by its file name."""
    kind, title = SCHEMAS[name]
    made = msgspec.json.schema(kind)
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:govah:schema:{name.removesuffix('.json')}",
        "title": title,
        **made,
    }


def write_all(folder: Path) -> None:
    """Write every schema into a folder."""
    for name in SCHEMAS:
        (folder / name).write_text(text(name), encoding="utf-8")


def text(name: str) -> str:
    """Return one schema as it is published."""
    return json.dumps(schema(name), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    write_all(Path(sys.argv[1]))
