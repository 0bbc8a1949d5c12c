# SPDX-License-Identifier: Apache-2.0
"""Recorded questions on their way: closed to others, signed, and refused from anybody who is not trusted."""

from __future__ import annotations

import hashlib

import pytest

from testimony_app.crypto import canonical
from testimony_app.crypto.age import HybridRecipient, open_bytes, seal_bytes
from testimony_app.exchange import voices_file
from testimony_app.exchange.guide_file import GuideNotForUs, GuideOfAStranger, NoCollectorKnown, NotAGuide
from testimony_app.model.partner import Role
from tests.exchange.conftest import introduce

SOUND = bytes(range(256)) * 40
BODY = canonical.dumps({"byte_count": len(SOUND), "language": "fa", "sha512": hashlib.sha512(SOUND).hexdigest()})


def test_what_an_archive_recorded_reaches_its_collector(friends, make_vault, tmp_path):
    """It comes out as it was signed; whoever it wasn't sealed to learns nothing."""
    collector, archive = friends
    path = voices_file.write(archive, BODY, SOUND, tmp_path)

    taken = voices_file.read(collector, path)

    assert (taken.body, taken.sound) == (BODY, SOUND)
    assert taken.archive.card.name == archive.card().name
    assert SOUND[:24] not in path.read_bytes()
    with pytest.raises(GuideNotForUs):
        voices_file.read(make_vault(Role.COLLECTOR, "another"), path)


def test_a_strangers_voice_is_refused(collector, archive, tmp_path):
    """Whoever was not compared puts no voice into a witness's ear."""
    with pytest.raises(NoCollectorKnown):
        voices_file.write(archive, BODY, SOUND, tmp_path)
    introduce(archive, collector)
    path = voices_file.write(archive, BODY, SOUND, tmp_path)

    with pytest.raises(GuideOfAStranger):
        voices_file.read(collector, path)


def test_what_was_touched_or_is_too_large_is_refused(friends, tmp_path):
    """A byte of the file, of the sound or of the page changed, sound missing, or a file without end: refused."""
    collector, archive = friends
    path = voices_file.write(archive, BODY, SOUND, tmp_path)
    whole = path.read_bytes()
    plain = bytes(open_bytes(whole, [collector.identity]))
    at = plain.index(SOUND)
    to = [HybridRecipient.from_text(collector.card().recipient)]
    changed = plain[: at + 9] + bytes([plain[at + 9] ^ 1]) + plain[at + 10 :]
    claims = plain.replace(b'"language":"fa"', b'"language":"en"')
    for body in (
        whole[:-1] + bytes([whole[-1] ^ 1]),
        seal_bytes(changed, to),
        seal_bytes(claims, to),
        seal_bytes(plain[: at + 100], to),
        b"no age file",
    ):
        path.write_bytes(body)
        with pytest.raises(NotAGuide):
            voices_file.read(collector, path)
    with path.open("wb") as file:
        file.truncate(voices_file.FILE_MAX + 1)
    with pytest.raises(NotAGuide) as refused:
        voices_file.read(collector, path)
    assert refused.value.facts["why"] == "size"
