# SPDX-License-Identifier: Apache-2.0
"""An import by its steps: how far it is, stopped at any of them, out of room, and cut by a crash."""

from __future__ import annotations

import errno

import numpy as np
import pytest
import soundfile

from testimony_app.audio import synthetic
from testimony_app.audio.decoding import GivenUp
from testimony_app.crypto.secret import Secret
from testimony_app.intake.bringing import Bringing
from testimony_app.intake.errors import AttachmentUnreadable, NotADraft
from testimony_app.intake.importing import SoundImport, in_one_go
from testimony_app.model.testimony import State
from testimony_app.vault.disk import Disk
from testimony_app.vault.errors import DiskFull
from testimony_app.vault.vault import Vault
from testimony_app.workspace import over
from tests.intake.conftest import PASSPHRASE
from tests.intake.listening import heard


@pytest.fixture
def file(tmp_path):
    """Return a sound file of somebody else."""
    soundfile.write(tmp_path / "talk.wav", synthetic.voice(8), 48_000, subtype="PCM_16")
    return tmp_path / "talk.wav"


@pytest.fixture
def importing(vault, clock, draft, file):
    """Return its import, not begun."""
    return SoundImport(vault, clock, draft.id, file, title="talk.wav")


def blobs(vault):
    """Return the files of the vault's blobs."""
    return list(vault.blobs.files())


def held(vault, draft):
    """Return what a draft holds of sound and files."""
    whole = vault.testimonies.get(draft.id)
    return whole.recordings, whole.attachments


def test_it_says_how_far_it_is(vault, draft, importing):
    """Progress begins low, grows, and ends at the end; the testimony holds file and copy only after the last step."""
    told = []
    importing.look()
    importing.begin()
    assert held(vault, draft)[1] == ()

    assert importing.read(lambda done, total: told.append((done, total)))
    recording = importing.finish()

    assert told == sorted(told)
    assert (told[0][0], told[-1]) == (100, (1000, 1000))
    assert held(vault, draft) == ((recording,), (importing.original,))
    assert recording.seconds == pytest.approx(8.0)


@pytest.mark.parametrize("at", [0, 100, 500])
def test_whoever_cancels_finds_the_draft_as_it_was(vault, draft, importing, at):
    """While the file is sealed or decoded: a wish to stop is heard, and no key, row or file of it is left."""
    far = []
    importing.look()
    importing.begin()

    with pytest.raises(GivenUp):
        importing.read(lambda done, _total: far.append(done), lambda: bool(far and far[-1] >= at))
    importing.drop()
    importing.take_back()
    importing.take_back()

    assert held(vault, draft) == ((), ())
    assert blobs(vault) == []
    assert vault.database.value("SELECT count(*) FROM blob") == 0


def test_a_long_file_asks_for_more_room_and_loses_nothing(vault, clock, draft, tmp_path):
    """Places are promised for twelve segments at a time: the reading comes back for more, and goes on where it was."""
    voice = synthetic.voice(30)
    soundfile.write(tmp_path / "long.wav", voice, 48_000, subtype="PCM_16")
    # Segments of two seconds: the recorder's queue of ten holds fewer of them than are left when more are asked for.
    importing = SoundImport(vault, clock, draft.id, tmp_path / "long.wav", segment_seconds=2.0)
    importing.look()
    importing.begin()
    asked = 0
    while not importing.read():
        importing.top_up()
        asked += 1

    recording = importing.finish()

    assert asked >= 1
    assert len(recording.segments) == 15
    assert np.array_equal(heard(vault, recording), voice & np.int32(-65_536))


def test_a_second_one_follows_a_cancelled_one(vault, clock, draft, file, importing):
    """The same file comes in whole after its import was stopped."""
    importing.look()
    importing.begin()
    importing.take_back()

    recording = in_one_go(SoundImport(vault, clock, draft.id, file))

    assert held(vault, draft)[0] == (recording,)
    assert recording.take == 1


class SmallDisk(Disk):
    """A disk that takes so many bytes."""

    def __init__(self, room):
        self.room = room

    def write_some(self, descriptor, data):
        """Take them while there is room."""
        self.room -= len(data)
        if self.room < 0:
            raise OSError(errno.ENOSPC, "full")
        return super().write_some(descriptor, data)


def test_a_disk_without_room_leaves_nothing_half_done(vault, clock, draft, file, monkeypatch):
    """The disk is full while the file is sealed: it is said, and the draft is as it was."""
    monkeypatch.setattr(vault.blobs, "disk", SmallDisk(file.stat().st_size // 2))

    with pytest.raises(DiskFull):
        in_one_go(SoundImport(vault, clock, draft.id, file))

    monkeypatch.undo()
    assert held(vault, draft) == ((), ())
    assert blobs(vault) == []


def test_what_a_crash_cut_is_not_there(vault, clock, draft, importing, tmp_path):
    """The program dies in the middle of an import: the next start removes what was written and says nothing of it."""
    far = []
    importing.look()
    importing.begin()
    with pytest.raises(GivenUp):
        importing.read(lambda done, _total: far.append(done), lambda: bool(far and far[-1] >= 500))
    importing.drop()
    vault.lock()

    again = over(Vault.open(tmp_path / "vault", Secret(bytearray(PASSPHRASE)), clock=clock), clock)

    try:
        assert again.recovered == ()
        assert held(again.vault, draft) == ((), ())
        assert again.vault.database.value("SELECT count(*) FROM blob") == 0
    finally:
        again.close()


def test_nothing_begins_in_a_sealed_testimony(vault, draft, importing):
    """Between the look and the beginning the draft was sealed: nothing is written."""
    importing.look()
    vault.testimonies.set_state(draft.id, State.SEALED)

    with pytest.raises(NotADraft):
        importing.begin()

    assert blobs(vault) == []


def test_a_file_that_is_gone_meanwhile(vault, draft, importing, file):
    """The stick was pulled out after the look: it is said, and nothing stays."""
    importing.look()
    importing.begin()
    file.unlink()

    with pytest.raises(AttachmentUnreadable):
        importing.read()
    importing.take_back()

    assert held(vault, draft) == ((), ())


@pytest.mark.parametrize("kind", ["sound", "file"])
def test_nothing_comes_into_what_was_sealed_meanwhile(vault, clock, draft, file, kind):
    """The file was read while the draft was sealed: it does not slip in behind the seal, and nothing of it stays."""
    steps = getattr(Bringing(vault, clock), kind)(draft.id, file)
    steps.look()
    steps.begin()
    assert steps.read()
    vault.testimonies.set_state(draft.id, State.SEALED)

    with pytest.raises(NotADraft):
        steps.finish()
    steps.take_back()

    assert held(vault, draft) == ((), ())
    assert blobs(vault) == []
