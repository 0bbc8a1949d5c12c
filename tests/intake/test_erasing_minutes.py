# SPDX-License-Identifier: Apache-2.0
"""A witness takes the last minutes back: they are gone from the disk, the rest is whole, and recording goes on."""

from __future__ import annotations

import numpy as np
import pytest

from testimony_app.audio import synthetic
from testimony_app.audio.waveform import from_bytes
from testimony_app.intake.taking import RecordingSession
from tests.intake.listening import heard, until

VOICE = synthetic.voice(9)


@pytest.fixture
def session(vault, microphone, clock):
    """Return a session with segments of two seconds."""
    return RecordingSession(vault, microphone, clock, segment_seconds=2.0)


def frames(seconds):
    return round(seconds * 48_000)


def spoken(session, microphone, draft, seconds):
    session.begin(draft.id)
    session.start()
    microphone.stream.say(VOICE[: frames(seconds)])
    until(lambda: session.progress is not None and session.progress.seconds >= seconds - 0.05)


def files(vault):
    return {path.name for path in (vault.folder / "blobs").rglob("*") if path.is_file()}


@pytest.mark.parametrize("back", [0.3, 1.0, 2.5, 5.0, 6.9])
def test_the_last_seconds_are_gone_and_the_rest_is_whole(vault, draft, session, microphone, back):
    """Within a segment or across several, all before the cut is kept to the sample, and nothing after it."""
    spoken(session, microphone, draft, 7.0)

    erased = session.erase_last(back)
    session.stop()
    recording = session.finish()

    assert erased == pytest.approx(back)
    assert np.array_equal(heard(vault, recording), VOICE[: frames(7.0) - frames(back)])
    assert [(gap.reason, round(gap.seconds, 2)) for gap in recording.gaps] == [("erased", back)]
    assert files(vault) == {segment.blob for segment in recording.segments}
    assert all(segment.encoding == "flac" for segment in recording.segments)


def test_the_files_are_gone_at_once(vault, draft, session, microphone):
    """Nobody has to wait for the end of the recording until the erased sound has left the disk."""
    spoken(session, microphone, draft, 7.0)
    before = files(vault)

    session.erase_last(5.0)

    assert len(before - files(vault)) >= 3
    session.stop()
    session.finish()


def test_recording_goes_on_after_it(vault, draft, session, microphone):
    """What is said afterwards follows what was kept, with the place marked between them."""
    spoken(session, microphone, draft, 5.0)

    session.erase_last(1.5)
    microphone.stream.say(VOICE[frames(5) : frames(8)])
    session.stop()
    recording = session.finish()

    expected = np.concatenate([VOICE[: frames(3.5)], VOICE[frames(5) : frames(8)]])
    assert np.array_equal(heard(vault, recording), expected)
    assert [(gap.reason, gap.at_seconds) for gap in recording.gaps] == [("erased", 3.5)]
    assert from_bytes(vault.recordings.peaks(recording.id)).frames == len(expected)
    (entry,) = [entry for entry in vault.custody.entries(draft.id) if entry.event == "minutes_erased"]
    assert entry.facts["seconds"] == "1.5"


def test_more_than_there_is_takes_all_of_it(vault, draft, session, microphone):
    """Taking back more than was said leaves an empty take, which is then no take at all."""
    spoken(session, microphone, draft, 3.0)

    assert session.erase_last(600.0) == pytest.approx(3.0)
    session.stop()
    session.finish()

    assert vault.testimonies.get(draft.id).recordings == ()
    assert files(vault) == set()


def test_it_works_in_a_pause(vault, draft, session, microphone):
    """Paused, erased, resumed: only what was said before and after is there."""
    spoken(session, microphone, draft, 4.0)
    session.pause()
    session.erase_last(2.0)
    session.resume()
    microphone.stream.say(VOICE[frames(6) : frames(7)])
    session.stop()
    recording = session.finish()

    expected = np.concatenate([VOICE[: frames(2)], VOICE[frames(6) : frames(7)]])
    assert np.array_equal(heard(vault, recording), expected)


def test_the_shape_forgets_them_too(vault, draft, session, microphone):
    """The kept peaks end where the sound ends."""
    spoken(session, microphone, draft, 6.0)
    session.erase_last(4.0)
    session.stop()
    recording = session.finish()

    peaks = from_bytes(vault.recordings.peaks(recording.id))
    assert peaks.frames == recording.frames
    assert len(peaks.values) == -(-recording.frames // peaks.frames_per_peak)
