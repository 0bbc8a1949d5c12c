# SPDX-License-Identifier: Apache-2.0
"""A drop box that is cut off in the middle of a sentence leaves that sentence to the archive, and to nobody else."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import numpy as np
import pytest

from testimony_app.archive.playback import open_recording
from testimony_app.audio import synthetic
from testimony_app.crypto import age
from testimony_app.crypto import header as age_header
from testimony_app.crypto.chunks import CHUNK, NONCE, SEALED_CHUNK
from testimony_app.dropbox.box import DropBox
from testimony_app.exchange import receive
from testimony_app.model.recording import RecordingState
from testimony_app.model.testimony import State
from tests.dropbox.conftest import carried, consent, heard, outcomes, speak
from tests.dropbox.depositing_child import SECONDS

JUDGES = Path(__file__).parent.parent.parent / "build" / "judges"
JUDGE = Path(__file__).parent.parent / "judges" / "age.mjs"
VOICE = synthetic.voice(4)

needs_npm = pytest.mark.skipif(
    shutil.which("node") is None or not (JUDGES / "node_modules" / "age-encryption").is_dir(),
    reason="npm's age-encryption is not in build/judges (`make setup` puts it there, where there is npm)",
)


@pytest.fixture
def cut(box, folder, microphone):
    """Return a testimony whose program ends while somebody speaks: four seconds said, nothing finished."""
    testimony = box.start(languages=("fa",))
    box.give_consent(testimony.id, consent())
    box.save_statement(testimony.id, "a line before", "fa")
    records = box.records(microphone)
    records.begin(testimony.id)
    records.start()
    microphone.stream.say(VOICE)
    deadline = time.monotonic() + 10
    while (records.progress is None or records.progress.seconds_safe < 3.0) and time.monotonic() < deadline:
        time.sleep(0.01)
    copy = folder.with_name("as the crash left it")
    shutil.copytree(folder, copy, ignore=shutil.ignore_patterns("LOCK"))
    records.stop()
    records.finish()
    box.erase(testimony.id)
    return testimony, copy


def recording_in(folder):
    """Return the one sealed recording that was left."""
    return next((folder / "out").glob("*.REC"))


def identity(archive):
    """Return the archive's key as a file that public tools read."""
    path = archive.vault.folder.with_name("archive.identity")
    with archive.vault.identity.text() as text:
        path.write_bytes(bytes(text.view) + b"\n")
    return path


def test_what_was_cut_off_is_imported_and_heard(cut, archive, trusted):
    """Words and consent come from the bundle, sound from the sealed recording, flagged as what it is."""
    testimony, folder = cut

    imported = archive.import_bundles([folder])

    assert outcomes(imported) == ["imported", "imported"]
    assert [finding.warnings for finding in imported.findings] == [(), ("unterminated",)]
    assert imported.findings[1].seconds > 3.0
    there = archive.catalogue.record(testimony.id)
    assert (there.state, there.statement.text, len(there.consent)) == (State.TO_REVIEW, "a line before", 1)
    assert there.recordings[0].state is RecordingState.INTERRUPTED
    assert {segment.encoding for segment in there.recordings[0].segments} == {"flac"}
    samples = heard(open_recording(archive.vault, there.recordings[0]))
    assert np.array_equal(samples, VOICE[: len(samples)])
    assert len(samples) == there.recordings[0].frames > 3.0 * 48_000


def test_receipts_can_be_written_for_all_of_it(cut, archive, trusted, tmp_path):
    """Whoever asks for receipts gets one for the bundle and one for the recordings; nothing stops at them."""
    _testimony, folder = cut
    (tmp_path / "receipts").mkdir()

    imported = archive.import_bundles([folder], receipts_folder=tmp_path / "receipts")

    assert outcomes(imported) == ["imported", "imported"]
    assert len(imported.receipts) == 2


