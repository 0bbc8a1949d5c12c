# SPDX-License-Identifier: Apache-2.0
"""A bundle opens and verifies with tools that aren't ours: the commands of docs and FORMAT.md, as they stand there."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import bagit
import pytest

from testimony_app.crypto import age
from testimony_app.exchange import trust
from testimony_app.exchange.receive import verify
from testimony_app.model.bundle import Outcome
from tests.exchange.people import a_bundle, a_desk

NPM = Path(__file__).parents[2] / "build" / "judges" / "node_modules" / "age-encryption"
SOUND = bytes(range(256)) * 700

DECRYPT = """
import { readFileSync, writeFileSync } from "node:fs";
import { Decrypter } from "age-encryption";
const decrypter = new Decrypter();
decrypter.addIdentity(readFileSync("key.txt", "utf8").trim());
writeFileSync("bag.tar", await decrypter.decrypt(readFileSync("bundle.age")));
"""
ENCRYPT = """
import { readFileSync, writeFileSync } from "node:fs";
import { Encrypter } from "age-encryption";
const encrypter = new Encrypter();
encrypter.addRecipient(readFileSync("recipient.txt", "utf8").trim());
writeFileSync("again.age", await encrypter.encrypt(readFileSync("bag.tar")));
"""
needs_npm = pytest.mark.skipif(
    not NPM.is_dir() or not shutil.which("node"),
    reason="npm's age-encryption isn't installed under build/judges (make judges)",
)


@pytest.fixture(scope="module")
def carried(tmp_path_factory):
    """Return a bundle."""
    return a_bundle(tmp_path_factory.mktemp("out"), segments=(SOUND, b"short"), text="words", attached=(b"photo",))


@pytest.fixture
def unpacked(carried, tmp_path):
    """Return a folder in which the bundle was decrypted and unpacked, with the signer's allowed keys beside it."""
    tar = age.open_bytes(carried.path.read_bytes(), [carried.archive.identity])
    (tmp_path / "bag.tar").write_bytes(bytes(tar))
    subprocess.run(["tar", "-xf", "bag.tar"], cwd=tmp_path, check=True)
    (tmp_path / "bag" / "card.allowed").write_text(trust.allowed_signers("device", carried.sender.card))
    return tmp_path / "bag"


def script(folder, text):
    """Run a Node script beside npm's age-encryption."""
    (folder / "node_modules").symlink_to(NPM.parent)
    (folder / "script.mjs").write_text(text)
    subprocess.run(["node", "script.mjs"], cwd=folder, check=True, capture_output=True, timeout=60)


@needs_npm
def test_npms_age_decrypts_our_bundle(carried, tmp_path):
    """An independent implementation of the quantum-safe recipient opens the file to the same bytes."""
    (tmp_path / "bundle.age").write_bytes(carried.path.read_bytes())
    (tmp_path / "key.txt").write_bytes(bytes(carried.archive.identity.text().view))

    script(tmp_path, DECRYPT)

    ours = age.open_bytes(carried.path.read_bytes(), [carried.archive.identity])
    assert (tmp_path / "bag.tar").read_bytes() == bytes(ours)


@needs_npm
def test_we_read_what_npms_age_encrypts(carried, tmp_path):
    """The same bag, sealed by the other implementation, verifies here."""
    tar = age.open_bytes(carried.path.read_bytes(), [carried.archive.identity])
    (tmp_path / "bag.tar").write_bytes(bytes(tar))
    (tmp_path / "recipient.txt").write_text(carried.archive.card.recipient)

    script(tmp_path, ENCRYPT)

    finding = verify(tmp_path / "again.age", a_desk(carried.archive, carried.sender.partner()))
    assert finding.outcome is Outcome.VERIFIED


def test_gnu_tar_lists_the_members_in_order(carried, tmp_path):
    """GNU tar names the seven pages first, then the payloads, and warns of nothing."""
    (tmp_path / "bag.tar").write_bytes(bytes(age.open_bytes(carried.path.read_bytes(), [carried.archive.identity])))

    told = subprocess.run(["tar", "-tvf", "bag.tar"], cwd=tmp_path, capture_output=True, text=True, check=True)

    names = [line.split()[-1] for line in told.stdout.splitlines()]
    assert not told.stderr
    assert names == [
        "bag/bagit.txt", "bag/bag-info.txt", "bag/bundle.json", "bag/manifest-sha512.txt",
        "bag/tagmanifest-sha512.txt", "bag/sig/tagmanifest-sha512.txt.ed25519.sig",
        "bag/sig/tagmanifest-sha512.txt.pq.sig", "bag/data/attachments/a01.bin", "bag/data/audio/r01-s01.flac",
        "bag/data/audio/r01-s02.flac", "bag/data/identity.age", "bag/data/testimony.json",
        "bag/data/text/statement.txt",
    ]  # fmt: skip
    assert all(line.startswith("-rw------- 0/0") for line in told.stdout.splitlines())


def test_sha512sum_checks_every_file(unpacked):
    """The manifests are in the form that coreutils reads."""
    told = subprocess.run(
        ["sha512sum", "--strict", "-c", "tagmanifest-sha512.txt", "manifest-sha512.txt"],
        cwd=unpacked, capture_output=True, text=True,
    )  # fmt: skip

    assert told.returncode == 0, told.stderr
    assert told.stdout.count(": OK") == 4 + 6


@pytest.mark.parametrize(("namespace", "status"), [("bundle-v1@govah", 0), ("receipt-v1@govah", 255)])
def test_ssh_keygen_verifies_the_signer(unpacked, namespace, status):
    """OpenSSH confirms the device's signature, for the namespace of bundles and no other."""
    told = subprocess.run(
        [
            "ssh-keygen",
            "-Y",
            "verify",
            "-f",
            "card.allowed",
            "-I",
            "device",
            "-n",
            namespace,
            "-s",
            "sig/tagmanifest-sha512.txt.ed25519.sig",
        ],
        input=(unpacked / "tagmanifest-sha512.txt").read_bytes(),
        cwd=unpacked,
        capture_output=True,
    )

    assert told.returncode == status, told.stderr


def test_bagit_py_says_valid(unpacked):
    """The Library of Congress's own tool finds the bag valid, and not after a change."""
    assert bagit.Bag(str(unpacked)).is_valid()

    (unpacked / "data" / "audio" / "r01-s02.flac").write_bytes(b"shorT")

    assert not bagit.Bag(str(unpacked)).is_valid()


def test_payloads_are_what_went_in(unpacked):
    """The files on the disk are the recordings, the photograph and the words."""
    assert (unpacked / "data" / "audio" / "r01-s01.flac").read_bytes() == SOUND
    assert (unpacked / "data" / "attachments" / "a01.bin").read_bytes() == b"photo"
    assert (unpacked / "data" / "text" / "statement.txt").read_text(encoding="utf-8") == "words"
