# SPDX-License-Identifier: Apache-2.0
"""Somebody else's recording: kept untouched, with a listening copy."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys

import numpy as np
import pytest
import soundfile

from testimony_app.audio import synthetic
from testimony_app.audio.errors import NotReadableSound
from testimony_app.intake.importing import import_sound
from tests.intake.listening import heard
from tests.sound import correlation


def test_a_wav_comes_in_sample_for_sample_and_stays_untouched(vault, draft, clock, tmp_path):
    """The original is kept byte for byte, and the take made of it is equal and names it."""
    voice = synthetic.voice(3, 44_100) & np.int32(-65_536)
    file = tmp_path / "IMG_0042.wav"
    soundfile.write(file, np.repeat(voice, 2, axis=1), 44_100, subtype="PCM_16")

    recording = import_sound(vault, clock, draft.id, file)

    testimony = vault.testimonies.get(draft.id)
    (attachment,) = testimony.attachments
    with vault.blobs.open(attachment.blob) as original:
        kept = original.read(original.size())
    assert hashlib.sha256(kept).digest() == hashlib.sha256(file.read_bytes()).digest()
    assert (attachment.role, attachment.media_type) == ("original", "audio/wav")
    assert (recording.kind, recording.original, recording.channels, recording.bits) == (
        "imported",
        attachment.id,
        2,
        16,
    )
    assert np.array_equal(heard(vault, recording), np.repeat(voice, 2, axis=1))
    assert testimony.recordings == (recording,)


def test_an_mp3_from_a_telephone(vault, draft, clock, tmp_path):
    """Compressed sound gets a listening copy that sounds the same."""
    voice = synthetic.voice(5)
    soundfile.write(tmp_path / "note.mp3", voice / 2**31, 48_000)

    recording = import_sound(vault, clock, draft.id, tmp_path / "note.mp3")

    assert correlation(voice, heard(vault, recording))[0] > 0.95


def test_something_else_is_refused_and_changes_nothing(vault, draft, clock, tmp_path):
    """A file that is no sound is refused before anything is written."""
    (tmp_path / "song.mp3").write_bytes(b"\x00" * 5000)

    with pytest.raises(NotReadableSound):
        import_sound(vault, clock, draft.id, tmp_path / "song.mp3")

    testimony = vault.testimonies.get(draft.id)
    assert (testimony.attachments, testimony.recordings) == ((), ())


FORMATS = {
    "wav": (), "mp3": (), "m4a": (), "aac": (), "ogg": (), "opus": (), "flac": (), "aiff": (), "wma": (), "webm": (),
    "3gp": ("-c:a", "aac"),
    "rf64.wav": ("-rf64", "always"),
}  # fmt: skip
needs_ffmpeg = pytest.mark.skipif(shutil.which("ffmpeg") is None, reason="needs ffmpeg to make the files")


def made_with_ffmpeg(voice, path, *arguments):
    """Return a sound file that a public tool made of a voice."""
    command = ["ffmpeg", "-hide_banner", "-loglevel", "error", "-f", "s32le", "-ar", "48000", "-ac", "1", "-i", "-"]
    subprocess.run([*command, *arguments, str(path)], input=voice.astype("<i4").tobytes(), check=True, timeout=60)
    return path


@needs_ffmpeg
@pytest.mark.parametrize("ending", FORMATS)
def test_every_common_format_comes_in(vault, draft, clock, tmp_path, ending):
    """The original is kept byte for byte, and the listening copy is the voice that was in it."""
    voice = synthetic.voice(6)
    file = made_with_ffmpeg(voice, tmp_path / f"voice.{ending}", *FORMATS[ending])

    recording = import_sound(vault, clock, draft.id, file)

    (attachment,) = vault.testimonies.get(draft.id).attachments
    assert attachment.sha256 == hashlib.sha256(file.read_bytes()).hexdigest()
    assert attachment.media_type.split("/")[0] in {"audio", "video"}
    assert recording.seconds == pytest.approx(6, abs=0.1)
    assert correlation(voice, heard(vault, recording))[0] > 0.95
    assert all(segment.encoding == "flac" for segment in recording.segments)


@needs_ffmpeg
def test_the_sound_of_a_film_comes_in(vault, draft, clock, tmp_path):
    """Of a film the sound is heard, and the whole film is kept."""
    voice = synthetic.voice(4)
    picture = ("-f", "lavfi", "-i", "testsrc=d=4:s=160x120", "-c:v", "mpeg4", "-c:a", "aac", "-shortest")

    recording = import_sound(vault, clock, draft.id, made_with_ffmpeg(voice, tmp_path / "film.mp4", *picture))

    assert correlation(voice, heard(vault, recording))[0] > 0.95


@needs_ffmpeg
def test_a_film_without_sound_is_refused(vault, draft, clock, tmp_path):
    """Pictures alone are no recording: nothing is changed, and it can be attached."""
    file = tmp_path / "silent.mp4"
    make = ["ffmpeg", "-loglevel", "error", "-f", "lavfi", "-i", "testsrc=d=1:s=64x64", "-c:v", "mpeg4", str(file)]
    subprocess.run(make, check=True, timeout=60)

    with pytest.raises(NotReadableSound):
        import_sound(vault, clock, draft.id, file)

    assert vault.testimonies.get(draft.id).attachments == ()


@pytest.mark.parametrize("ending", ["amr", "3gp"])
def test_a_telephone_s_own_format(vault, draft, clock, tmp_path, ending):
    """AMR, bare and in a 3gp: there is no free encoder at hand, but any bits after a frame's head are sound."""
    noise = np.random.default_rng(4)
    frames = b"".join(b"\x3c" + noise.bytes(31) for _ in range(150))
    file = tmp_path / "call.amr"
    file.write_bytes(b"#!AMR\n" + frames)
    if ending == "3gp":
        if shutil.which("ffmpeg") is None:
            pytest.skip("needs ffmpeg to wrap it")
        call = ["ffmpeg", "-loglevel", "error", "-i", str(file), "-c", "copy", str(tmp_path / "call.3gp")]
        subprocess.run(call, check=True, timeout=60)
        file = tmp_path / "call.3gp"

    recording = import_sound(vault, clock, draft.id, file)

    assert (recording.sample_rate, recording.channels) == (8_000, 1)
    assert recording.seconds == pytest.approx(3.0, abs=0.05)
    assert np.abs(heard(vault, recording)).max() > 0


