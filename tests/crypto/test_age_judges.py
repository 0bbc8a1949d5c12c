# SPDX-License-Identifier: Apache-2.0
"""Other people's age tools open what we seal, and we open what they seal."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import pyrage
import pytest

from testimony_app.crypto import age
from testimony_app.crypto.recipients import HybridIdentity, HybridRecipient, X25519Identity

ROOT = Path(__file__).parent.parent.parent
JUDGES = ROOT / "build" / "judges"
SIZES = [0, 1, 65536, 65537, 3_000_000]

needs_age = pytest.mark.skipif(shutil.which("age") is None, reason="the age tool is not installed")
needs_npm = pytest.mark.skipif(
    shutil.which("node") is None or not (JUDGES / "node_modules" / "age-encryption").is_dir(),
    reason="npm's age-encryption is not in build/judges (`make setup` puts it there, where there is npm)",
)


def tool(*words, sealed):
    """Return what a tool makes of the bytes it is given."""
    return subprocess.run(words, input=sealed, capture_output=True, check=True).stdout


def npm(*words, sealed=b""):
    """Return what npm's age-encryption makes of the bytes it is given."""
    return tool("node", str(ROOT / "tests" / "judges" / "age.mjs"), str(JUDGES), *words, sealed=sealed)


def key_file(folder, identity):
    """Return a file that holds the identity as its owner would keep it."""
    path = folder / "key.txt"
    with identity.text() as text:
        path.write_bytes(bytes(text.view) + b"\n")
    return str(path)


@pytest.mark.parametrize("size", SIZES)
def test_pyrage_agrees_both_ways(size):
    """The Rust age opens ours, and we open its."""
    identity, content = X25519Identity.generate(), os.urandom(size)
    with identity.text() as text:
        theirs = pyrage.x25519.Identity.from_str(text.view.decode())
    assert str(theirs.to_public()) == identity.recipient().text()

    assert pyrage.decrypt(age.seal_bytes(content, [identity.recipient()], decoys=3), [theirs]) == content
    assert age.open_bytes(pyrage.encrypt(content, [theirs.to_public()]), [identity]) == content


@needs_age
@pytest.mark.parametrize("size", SIZES)
def test_the_age_tool_agrees_both_ways(size, tmp_path):
    """The Go age of the distribution opens ours, and we open its."""
    identity, content = X25519Identity.generate(), os.urandom(size)
    key = key_file(tmp_path, identity)

    assert tool("age", "-d", "-i", key, sealed=age.seal_bytes(content, [identity.recipient()])) == content
    assert age.open_bytes(tool("age", "-r", identity.recipient().text(), sealed=content), [identity]) == content


@needs_age
def test_the_age_tool_writes_out_a_cut_recording(tmp_path):
    """A recording cut off in the middle gives the age tool every authentic byte, and an error after them."""
    identity, content = X25519Identity.generate(), os.urandom(300_000)
    path = tmp_path / "cut.age"
    with path.open("wb") as file:
        age.encrypt(file, [identity.recipient()]).write(content)

    done = subprocess.run(["age", "-d", "-i", key_file(tmp_path, identity), str(path)], capture_output=True)

    assert done.returncode == 1
    assert done.stdout == content[: 4 * 65536]


@needs_npm
@pytest.mark.parametrize("size", SIZES)
def test_npm_age_agrees_both_ways_on_quantum_safe_files(size, tmp_path):
    """The TypeScript age opens what we seal to a quantum-safe key, decoys and all, and we open what it seals."""
    identity, content = HybridIdentity.generate(), os.urandom(size)
    key = key_file(tmp_path, identity)

    assert npm("decrypt", key, sealed=age.seal_bytes(content, [identity.recipient()], decoys=3)) == content
    assert age.open_bytes(npm("encrypt", identity.recipient().text(), sealed=content), [identity]) == content


@needs_npm
def test_npm_age_makes_the_keys_that_we_make():
    """A key that npm's age makes has the public half that we find, and our texts are its texts."""
    private, public = npm("keygen").decode().split()
    identity = HybridIdentity.from_text(private)

    assert identity.recipient().text() == public
    assert HybridRecipient.from_text(public).public == identity.recipient().public
    with identity.text() as text:
        assert text.view.decode() == private
