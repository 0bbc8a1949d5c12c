# SPDX-License-Identifier: Apache-2.0
"""Sound leaves the archive's vault only as far as the consent allows, and each time is written down."""

from __future__ import annotations

import json

import numpy as np
import pytest
import soundfile

RATE = 48_000


@pytest.fixture
def spoken():
    """Return a second of a tone."""
    return (np.sin(np.arange(RATE) / 20) * 0.3).astype(np.float32)


@pytest.fixture
def arrived(govah, pair, tmp_path, spoken):
    """Return the code of a recording at the archive, with a yes to being kept and to research."""
    soundfile.write(tmp_path / "said.flac", spoken, RATE, subtype="PCM_24")
    details = tmp_path / "details.json"
    answers = {"P1": "yes", "P4": "yes", "P7": "no"}
    details.write_text(json.dumps({"consent": {"answers": answers}}), encoding="utf-8")
    added = govah("add", pair.collector, "--audio", tmp_path / "said.flac", "--details", details)
    assert added.status == 0, added.err
    govah("seal", pair.collector, "--all")
    govah("export", pair.collector, "--to", pair.stick)
    assert govah("import", pair.archive, pair.stick).status == 0
    return added.json["code"]


def test_what_is_played_is_what_was_said(govah, pair, arrived, tmp_path, spoken):
    """A warning says that it leaves the vault; the log says what for; no file is ever written over."""
    out = tmp_path / "heard.flac"

    played = govah("play", pair.archive, arrived, "--out", out, "--for", "research")

    assert played.status == 0, played.err
    assert "not encrypted" in played.err
    heard, rate = soundfile.read(out, dtype="float32")
    assert (rate, len(heard)) == (RATE, RATE)
    assert np.corrcoef(heard, spoken)[0, 1] > 0.999
    assert oct(out.stat().st_mode & 0o777) == "0o600"
    logged = [
        one["facts"]["use"]
        for one in govah("show", pair.archive, arrived).json["custody"]
        if one["event"] == "disclosed"
    ]
    assert logged == ["research"]
    assert govah("play", pair.archive, arrived, "--out", out).status == 1


def test_a_use_without_a_yes_leaves_no_file(govah, pair, arrived, tmp_path):
    """A no, and a question that was never asked, are refused alike."""
    for use in ("sound", "court"):
        out = tmp_path / f"{use}.flac"

        refused = govah("play", pair.archive, arrived, "--out", out, "--for", use)

        assert (refused.status, refused.json["error"]["code"]) == (1, "archive.consent-forbids")
        assert not out.exists()


def test_after_a_withdrawal_nothing_plays(govah, pair, arrived, tmp_path):
    """Not even for the archive's own work."""
    govah("amend", pair.archive, arrived, "--withdraw", "close")

    refused = govah("play", pair.archive, arrived, "--out", tmp_path / "x.flac")

    assert refused.json["error"]["code"] == "archive.consent-withdrawn"
    assert not (tmp_path / "x.flac").exists()


def test_a_collector_plays_nothing_out(govah, pair, arrived, tmp_path):
    """Only an archive writes sound out of its vault."""
    refused = govah("play", pair.collector, arrived, "--out", tmp_path / "x.flac")

    assert refused.json["error"]["code"] == "archive.not-an-archive"
