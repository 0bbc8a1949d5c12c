# SPDX-License-Identifier: Apache-2.0
"""Recorded questions from the archive's folder to a collector's vault, by the command line."""

from __future__ import annotations

import soundfile

from testimony_app.audio import synthetic
from tests.journeys import canary

RATE = 16_000


def test_recorded_questions_go_from_the_archive_to_its_interviewer(govah, pair, tmp_path):
    """One sealed file; taken in, its samples lie nowhere readable; an altered one and another's are refused."""
    voice = synthetic.voice(1.0, RATE, 31).ravel()
    folder = tmp_path / "questions"
    folder.mkdir()
    soundfile.write(folder / "place.wav", voice, RATE, subtype="PCM_16")

    pair.stick.mkdir(exist_ok=True)
    sent = govah("guide", pair.archive, "--voices", folder, "--language", "fa", "--out", pair.stick)
    file = tmp_path / sent.json["file"]
    taken = govah("guide", pair.collector, "--take", file)
    said = govah("guide", pair.collector, "--take", file, as_json=False)
    altered = bytearray(file.read_bytes())
    altered[-20] ^= 1
    file.write_bytes(altered)
    refused = govah("guide", pair.collector, "--take", file)
    checked = govah("check", pair.collector)

    assert (sent.status, taken.status, checked.status) == (0, 0, 0)
    assert file.suffix == ".GDV"
    assert taken.json == {"archive": taken.json["archive"], "language": "fa"}
    assert "reads the questions aloud" in said.out
    assert refused.json["error"]["code"] == "exchange.not-a-guide"
    pieces = canary.of_sound(voice).values()
    lying = [path for root in (pair.collector, pair.archive, pair.stick) for path in root.rglob("*") if path.is_file()]
    assert not [path for path in lying if any(piece in path.read_bytes() for piece in pieces)]


def test_a_folder_without_questions_is_refused_in_words(govah, pair, tmp_path):
    """Nothing is written, and the line says how the files are to be named."""
    folder = tmp_path / "questions"
    folder.mkdir()
    (folder / "holiday.wav").write_bytes(b"RIFF")

    said = govah("guide", pair.archive, "--voices", folder, "--language", "fa", "--out", tmp_path, as_json=False)

    assert said.status == 1
    assert "place.wav" in said.err
    assert not list(tmp_path.glob("*.GDV"))
