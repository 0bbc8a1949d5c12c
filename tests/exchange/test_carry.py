# SPDX-License-Identifier: Apache-2.0
"""Sealed bundles are copied to a stick: all of each, or nothing."""

from __future__ import annotations

import errno
import hashlib
import os

import pytest

from testimony_app.exchange import carry, landing, pack, receive
from testimony_app.exchange.errors import (
    Cancelled,
    ReadBackDiffers,
    StickFull,
    StickGone,
    StickReadOnly,
)
from testimony_app.model.bundle import Outcome
from testimony_app.model.testimony import State


@pytest.fixture
def sealed(friends, testimony):
    """Return the collector, the archive and the testimony, sealed to the archive."""
    collector, archive = friends
    for file in pack.write_bundle(collector, testimony, [archive.card()], collector.out):
        collector.bundles.add(testimony.id, file)
    collector.testimonies.set_state(testimony.id, State.SEALED)
    return collector, archive, testimony


@pytest.fixture
def stick(tmp_path):
    """Return an empty folder that plays the stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_sealed_testimony_leaves_on_a_stick(sealed, stick):
    """What is sealed is copied, read back, and written down as carried; the archive verifies the copy."""
    collector, archive, testimony = sealed
    told = []

    carried = carry.export(collector, stick, progress=lambda done, whole: told.append((done, whole)))

    (one,) = carried.written
    copy = stick / one.files[0]
    assert one.code == testimony.code
    assert hashlib.sha256(copy.read_bytes()).hexdigest() == one.sha256
    assert copy.stat().st_mtime == landing.FAT_FLOOR
    assert told[-1][0] == told[-1][1]
    assert collector.testimonies.state(testimony.id) is State.CARRIED
    assert not collector.bundles.waiting()
    assert receive.verify(copy, receive.desk_of(archive)).outcome is Outcome.VERIFIED


def test_nothing_waits_twice(sealed, stick):
    """What was carried isn't carried again, unless it is named."""
    collector, _archive, testimony = sealed
    carry.export(collector, stick)

    again = carry.export(collector, stick)
    named = carry.export(collector, stick, [testimony.code])

    assert again == carry.Carried()
    assert len(named.written) == 1
    assert len(list(stick.iterdir())) == 2


def test_drafts_have_nothing_to_carry(collector, testimony, stick):
    """A named draft is refused, and the others go."""
    carried = carry.export(collector, stick, [testimony.code])

    assert [one.error.code for one in carried.refused] == ["exchange.nothing-sealed"]


def test_cancelling_leaves_nothing_half_done(sealed, stick):
    """Stopped in the middle, there is no file on the stick and the testimony still waits."""
    collector, _archive, _testimony = sealed

    with pytest.raises(Cancelled):
        carry.export(collector, stick, is_cancelled=lambda: True)

    assert not list(stick.iterdir())
    assert collector.bundles.waiting()


@pytest.mark.parametrize(
    ("number", "refusal"),
    [
        (errno.ENOSPC, StickFull),
        (errno.EFBIG, StickFull),
        (errno.EROFS, StickReadOnly),
        (errno.EIO, StickGone),
        (errno.ENODEV, StickGone),
    ],
)
def test_trouble_with_the_stick_is_told_and_leaves_nothing(sealed, stick, monkeypatch, number, refusal):
    """A full, locked or vanished stick is a plain refusal; no half file stays and nothing counts as carried."""
    collector, _archive, _testimony = sealed

    def failing(_file):
        raise OSError(number, os.strerror(number))

    monkeypatch.setattr(landing, "sync", failing)
    with pytest.raises(refusal):
        carry.export(collector, stick)

    assert not list(stick.iterdir())
    assert collector.bundles.waiting()


def test_missing_stick_is_a_refusal(sealed, tmp_path):
    """A folder that isn't there is a stick that is gone."""
    with pytest.raises(StickGone):
        carry.export(sealed[0], tmp_path / "nowhere")


def test_full_stick_is_noticed_before_writing(sealed, stick, monkeypatch):
    """Too little room is said with its numbers before a byte is written."""
    monkeypatch.setattr(carry.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 1000})())

    with pytest.raises(StickFull) as refusal:
        carry.export(sealed[0], stick)

    assert refusal.value.facts["free"] == 1000
    assert not list(stick.iterdir())


def test_failing_stick_is_caught_by_reading_back(sealed, stick, monkeypatch):
    """A stick that stores something else is noticed, and the bad file doesn't stay."""
    collector, _archive, _testimony = sealed
    real = landing.sync

    def spoil(file):
        real(file)
        os.pwrite(file.fileno(), b"\xff", 5000)

    monkeypatch.setattr(landing, "sync", spoil)
    with pytest.raises(ReadBackDiffers):
        carry.export(collector, stick)

    assert not list(stick.iterdir())


def test_sealed_file_that_changed_is_not_passed_on(sealed, stick):
    """A damaged file in the vault's own folder is refused, not copied."""
    collector, _archive, _testimony = sealed
    (file,) = collector.out.iterdir()
    file.write_bytes(file.read_bytes()[:-1] + b"x")

    carried = carry.export(collector, stick)

    assert [one.error.code for one in carried.refused] == ["exchange.sealed-file-missing"]
    assert not list(stick.iterdir())


def test_leftovers_of_a_power_cut_are_swept(sealed, stick):
    """Half files of an earlier, interrupted copy are removed; other people's files are not."""
    (stick / "K7QF2M9X.TMP").write_bytes(b"half")
    (stick / "notes.tmp").write_bytes(b"theirs")

    carry.export(sealed[0], stick)

    assert not (stick / "K7QF2M9X.TMP").exists()
    assert (stick / "notes.tmp").exists()


def test_folders_are_looked_into_one_level(tmp_path):
    """Bundles are found on the stick and in its folders, and a named file counts whatever it is called."""
    (tmp_path / "one" / "two").mkdir(parents=True)
    for name in ("A.AGE", "one/B.age", "one/two/C.AGE", "one/D.txt"):
        (tmp_path / name).touch()

    found = carry.bundle_files([tmp_path, tmp_path / "one" / "D.txt"])

    assert [path.name for path in found] == ["A.AGE", "B.age", "D.txt"]


def test_bundle_that_fails_reading_back_is_not_kept(friends, testimony, monkeypatch):
    """Sealing to a failing disk raises and leaves no file."""
    collector, archive = friends
    real = landing.sync

    def spoil(file):
        real(file)
        os.pwrite(file.fileno(), b"\xff", 900_000)

    monkeypatch.setattr(landing, "sync", spoil)
    with pytest.raises(ReadBackDiffers):
        pack.write_bundle(collector, testimony, [archive.card()], collector.out)

    assert not list(collector.out.iterdir())
