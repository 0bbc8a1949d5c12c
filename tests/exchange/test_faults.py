# SPDX-License-Identifier: Apache-2.0
"""A disk that fails at the n-th call, for every n: nothing half done, nothing lost, one plain refusal."""

from __future__ import annotations

import errno
import io
import os
from contextlib import suppress
from pathlib import Path

import pytest

from testimony_app.exchange import carry, landing, pack, receive
from testimony_app.exchange.errors import ReadBackDiffers, StickFull, StickGone, StickReadOnly
from testimony_app.model.bundle import Outcome
from testimony_app.model.testimony import State

MOST_CALLS = 60
FAULTS = [errno.ENOSPC, errno.EIO, errno.EFBIG, errno.EROFS]
TOLD = (StickFull, StickGone, StickReadOnly, ReadBackDiffers)


class Faulty:
    """Counts every call that touches the disk on the way of writing, and lets the n-th one fail."""

    def __init__(self, monkeypatch, nth, number):
        self.left, self.number = nth, number
        self.struck = False
        outer = self

        class File(io.FileIO):
            def write(self, data):
                outer.call()
                return super().write(data)

        monkeypatch.setattr(landing.os, "fdopen", lambda descriptor, *_rest, **_named: File(descriptor, "w+b"))
        for module, name in ((os, "fsync"), (os, "utime"), (Path, "rename")):
            monkeypatch.setattr(module, name, self.wrapped(getattr(module, name)))

    def wrapped(self, real):
        def call(*arguments, **named):
            self.call()
            return real(*arguments, **named)

        return call

    def call(self):
        self.left -= 1
        if self.left == 0:
            self.struck = True
            raise OSError(self.number, os.strerror(self.number))


@pytest.fixture
def sealed(friends, testimony):
    """Return the collector, the archive and the testimony, sealed to the archive."""
    collector, archive = friends
    for file in pack.write_bundle(collector, testimony, [archive.card()], collector.out):
        collector.bundles.add(testimony.id, file)
    collector.testimonies.set_state(testimony.id, State.SEALED)
    return collector, archive, testimony


@pytest.mark.parametrize("number", FAULTS)
def test_sealing_on_a_failing_disk(friends, testimony, monkeypatch, number):
    """Whichever call fails, either the whole bundle stands under its name or nothing does, and the draft is whole."""
    collector, archive = friends
    for nth in range(1, MOST_CALLS):
        with monkeypatch.context() as patch:
            fault = Faulty(patch, nth, number)
            with suppress(*TOLD):
                pack.write_bundle(collector, testimony, [archive.card()], collector.out)
        left = list(collector.out.iterdir())
        whole = [receive.verify(path, receive.desk_of(archive)).outcome is Outcome.VERIFIED for path in left]
        assert all(whole)
        assert collector.testimonies.get(testimony.id) == testimony
        for path in left:
            path.unlink()
        if not fault.struck:
            break
    assert nth > 5
    assert not fault.struck


@pytest.mark.parametrize("number", FAULTS)
def test_copying_to_a_failing_stick(sealed, tmp_path, monkeypatch, number):
    """Whichever call fails, no half file stays on the stick, and what isn't there isn't called carried."""
    collector, archive, _testimony = sealed
    for nth in range(1, MOST_CALLS):
        stick = tmp_path / f"stick{nth}"
        stick.mkdir()
        load, _refused = carry.waiting(collector)
        with monkeypatch.context() as patch:
            fault = Faulty(patch, nth, number)
            try:
                carried = carry.copy_out(collector.out, load, stick)
            except TOLD:
                carried = carry.Carried()
        names = {path.name for path in stick.iterdir()}
        assert all(receive.verify(stick / name, receive.desk_of(archive)).outcome is Outcome.VERIFIED for name in names)
        assert {name for one in carried.written for name in one.files} <= names
        if not fault.struck:
            break
    assert nth > 3
    assert len(carried.written) == 1


def test_short_writes_are_no_fault(sealed, tmp_path, monkeypatch):
    """A stick that takes a thousand bytes at a time gets the whole file."""
    collector, archive, _testimony = sealed
    stick = tmp_path / "stick"
    stick.mkdir()

    class Slow(io.FileIO):
        def write(self, data):
            return super().write(memoryview(data)[:1000])

    monkeypatch.setattr(landing.os, "fdopen", lambda descriptor, *_rest, **_named: Slow(descriptor, "w+b"))
    (copied,) = carry.export(collector, stick).written

    finding = receive.verify(stick / copied.files[0], receive.desk_of(archive))
    assert finding.outcome is Outcome.VERIFIED


def test_sealing_with_short_writes(friends, testimony, monkeypatch):
    """A disk that takes a thousand bytes at a time gets the whole bundle."""
    collector, archive = friends

    class Slow(io.FileIO):
        def write(self, data):
            return super().write(memoryview(data)[:1000])

    monkeypatch.setattr(landing.os, "fdopen", lambda descriptor, *_rest, **_named: Slow(descriptor, "w+b"))
    (file,) = pack.write_bundle(collector, testimony, [archive.card()], collector.out)

    finding = receive.verify(collector.out / file.name, receive.desk_of(archive))
    assert finding.outcome is Outcome.VERIFIED


def test_full_disk_while_importing(friends, testimony, tmp_path, monkeypatch):
    """Too little room is said before anything is copied, and the quarantine is empty."""
    from testimony_app.exchange import quarantine
    from testimony_app.exchange.errors import NoRoom

    collector, archive = friends
    (file,) = pack.write_bundle(collector, testimony, [archive.card()], collector.out)
    monkeypatch.setattr(quarantine.shutil, "disk_usage", lambda _path: type("Usage", (), {"free": 1_000_000})())

    with pytest.raises(NoRoom):
        receive.inspect(collector.out / file.name, receive.desk_of(archive), tmp_path / "quarantine")

    assert not list((tmp_path / "quarantine").iterdir())
