# SPDX-License-Identifier: Apache-2.0
"""A drop box from the command line: made from a card, recorded into without a passphrase, imported at the archive."""

from __future__ import annotations

from threading import Thread

import pytest

from testimony_app.audio import synthetic
from tests.fakes.microphone import FakeMicrophone


class Speaking(FakeMicrophone):
    """A microphone into which somebody speaks as soon as it is open."""

    def open(self, *words):
        """Open, and say three seconds of something."""
        stream = super().open(*words)
        Thread(target=stream.say, args=(synthetic.voice(3),), daemon=True).start()
        return stream


@pytest.fixture
def box(govah, pair, tmp_path):
    """Return a drop box for the archive, as the command made it."""
    made = govah("dropbox", tmp_path / "box", "--card", tmp_path / "archive.card", "--keys", "3", passphrase=False)
    assert made.status == 0, made.err
    return made.json


def test_a_voice_goes_through_a_drop_box(govah, pair, box):
    """Recorded and sealed in one command, held apart before the digits were compared, imported after."""
    govah.microphone = Speaking()
    recorded = govah("record", box["dropbox"], "--seconds", "1", passphrase=False)
    assert recorded.status == 0, recorded.err

    before = govah("import", pair.archive, box["dropbox"])
    govah("trust", pair.archive, box["card"], "--safety-number", box["safety_number"])
    after = govah("import", pair.archive, box["dropbox"])

    assert (recorded.json["sealed"], recorded.json["keys_left"]) == (True, 2)
    assert [one["outcome"] for one in before.json["results"]] == ["unknown-signer"]
    assert [(one["outcome"], one["code"]) for one in after.json["results"]] == [("imported", recorded.json["code"])]
    shown = govah("list", pair.archive).json["testimonies"]
    assert [one["seconds"] >= 1 for one in shown] == [True]


def test_the_archive_s_digits_can_be_compared_on_the_spot(govah, pair, box, tmp_path):
    """With the right number it says so; with a wrong one no folder is made; without, it names the one to compare."""
    right = ("--safety-number", box["archive_safety_number"])
    wrong = ("--safety-number", box["safety_number"])
    card = ("--card", tmp_path / "archive.card")

    made = govah("dropbox", tmp_path / "other", *card, *right, passphrase=False)
    refused = govah("dropbox", tmp_path / "third", *card, *wrong, passphrase=False)

    assert (box["compared"], made.json["compared"]) == (False, True)
    assert (refused.status, refused.json["error"]["code"]) == (1, "exchange.safety-number-differs")
    assert not (tmp_path / "third").exists()


def test_what_is_refused(govah, pair, box, tmp_path):
    """A collector's card, a folder that holds something, and a number of keys that makes no sense."""
    collector = govah("dropbox", tmp_path / "x", "--card", tmp_path / "collector.card", passphrase=False)
    again = govah("dropbox", box["dropbox"], "--card", tmp_path / "archive.card", passphrase=False)
    none = govah("dropbox", tmp_path / "x", "--card", tmp_path / "archive.card", "--keys", "0", passphrase=False)

    assert collector.json["error"]["code"] == "dropbox.card-is-no-archive"
    assert again.json["error"]["code"] == "dropbox.folder-not-empty"
    assert none.status == 2


def test_words_for_people(govah, pair, tmp_path):
    """Without --json it says which numbers are to be compared, and where."""
    said = govah("dropbox", tmp_path / "x", "--card", tmp_path / "archive.card", passphrase=False, as_json=False)

    assert said.status == 0
    assert "200 testimonies" in said.out
    assert said.out.count("Compare") == 2