def test_verifying_says_the_same_and_writes_nothing(cut, archive, trusted):
    """`verify` tells that the end is missing, before anything is taken in."""
    testimony, folder = cut

    finding = archive.verify(recording_in(folder))

    assert (str(finding.outcome), finding.code, finding.warnings) == ("verified", testimony.code, ("unterminated",))
    assert not archive.vault.testimonies.exists(testimony.id)


def test_a_second_import_changes_nothing(cut, archive, trusted):
    """Both files are told to be here already."""
    testimony, folder = cut
    archive.import_bundles([folder])

    again = archive.import_bundles([folder])

    assert outcomes(again) == ["duplicate", "duplicate"]
    assert len(archive.catalogue.record(testimony.id).recordings) == 1


def test_sound_without_its_words_is_taken_too(cut, archive, trusted):
    """If nothing but the recording was saved, the archive has the recording, and no consent to do more."""
    testimony, folder = cut

    imported = archive.import_bundles([recording_in(folder)])

    there = archive.catalogue.record(testimony.id)
    assert outcomes(imported) == ["imported"]
    assert (there.code, there.consent, len(there.recordings)) == (testimony.code, (), 1)


def test_a_recording_left_beside_its_bundle_is_already_here(box, folder, archive, trusted, microphone):
    """A crash between sealing and clearing away leaves the same sound twice, and the archive takes it once."""
    testimony = box.start()
    speak(box, testimony, microphone, VOICE)
    left = recording_in(folder)
    shutil.copy(left, folder / "left.rec")
    box.seal(testimony.id)
    shutil.move(folder / "left.rec", left)

    assert outcomes(archive.import_bundles([folder])) == ["imported", "duplicate"]
    assert len(archive.catalogue.record(testimony.id).recordings) == 1


def test_the_box_goes_on_after_a_crash(cut, archive, trusted, clock, microphone):
    """It says what was left, takes the next testimony under the next number, and clears away what is worth nothing."""
    _testimony, folder = cut
    (folder / "making" / "K7QF2M9X.TMP").write_bytes(b"half")

    with DropBox.open(folder, clock=clock) as box:
        left = box.left_behind
        following = box.start()
        speak(box, following, microphone, VOICE)
        box.seal(following.id)

    assert left == 1
    assert list((folder / "making").iterdir()) == []
    assert carried(folder) == [".AGE", ".AGE", ".REC"]
    imported = archive.import_bundles([folder])
    assert outcomes(imported) == ["imported"] * 3
    assert [finding.warnings for finding in imported.findings] == [(), (), ("unterminated",)]


def test_a_cut_anywhere_gives_exactly_the_whole_chunks(cut, archive, trusted, tmp_path):
    """Cut at every 9,973rd byte, the recording is read up to its last whole chunk, never more and never less."""
    _testimony, folder = cut
    sealed = recording_in(folder).read_bytes()
    with recording_in(folder).open("rb") as file:
        start = age.inspect(file).size + NONCE
    desk = receive.desk_of(archive.vault)
    path = tmp_path / "cut.rec"
    for size in range(start + 2 * SEALED_CHUNK - 5, len(sealed), 9_973 * 4):
        path.write_bytes(sealed[:size])
        finding = receive.verify(path, desk)
        chunks = (size - start) // SEALED_CHUNK - 1
        if chunks:
            assert round(finding.seconds * 48_000) == chunks * CHUNK // 3
            assert finding.warnings == ("unterminated",)
        else:
            assert finding.reason == "exchange.bundle-cut-short"


