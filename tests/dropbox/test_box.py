# SPDX-License-Identifier: Apache-2.0
"""Testimony goes into a drop box that nobody beside it can open, and the archive has it whole."""

from __future__ import annotations

import numpy as np
import pytest

from testimony_app.archive.playback import open_recording
from testimony_app.audio import synthetic
from testimony_app.audio.format import SoundFormat
from testimony_app.dropbox.box import DropBox
from testimony_app.dropbox.errors import DepositOpen, DropBoxInUse, NoDeposit, NoKeysLeft, NotADropBox
from testimony_app.dropbox.wide import widened
from testimony_app.intake.errors import KeepingRefused, NothingToSeal, StillRecording
from testimony_app.model.consent import Answer, current
from testimony_app.model.person import Identity, Witness
from testimony_app.model.recording import RecordingState
from testimony_app.model.testimony import Session, State
from tests.dropbox.conftest import KEYS, carried, consent, heard, outcomes, speak
from tests.fakes.microphone import FakeMicrophone

VOICE = synthetic.voice(3)
SLOW = SoundFormat(rate=16_000, channels=1, bits=16)


def told(box, microphone):
    """Take a testimony of sound, text and consent, ready to be sealed."""
    testimony = box.start(languages=("fa",))
    box.give_consent(testimony.id, consent())
    recording = speak(box, testimony, microphone, VOICE)
    box.save_statement(testimony.id, "canary words", "fa")
    return testimony, recording


def test_a_testimony_goes_from_the_box_to_the_archive(box, folder, archive, trusted, microphone):
    """Sound, words and consent are imported from one signed bundle, and the archive hears every sample."""
    testimony, recording = told(box, microphone)

    sealed = box.seal(testimony.id)
    imported = archive.import_bundles([folder])

    assert (outcomes(imported), carried(folder)) == (["imported"], [".AGE"])
    assert [finding.signer for finding in imported.findings] == ["Table by the window"]
    assert imported.findings[0].warnings == ()
    there = archive.catalogue.record(testimony.id)
    assert (there.code, there.state, there.statement.text) == (sealed.code, State.TO_REVIEW, "canary words")
    assert current(there.consent).allows("P1")
    assert np.array_equal(heard(open_recording(archive.vault, there.recordings[0])), VOICE)
    assert there.recordings[0].id == recording.id


def test_the_next_testimonies_follow_without_a_warning(box, folder, archive, trusted, microphone):
    """Each bundle names the one before; erased ones leave a number out and nothing else."""
    for number in range(3):
        testimony, _recording = told(box, microphone)
        if number == 1:
            box.erase(testimony.id)
        else:
            box.seal(testimony.id)

    imported = archive.import_bundles([folder])

    assert [finding.warnings for finding in sorted(imported.findings, key=lambda one: one.code)] == [(), ()]
    assert box.keys_left == KEYS - 3


def test_what_stands_on_the_disk_has_no_word_in_it_and_no_key(box, folder, microphone):
    """While a testimony is under way and after, neither its words nor any file key is in any file."""
    testimony, recording = told(box, microphone)
    keys = [
        bytes(key.view) for key in (pair[1] for take in box.listens._takes.values() for pair in take.places.values())
    ]
    before = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    box.seal(testimony.id)
    after = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())

    for content in (before, after):
        assert b"canary" not in content
        assert testimony.code.encode() not in content
        assert recording.id.encode() not in content
        assert all(key not in content for key in keys)


def test_a_witness_listens_back_and_takes_one_recording_back(box, folder, microphone):
    """Until it is sealed every sample is heard, and a recording taken back leaves nothing on the disk."""
    testimony, recording = told(box, microphone)
    second = speak(box, testimony, microphone, VOICE[:48_000])

    assert np.array_equal(heard(box.listens.open(recording)), VOICE)
    assert max(box.listens.peaks(recording)) > 0.3
    assert carried(folder) == [".AGE", ".REC", ".REC"]
    box.discard_recording(testimony.id, second.id)

    assert carried(folder) == [".AGE", ".REC"]
    assert box.get(testimony.id).recordings == (recording,)


def test_after_the_seal_nobody_listens(box, microphone):
    """The keys are gone with the seal."""
    testimony, recording = told(box, microphone)
    takes = box.listens
    box.seal(testimony.id)

    with pytest.raises(NoDeposit):
        takes.open(recording)
    with pytest.raises(NoDeposit):
        box.get(testimony.id)


def test_erasing_leaves_nothing(box, folder, microphone):
    """At the witness's wish keys, sound and words go, and the folder looks as if nobody had been there."""
    testimony, _recording = told(box, microphone)

    box.erase(testimony.id)

    assert carried(folder) == []
    assert list((folder / "making").iterdir()) == []
    with pytest.raises(NoDeposit):
        box.seal(testimony.id)