@needs_ffmpeg
@pytest.mark.parametrize("ending", ["mp3", "flac", "m4a", "wma"])
def test_a_file_that_breaks_off_is_kept_as_far_as_it_goes(vault, draft, clock, tmp_path, ending):
    """Half a file gives half the sound, and the log says that it breaks off, or the file is kept and refused."""
    file = made_with_ffmpeg(synthetic.voice(8), tmp_path / f"voice.{ending}")
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) // 2])

    try:
        recording = import_sound(vault, clock, draft.id, file)
    except NotReadableSound:
        # An m4a keeps its table at the end: without it nobody can say where a sample begins.
        assert ending == "m4a"
        return

    assert 1.0 < recording.seconds < 6.0


def test_nothing_readable_is_written_anywhere(tmp_path):
    """Watched by the kernel, an import writes only below the vault, and nothing it writes holds the sound."""
    if shutil.which("strace") is None or shutil.which("ffmpeg") is None:
        pytest.skip("needs strace and ffmpeg")
    voice = synthetic.voice(6)
    file = made_with_ffmpeg(voice, tmp_path / "voice.m4a")
    home = tmp_path / "home"
    home.mkdir()
    (tmp_path / "words").write_text("seven quiet words nobody would guess")
    environment = {"PATH": os.environ["PATH"], "HOME": str(home), "TMPDIR": str(home), "PYTHONDONTWRITEBYTECODE": "1"}
    vault, trace = tmp_path / "vault", tmp_path / "trace"

    def govah(command, *words):
        """Return a command line that opens the vault with its passphrase."""
        program = [sys.executable, "-m", "testimony_app", command, str(vault)]
        return [*program, "--passphrase-file", str(tmp_path / "words"), *words]

    made = govah("create", "--role", "collector", "--name", "L3")
    subprocess.run(made, env=environment, check=True, timeout=120)
    watched = ["strace", "-f", "-qq", "-o", str(trace), "-e", "trace=openat,open,creat,memfd_create,mknod,mknodat"]

    subprocess.run([*watched, *govah("add", "--audio", str(file))], env=environment, check=True, timeout=240)

    written = {
        line.split('"')[1]
        for line in trace.read_text(encoding="utf-8", errors="replace").splitlines()
        if any(flag in line for flag in ("O_WRONLY", "O_RDWR", "creat(")) and " = -1 " not in line
    }
    assert not [line for line in trace.read_text().splitlines() if "memfd_create" in line]
    assert any(path.startswith(str(vault)) for path in written)
    assert {path for path in written if not path.startswith(str(vault))} <= {"/dev/null"}
    assert list(home.iterdir()) == []
