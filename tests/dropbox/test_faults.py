# SPDX-License-Identifier: Apache-2.0
"""The disk under a drop box fails at the n-th call, for every n: what was acknowledged reaches the archive anyway."""

from __future__ import annotations

import os
import shutil
import tempfile
from pathlib import Path

import numpy as np
import pytest

from testimony_app.archive.playback import open_recording
from testimony_app.audio import synthetic
from testimony_app.crypto import age
from testimony_app.crypto.chunks import CHUNK
from testimony_app.dropbox.box import DropBox
from testimony_app.dropbox.errors import NoDeposit
from testimony_app.dropbox.founding import found
from testimony_app.errors import GovahError
from testimony_app.exchange.medium import standing_on
from tests.dropbox.conftest import KEYS, carried, consent, heard, speak
from tests.fakes.failing_disk import FAULTS, SHORT, FailingDisk
from tests.fakes.failing_medium import FailingMedium
from tests.fakes.microphone import FakeMicrophone

NAMES = ["short", "EIO", "ENOSPC", "EFBIG"]
EVERY_FAULT = pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
MANY = 400
VOICE = synthetic.voice(2)


@pytest.fixture
def tmp_path(tmp_path):
    """Return a folder in memory where the system has one: the faults are ours, and syncing would only take time."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def each_fault(fault, act, *, at_least):
    """Run an act with a fault at the first call, the second, and so on until neither layer meets it any more."""
    for number in range(1, MANY):
        disk, medium = FailingDisk(number, fault), FailingMedium(number, fault)
        succeeded = act(number, disk, medium)
        met = disk.has_failed or medium.has_failed
        assert succeeded or (met and fault != SHORT)
        if not met:
            assert number > at_least
            return
    raise AssertionError("the fault is met for ever")


def attempt(disk, medium, work):
    """Tell whether work succeeds on failing layers, then repair them."""
    disk.start()
    try:
        with standing_on(medium):
            work()
    except GovahError:
        return False
    finally:
        disk.repair()
    return True


@EVERY_FAULT
def test_founding(tmp_path, card, clock, fault):
    """Either there is a whole box, or the folder is as before and founding works the next time."""

    def act(number, disk, medium):
        folder = tmp_path / f"box {number}"
        done = attempt(disk, medium, lambda: found(folder, card, clock=clock, keys=2, disk=disk))
        if not done:
            assert not folder.exists()
            found(folder, card, clock=clock, keys=2)
        with DropBox.open(folder, clock=clock) as box:
            assert box.keys_left == 2
        return done

    each_fault(fault, act, at_least=12)


@pytest.fixture
def boxes(founded, folder, tmp_path):
    """Return what makes copies of one box, all of which the archive trusts."""

    def copy(name):
        shutil.copytree(folder, tmp_path / name)
        return tmp_path / name

    return copy


@EVERY_FAULT
def test_beginning(boxes, clock, fault):
    """A testimony that could not begin leaves no file behind and costs one number at most."""

    def act(number, disk, medium):
        folder = boxes(f"begun {number}")
        with DropBox.open(folder, clock=clock, disk=disk) as box:
            done = attempt(disk, medium, box.start)
        with DropBox.open(folder, clock=clock) as box:
            assert box.keys_left in (KEYS - 1, KEYS)
            assert carried(folder) in ([], [".AGE"])
            testimony = box.start()
            box.erase(testimony.id)
        assert list((folder / "making").iterdir()) == []
        return done

    each_fault(fault, act, at_least=8)


@EVERY_FAULT
def test_writing(boxes, archive, trusted, clock, fault):
    """The last text that was acknowledged is what the archive reads, or the one that was being saved after it."""

    def act(number, disk, medium):
        folder = boxes(f"written {number}")
        with DropBox.open(folder, clock=clock, disk=disk) as box:
            testimony = box.start()
            box.save_statement(testimony.id, "the first words", "fa")
            done = attempt(disk, medium, lambda: box.save_statement(testimony.id, "the second words", "fa"))
        assert carried(folder) == [".AGE"]
        archive.import_bundles([folder])
        text = archive.catalogue.record(testimony.id).statement.text
        assert text == "the second words" if done else text in ("the first words", "the second words")
        return done

    each_fault(fault, act, at_least=6)


@EVERY_FAULT
def test_sealing(boxes, archive, trusted, clock, fault):
    """Sealed or not, the archive hears every sample: from the bundle, or from the recording that is still there."""

    def act(number, disk, medium):
        folder = boxes(f"sealed {number}")
        with DropBox.open(folder, clock=clock, disk=disk) as box:
            testimony = box.start()
            box.give_consent(testimony.id, consent())
            speak(box, testimony, FakeMicrophone(clock=clock), VOICE)
            done = attempt(disk, medium, lambda: box.seal(testimony.id))
            if not done and number % 2:
                box.seal(testimony.id)
        archive.import_bundles([folder])
        recordings = archive.catalogue.record(testimony.id).recordings
        samples = heard(open_recording(archive.vault, recordings[0]))
        assert (len(recordings), np.array_equal(samples, VOICE)) == (1, True)
        return done

    each_fault(fault, act, at_least=6)


@EVERY_FAULT
def test_erasing(boxes, archive, trusted, clock, fault):
    """After trouble a second attempt erases the rest, and what was acknowledged as erased is nowhere."""

    def act(number, disk, medium):
        folder = boxes(f"erased {number}")
        with DropBox.open(folder, clock=clock, disk=disk) as box:
            testimony = box.start()
            speak(box, testimony, FakeMicrophone(clock=clock), VOICE)
            done = attempt(disk, medium, lambda: box.erase(testimony.id))
            if not done:
                with pytest.raises((NoDeposit, GovahError)):
                    box.seal(testimony.id)
                box.erase(testimony.id)
            assert carried(folder) == []
            with pytest.raises(NoDeposit):
                box.get(testimony.id)
        return done

    each_fault(fault, act, at_least=6)


def frames_in(path, archive):
    """Return how much sound the archive's key finds in a sealed recording."""
    with path.open("rb") as file, age.decrypt(file, [archive.vault.identity], allow_unterminated=True) as plain:
        return max(0, plain.size() - CHUNK) // 3


@EVERY_FAULT
def test_recording(boxes, archive, trusted, clock, fault):
    """Every second that was told to be safe is heard at the archive, whatever the disk did after it."""

    def act(number, disk, medium):
        folder = boxes(f"recorded {number}")
        safe = []
        with DropBox.open(folder, clock=clock, disk=disk) as box:
            testimony = box.start()
            microphone = FakeMicrophone(clock=clock)
            records = box.records(microphone)
            records.begin(testimony.id, on_progress=lambda progress: safe.append(progress.seconds_safe))

            def take():
                records.start()
                microphone.stream.say(VOICE)
                captured = records.stop()
                records.finish()
                if captured.refusal is not None:
                    raise captured.refusal

            done = attempt(disk, medium, take)
        frames = sum(frames_in(path, archive) for path in (folder / "out").glob("*.REC"))
        assert frames >= max(safe, default=0.0) * 48_000 - 2
        return done or frames >= len(VOICE) - 48_000

    each_fault(fault, act, at_least=5)