def test_what_stands_in_the_way_of_sealing(box, microphone):
    """Nothing to seal, a recording that runs, and a witness who said no each keep it from being sealed."""
    testimony = box.start()
    with pytest.raises(NothingToSeal):
        box.seal(testimony.id)

    records = box.records(microphone)
    records.begin(testimony.id)
    records.start()
    with pytest.raises(StillRecording):
        box.seal(testimony.id)
    microphone.stream.say(VOICE)
    records.stop()
    records.finish()

    box.give_consent(testimony.id, consent(Answer.NO))
    with pytest.raises(KeepingRefused):
        box.seal(testimony.id)
    box.erase(testimony.id)


def test_one_at_a_time_and_no_more_than_there_are_keys(box):
    """A second testimony waits for the first, and the last key is the last testimony."""
    for _ in range(KEYS):
        testimony = box.start()
        with pytest.raises(DepositOpen):
            box.start()
        box.erase(testimony.id)

    assert box.keys_left == 0
    with pytest.raises(NoKeysLeft):
        box.start()


def test_one_opener_at_a_time(box, folder, tmp_path, clock):
    """A box that is open is in use, and a folder that is none is told so."""
    with pytest.raises(DropBoxInUse):
        DropBox.open(folder, clock=clock)
    with pytest.raises(NotADropBox):
        DropBox.open(tmp_path, clock=clock)
    assert DropBox.is_one(folder)
    assert not DropBox.is_one(tmp_path)


def test_a_key_file_is_overwritten_before_it_is_used(box, folder):
    """A number that was drawn is off the disk while the testimony it stands for is only beginning."""
    before = {path.name: path.read_bytes() for path in (folder / "keys").iterdir()}

    testimony = box.start()

    gone = set(before) - {path.name for path in (folder / "keys").iterdir()}
    assert gone == {"00000002.KEY"}
    everything = b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())
    assert before["00000002.KEY"][:32] not in everything
    box.erase(testimony.id)


def test_a_slow_microphone_is_recorded_in_alike_channels(box, folder, archive, trusted, clock):
    """Sound that would not fill a chunk in a second comes in two channels that are the same, and is heard."""
    microphone = FakeMicrophone(clock=clock, sound=SLOW)
    voice = synthetic.voice(3, rate=16_000) & np.int32(-65_536)
    testimony = box.start()
    records = box.records(microphone)
    recording = records.begin(testimony.id)
    records.start()
    microphone.stream.say(voice)
    records.stop()
    recording = records.finish()
    box.seal(testimony.id)
    archive.import_bundles([folder])

    samples = heard(open_recording(archive.vault, archive.catalogue.record(testimony.id).recordings[0]))
    assert (recording.sample_rate, recording.channels, recording.state) == (16_000, 2, RecordingState.COMPLETE)
    assert np.array_equal(samples[:, :1], voice)
    assert np.array_equal(samples[:, 1:], voice)


@pytest.mark.parametrize("rate", [8_000, 11_025, 16_000, 22_050, 24_000, 32_000, 44_100, 48_000, 96_000])
@pytest.mark.parametrize("bits", [16, 24])
def test_every_format_fills_a_chunk_within_a_second(rate, bits):
    """Whatever a microphone gives, its samples are at most four bytes wide, and 64 KiB are less than a second."""
    wide = widened(SoundFormat(rate=rate, channels=1, bits=bits))

    assert wide.stored_width <= 4
    assert wide.rate * wide.frame_bytes > 65_536


def test_an_identity_is_sealed_to_the_keepers(box, folder, archive, trusted, microphone):
    """Who the witness is travels in an envelope of its own, and not in the testimony."""
    testimony, _recording = told(box, microphone)
    box.set_witness(
        testimony.id,
        witness=Witness(pseudonym="Laleh"),
        session=Session(place="here"),
        languages=("fa",),
        identity=Identity(names=("A Name",)),
    )

    box.seal(testimony.id)
    archive.import_bundles([folder])

    there = archive.catalogue.record(testimony.id)
    assert there.witness.pseudonym == "Laleh"
    assert "identity" in {attachment.role for attachment in there.attachments}


def test_an_archive_that_has_not_compared_the_box_holds_its_bundles_apart(box, folder, archive, microphone):
    """Before the sixty digits were compared it is an unknown signer; after, the same file is imported."""
    testimony, _recording = told(box, microphone)
    box.seal(testimony.id)

    assert outcomes(archive.import_bundles([folder])) == ["unknown-signer"]
    archive.trust(folder / "BOX.CRD", box.safety_number)

    assert outcomes(archive.import_bundles([folder])) == ["imported"]
    assert outcomes(archive.import_bundles([folder])) == ["duplicate"]
