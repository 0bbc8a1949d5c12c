# SPDX-License-Identifier: Apache-2.0
"""Recording at the command line: kept awake, warned of a wrong clock, and with a second recorder beside it."""

from __future__ import annotations

import io
from datetime import timedelta
from threading import Thread

import numpy as np
import pytest
import soundfile

from testimony_app.audio import synthetic
from testimony_app.cli.main import main
from testimony_app.cli.terminal import Terminal
from testimony_app.clock import SystemClock
from tests.fakes.microphone import FakeMicrophone


class Speaking(FakeMicrophone):
    """A microphone into which somebody speaks as soon as it is open."""

    def open(self, *words):
        """Open, and say three seconds of something."""
        stream = super().open(*words)
        Thread(target=stream.say, args=(synthetic.voice(3),), daemon=True).start()
        return stream


class Watched:
    """A computer that remembers whether it was kept awake."""

    def __init__(self):
        self.told = []

    def hold(self):
        """Stay awake."""
        self.told.append("hold")
        return True

    def release(self):
        """Sleep again."""
        self.told.append("release")


class SetBack(SystemClock):
    """A clock that somebody set back by a day."""

    def now(self):
        """Return yesterday."""
        return super().now() - timedelta(days=1)


@pytest.fixture
def recorded(govah, pair):
    """Return the code of a recording with which a second recorder ran along."""
    govah.microphone = Speaking()
    said = govah("record", pair.collector, "--seconds", "2.5", "--second-recorder", "H1n 004711")
    assert said.status == 0, said.err
    assert "clap once" in said.err
    return said.json["code"]


def card(path, early_seconds):
    """Write what the other recorder kept, switched on so many seconds earlier."""
    early = np.zeros((int(early_seconds * 48_000), 1), np.int32)
    soundfile.write(path, np.concatenate([early, synthetic.voice(3)]), 48_000, subtype="PCM_24")
    return path


def test_the_computer_stays_awake_while_somebody_speaks(govah, pair):
    """From the first sample to the last; afterwards it may sleep."""
    awake, err = Watched(), io.StringIO()
    terminal = Terminal(out=io.StringIO(), err=err, microphone=Speaking, awake=lambda: awake)
    words = ["record", str(pair.collector), "--seconds", "1", "--passphrase-file", str(govah.passphrase_file)]

    assert main(words, terminal=terminal) == 0, err.getvalue()

    assert awake.told[0] == "hold"
    assert awake.told[-1] == "release"


def test_a_clock_that_was_set_back_is_said(govah, pair):
    """It is behind what the vault has written down: recording goes on, and whoever records knows."""
    govah.microphone, govah.clock = Speaking(), SetBack()

    said = govah("record", pair.collector, "--seconds", "1")

    assert said.status == 0
    assert "clock cannot be right" in said.err


def test_its_card_is_laid_beside_our_take(govah, pair, recorded, tmp_path):
    """The sound is taken in beside ours, and where ours begins in it is found."""
    words = ("--second-recorder", card(tmp_path / "Z.wav", 2.0), "--clap", "1")

    said = govah("add", pair.collector, recorded, *words, as_json=False)

    assert said.status == 0, said.err
    assert "Our recording begins 2.0" in said.out or "Our recording begins 1.99" in said.out
    shown = govah("show", pair.collector, recorded).json
    assert len(shown["recordings"]) == 2


def test_a_card_of_something_else_is_kept_without_a_claim(govah, pair, recorded, tmp_path):
    """Where ours is not heard in it, that is said, and both are kept."""
    soundfile.write(tmp_path / "other.wav", synthetic.voice(5, 48_000, 99), 48_000, subtype="PCM_24")

    said = govah("add", pair.collector, recorded, "--second-recorder", tmp_path / "other.wav")

    assert said.status == 0
    assert "not heard" in said.err


def test_there_must_be_a_take_to_lay_it_beside(govah, pair, recorded, tmp_path):
    """A take that isn't there is refused with nothing changed; without a code it is wrong usage."""
    file = card(tmp_path / "Z.wav", 1.0)

    refused = govah("add", pair.collector, recorded, "--second-recorder", file, "--beside", "7")
    wrong = govah("add", pair.collector, "--second-recorder", file)
    alone = govah("add", pair.collector, recorded, "--clap", "2")

    assert (refused.status, refused.json["error"]["code"]) == (1, "intake.no-take-beside")
    assert (wrong.status, alone.status) == (2, 2)
    assert len(govah("show", pair.collector, recorded).json["recordings"]) == 1