@needs_npm
def test_a_public_tool_opens_what_the_crash_left(cut, archive, tmp_path):
    """What npm's age writes before it says that the end is missing is a WAV with every whole chunk of sound."""
    _testimony, folder = cut
    wav = tmp_path / "left.wav"

    with recording_in(folder).open("rb") as sealed, wav.open("wb") as out:
        command = ["node", str(JUDGE), str(JUDGES), "rescue", str(identity(archive))]
        done = subprocess.run(command, stdin=sealed, stdout=out, timeout=60)

    assert done.returncode == 1
    content = wav.read_bytes()
    assert len(content) >= CHUNK + 3 * 144_000
    samples = np.zeros((len(content[CHUNK:]) // 3, 4), np.uint8)
    samples[:, 1:] = np.frombuffer(content[CHUNK:][: len(samples) * 3], np.uint8).reshape(-1, 3)
    assert np.array_equal(samples.view("<i4"), VOICE[: len(samples)])


@pytest.mark.skipif(shutil.which("age") is None, reason="the age tool is not installed")
def test_the_age_tool_writes_every_authentic_byte(cut, archive, tmp_path):
    """The same payload behind an older header, which Debian's age knows: all whole chunks come out, then exit 1."""
    _testimony, folder = cut
    mine = age.X25519Identity.generate()
    again = tmp_path / "again.age"
    with recording_in(folder).open("rb") as file:
        parsed = age.inspect(file)
        with age._file_key(parsed, [archive.vault.identity]) as key, again.open("wb") as out:
            age.write_header(out, key, [mine.recipient()])
            file.seek(parsed.size)
            out.write(file.read())
    with mine.text() as text:
        (tmp_path / "key").write_bytes(bytes(text.view) + b"\n")

    done = subprocess.run(["age", "-d", "-i", str(tmp_path / "key"), str(again)], capture_output=True, timeout=60)

    chunks = (again.stat().st_size - age_header.parse(again.read_bytes()).size - NONCE) // SEALED_CHUNK
    assert (done.returncode, len(done.stdout)) == (1, chunks * CHUNK)


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")
def test_any_player_knows_the_open_ended_wav(cut, archive, tmp_path):
    """Ffprobe reads rate, width and length from what comes out."""
    _testimony, folder = cut
    wav = tmp_path / "left.wav"
    with (
        recording_in(folder).open("rb") as file,
        age.decrypt(file, [archive.vault.identity], allow_unterminated=True) as plain,
    ):
        wav.write_bytes(plain.readall())

    command = ["ffprobe", "-v", "error", "-show_entries", "stream=codec_name,sample_rate,channels:format=duration"]
    done = subprocess.run([*command, "-of", "csv", str(wav)], capture_output=True, text=True, timeout=60)

    assert done.returncode == 0, done.stderr
    assert "pcm_s24le,48000,1" in done.stdout
    assert float(done.stdout.rpartition("format,")[2]) > 3.0


@pytest.mark.skipif(os.name == "nt", reason="SIGKILL is a POSIX matter")
def test_killed_at_random_moments(founded, folder, archive, trusted, tmp_path):
    """Five kills: at most a second of what was said is missing each time, and the last text that was saved is there."""
    chance = random.Random(7)
    voice = synthetic.voice(SECONDS)
    for number in range(5):
        said = killed(folder, chance.uniform(0.2, 1.5))
        testimony = next(words[1] for words in said if words[0] == "id")
        spoken = max((int(words[1]) for words in said if words[0] == "said"), default=0)
        text = max((int(words[1]) for words in said if words[0] == "text"), default=None)
        copy = tmp_path / f"copy {number}"
        shutil.copytree(folder / "out", copy)

        archive.import_bundles([copy])

        there = archive.catalogue.record(testimony)
        frames = there.recordings[0].frames if there.recordings else 0
        assert frames >= spoken - 48_000
        if frames:
            assert np.array_equal(heard(open_recording(archive.vault, there.recordings[0])), voice[:frames])
        if text is not None:
            assert int(there.statement.text.removeprefix("line ")) >= text


def killed(folder, seconds):
    """Start a witness, let them speak so long, kill the program, and return what it had said."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(path for path in sys.path if path)}
    command = [sys.executable, "-m", "tests.dropbox.depositing_child", str(folder), "3"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)
    first = process.stdout.readline()
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    rest, _ = process.communicate()
    return [line.split() for line in (first + rest).splitlines(keepends=True) if line.endswith("\n")]
