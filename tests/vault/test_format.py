# SPDX-License-Identifier: Apache-2.0
"""A vault read from its FORMAT.md alone: none of the program's own code takes part in the reading."""

from __future__ import annotations

import hashlib
import hmac
import io
import json
import struct

import pyrage
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.ciphers.aead import ChaCha20Poly1305
from cryptography.hazmat.primitives.kdf.argon2 import Argon2id
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from sqlcipher3 import dbapi2 as sqlcipher

from testimony_app.crypto.age import X25519Recipient, write_header
from testimony_app.crypto.secret import Secret
from tests.builders import a_full_testimony, write_recording
from tests.vault.conftest import PASSPHRASE

SPOKEN = bytes(range(251)) * 700


def hkdf(key, salt, info, size=32):
    """Derive as RFC 5869 says."""
    return HKDF(algorithm=hashes.SHA256(), length=size, salt=salt, info=info).derive(key)


def opened(key, sealed, purpose, context):
    """Open a sealed piece of section 1.2, or return None."""
    keys = hkdf(key, sealed[:24], purpose + context, 64)
    if sealed[24:56] != keys[32:]:
        return None
    return ChaCha20Poly1305(keys[:32]).decrypt(bytes(12), sealed[56:], context)


def open_keys(raw):
    """Return the vault root and the state of a key file."""
    vault_id, salt, memory, passes, lanes, version = struct.unpack_from(">16s32sIIII", raw)
    assert version == 1
    key = Argon2id(salt=salt, length=32, iterations=passes, lanes=lanes, memory_cost=memory).derive(PASSPHRASE)
    for number in range(8):
        place = 304 + 136 * number
        slot = opened(key, raw[place : place + 136], b"govah/keys/v1/slot", vault_id + bytes([number]))
        if slot:
            root, file_key = slot[:32], slot[32:56]
    mac_key = hkdf(file_key, vault_id, b"govah/keys/v1/mac")
    assert hmac.digest(mac_key, raw[:4064], "sha256") == raw[4064:]
    return root, opened(root, raw[72:304], b"govah/keys/v1/state", vault_id)


@pytest.fixture
def folder_of_another(vault):
    """Return the folder of a vault with a recording in it, locked."""
    testimony = vault.testimonies.add(a_full_testimony())
    write_recording(vault, testimony.id, SPOKEN)
    vault.lock()
    return vault.folder


def test_a_stranger_reads_a_vault(folder_of_another):
    """Key file, database, custody log and blobs are what the page says, to the byte."""
    folder = folder_of_another
    raws = [(folder / name).read_bytes() for name in ("KEYS", "KEYS.B")]
    root, state = open_keys(max(raws, key=lambda raw: raw[64:72]))

    database = sqlcipher.connect(str(folder / "db"))
    database.set_key(bytearray(f"x'{state[4:36].hex()}'".encode()))
    assert database.execute("SELECT value FROM setting WHERE name = 'role'").fetchone()[0] == b"collector"

    previous = bytes(64)
    for seq, body, digest in database.execute("SELECT seq, body, hash FROM custody ORDER BY seq"):
        previous = hashlib.sha512(previous + body.encode()).digest()
        assert digest == previous and json.loads(body)["seq"] == seq
    assert struct.unpack_from(">Q64s", state, 68) == (seq, previous)

    name, wrapped, sha512 = database.execute("SELECT id, file_key, sha512 FROM blob WHERE standing = 1").fetchone()
    blob = (folder / "blobs" / name[:2] / name).read_bytes()
    assert hashlib.sha512(blob).hexdigest() == sha512
    blob_keys = hkdf(root, None, b"govah/vault/v1/blob-keys")
    file_key = opened(blob_keys, wrapped, b"govah/vault/v1/kept-key", name.encode())
    payload = ChaCha20Poly1305(hkdf(file_key, blob[:16], b"payload"))
    chunks = [blob[at : at + 65_552] for at in range(16, len(blob), 65_552)]
    plain = [
        payload.decrypt(number.to_bytes(11, "big") + bytes([number == len(chunks) - 1]), chunk, None)
        for number, chunk in enumerate(chunks)
    ]
    assert b"".join(plain) == SPOKEN
    database.close()


def test_a_digest_in_the_log_is_what_the_page_says(folder_of_another, reopen):
    """The value of a consent's row can be computed with a JSON library and SHA-256."""
    vault = reopen()
    row = vault.database.row("SELECT testimony, id, body FROM consent")
    (entry,) = [entry for entry in vault.custody.entries(row[0]) if entry.event == "consent"]

    text = json.dumps(row, separators=(",", ":"), ensure_ascii=False).encode()

    assert entry.facts["row"] == f"consent/{row[1]}"
    assert entry.facts["value"] == hashlib.sha256(text).hexdigest()


def test_a_blob_opens_with_any_age_program(folder_of_another, reopen):
    """Put a header for its file key before it, and it is an age file."""
    vault = reopen()
    slot = vault.blobs.slot(vault.database.value("SELECT id FROM blob WHERE standing = 1"))
    identity = pyrage.x25519.Identity.generate()
    file = io.BytesIO()
    write_header(file, Secret(bytes(slot.file_key.view)), [X25519Recipient.from_text(str(identity.to_public()))])

    assert pyrage.decrypt(file.getvalue() + slot.path.read_bytes(), [identity]) == SPOKEN
