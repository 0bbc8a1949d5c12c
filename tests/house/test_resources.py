# SPDX-License-Identifier: Apache-2.0
"""Every resource opens, is used, and says what it said when it was published."""

from __future__ import annotations

import hashlib
import json
import re
import tomllib
import xml.etree.ElementTree as ET
from pathlib import PurePosixPath

import pytest
from babel.messages.pofile import read_po

from testimony_app import resources
from tests.house.source import inside, program, strings

FONTS = ("OTTO", "\0\1\0\0", "true")


def all_names():
    """Return every resource that is kept or made, by name."""
    return resources.names(".")


def opens(name):
    """Read a resource as what its ending says it is; raises what its reader raises."""
    ending = PurePosixPath(name).suffix
    if ending in {".ttf", ".otf"}:
        assert resources.binary(name)[:4].decode("latin-1") in FONTS
    elif ending == ".mo":
        assert resources.binary(name)[:4] in {b"\xde\x12\x04\x95", b"\x95\x04\x12\xde"}
    elif ending in {".po", ".pot"}:
        with resources.path(name).open("rb") as file:
            read_po(file)
    elif ending == ".png":
        assert resources.binary(name).startswith(b"\x89PNG\r\n\x1a\n")
    elif ending == ".svg":
        ET.fromstring(resources.text(name))  # noqa: S314 - our own picture
    elif ending == ".toml":
        tomllib.loads(resources.text(name))
    elif ending == ".json":
        json.loads(resources.text(name))
    else:
        assert ending in {".html", ".md", ".txt", ".qss", ".sql", ".tsv"}
        assert resources.text(name).strip()


@pytest.mark.parametrize("name", all_names())
def test_every_resource_opens(name):
    """Each file is what its ending says, in a form that its own reader takes."""
    opens(name)


def test_every_resource_is_used():
    """A file that no code names, by itself or by its folder, has no business being carried about."""
    words = {text for file in program() for text in strings(file)}
    joined = "\n".join(words)

    def is_used(name):
        file = PurePosixPath(name)
        named = file.name in joined or file.stem in words or f"{file.stem}.svg" in joined
        listed = any(folder.as_posix() in words or f"{folder.as_posix()}/" in joined for folder in file.parents[:-1])
        return named or (listed and file.parts[0] != "icons")

    assert not [name for name in all_names() if not is_used(name) and not name.endswith("README.md")]


def test_every_resource_that_code_names_is_there():
    """A name in the code that looks like a resource leads to a file."""
    there = set(all_names())
    folders = {name.partition("/")[0] for name in there if "/" in name}
    looks_like_one = re.compile(rf"(?:{'|'.join(sorted(folders))})/[\w./-]+\.\w+")
    lost = [
        f"{inside(file)}: {text}"
        for file in program()
        for text in strings(file)
        if looks_like_one.fullmatch(text) and text not in there
    ]

    assert not lost


@pytest.mark.parametrize("name", [name for name in all_names() if name.endswith("/meta.toml")])
def test_what_is_evidence_says_what_it_said(name):
    """A published text has the digest that was published with it, in each language it claims."""
    meta = tomllib.loads(resources.text(name))
    folder = name.removesuffix("/meta.toml")
    digests = meta.get("sha256", {})
    languages = meta.get("languages", list(digests))
    texts = {PurePosixPath(text).stem for text in resources.names(folder) if not text.endswith("meta.toml")}

    assert set(languages) == texts
    for language, digest in digests.items():
        assert hashlib.sha256(resources.binary(f"{folder}/{language}.md")).hexdigest() == digest


def test_consent_texts_carry_digests():
    """No consent text is without a published digest."""
    metas = [name for name in all_names() if name.startswith("consent/") and name.endswith("/meta.toml")]

    assert metas
    assert all(tomllib.loads(resources.text(name)).get("sha256") for name in metas)


def test_icons_that_point_are_icons():
    """Each name in the list of icons that turn round in right-to-left is an icon."""
    pointing = resources.text("icons/mirrored.txt").split()

    assert pointing
    assert all(resources.path(f"icons/{name}.svg").is_file() for name in pointing)
