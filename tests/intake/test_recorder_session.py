# SPDX-License-Identifier: Apache-2.0
"""One recording from begin to finish, with everything that a microphone can do."""

from __future__ import annotations

import numpy as np
import pytest

from testimony_app.audio import synthetic
from testimony_app.audio.errors import FormatRefused, MicrophoneBusy, MicrophoneLost, NoMicrophone
from testimony_app.audio.format import SoundFormat
from testimony_app.audio.ports import Device
from testimony_app.audio.waveform import from_bytes
from testimony_app.intake.recorder import RecorderState
from testimony_app.intake.taking import RecordingSession
from testimony_app.model.recording import RecordingState
from tests.fakes.microphone import TABLE, FakeMicrophone
from tests.intake.listening import heard, until

LAPEL = Device("lapel", "Lapel microphone")


@pytest.fixture
def session(vault, microphone, clock):
    """Return a session that is ready to begin."""
    return RecordingSession(vault, microphone, clock, segment_seconds=2.0)


def started(session, draft, **facts):
    session.begin(draft.id, **facts)
    session.start()


def finished(session):
    session.stop()
    return session.finish()


def gaps(recording):
    return [(gap.reason, round(gap.at_seconds, 1), round(gap.seconds, 1)) for gap in recording.gaps]


def events(vault, draft):
    return [entry.event for entry in vault.custody.entries(draft.id)]


def test_a_voice_is_recorded_and_heard_back(vault, draft, session, microphone):
    """What was said into the microphone is what the vault plays, with its length, peaks and name of the device."""
    voice = synthetic.voice(5)
    started(session, draft)
    microphone.stream.say(voice)

    recording = finished(session)

    assert np.array_equal(heard(vault, recording), voice)
    assert (recording.seconds, recording.device, recording.state) == (5.0, "Table microphone", RecordingState.COMPLETE)
    assert recording.gaps == ()
    assert len(recording.segments) == 3
    assert all(segment.encoding == "flac" and len(segment.sha256) == 64 for segment in recording.segments)
    assert max(from_bytes(vault.recordings.peaks(recording.id)).shown(100)) > 0.3
    assert vault.testimonies.get(draft.id).recordings == (recording,)


def test_only_the_flac_is_left(vault, draft, session, microphone):
    """After finishing, the sealed chunks that the FLAC replaced are gone, and so are unused promises."""
    started(session, draft)
    microphone.stream.say(synthetic.voice(3))

    recording = finished(session)

    files = {path.name for path in (vault.folder / "blobs").rglob("*") if path.is_file()}
    assert files == {segment.blob for segment in recording.segments}


def test_a_pause_is_no_gap(vault, draft, session, microphone, clock):
    """What is said in a pause is not recorded, and the pause is in the log, not among the gaps."""
    voice = synthetic.voice(6)
    started(session, draft)
    microphone.stream.say(voice[:96_000])
    session.pause()
    until(lambda: session.progress is not None and session.progress.state is RecorderState.PAUSED)
    clock.forward(600)
    microphone.stream.say(voice[96_000:192_000])
    session.resume()
    microphone.stream.say(voice[192_000:])

    recording = finished(session)

    assert np.array_equal(heard(vault, recording), np.concatenate([voice[:96_000], voice[192_000:]]))
    assert recording.gaps == ()
    assert [event for event in events(vault, draft) if event in {"paused", "resumed"}] == ["paused", "resumed"]


def test_several_takes(vault, draft, session, microphone):
    """A second take is counted as such."""
    for seed in (1, 2):
        started(session, draft)
        microphone.stream.say(synthetic.voice(1, seed=seed))
        finished(session)

    assert [recording.take for recording in vault.testimonies.get(draft.id).recordings] == [1, 2]


def test_a_lost_microphone_marks_the_gap_and_another_goes_on_by_choice(vault, draft, clock):
    """When the microphone is pulled out this is said at once; a chosen other one goes on; the break is marked."""
    microphone = FakeMicrophone(TABLE, LAPEL, clock=clock)
    session = RecordingSession(vault, microphone, clock)
    voice = synthetic.voice(4)
    started(session, draft)
    microphone.stream.say(voice[:96_000])
    microphone.stream.break_off()
    until(lambda: session.progress is not None and session.progress.state is RecorderState.DEVICE_LOST)
    clock.forward(7.0)
    session.change_device("lapel")
    microphone.stream.say(voice[96_000:])

    recording = finished(session)

    assert np.array_equal(heard(vault, recording), voice)
    assert gaps(recording) == [("device-lost", 2.0, 7.0)]
    assert microphone.streams[0].is_stopped
    assert [event for event in events(vault, draft) if event.startswith("device")] == ["device_lost", "device_changed"]


def test_another_microphone_by_choice_is_marked_too(vault, draft, clock):
    """Changing a microphone that works marks the moment between the two."""
    microphone = FakeMicrophone(TABLE, LAPEL, clock=clock)
    session = RecordingSession(vault, microphone, clock)
    started(session, draft)
    microphone.stream.say(synthetic.voice(1))
    clock.forward(0.5)
    session.change_device("lapel")
    microphone.stream.say(synthetic.voice(1, seed=2))

    assert gaps(finished(session)) == [("device-changed", 1.0, 0.5)]


def test_a_microphone_of_another_format_is_refused_and_the_first_goes_on(vault, draft, clock):
    """A take has one format: a microphone that can't give it is refused, and nothing else happens."""
    microphone = FakeMicrophone(TABLE, LAPEL, clock=clock, gives={"lapel": SoundFormat(16_000, 1, 16)})
    session = RecordingSession(vault, microphone, clock)
    started(session, draft)
    microphone.stream.say(synthetic.voice(1))

    with pytest.raises(FormatRefused):
        session.change_device("lapel")
    microphone.stream.say(synthetic.voice(1, seed=2))

    recording = finished(session)
    assert (recording.seconds, recording.gaps) == (2.0, ())


def test_a_microphone_lost_at_the_end_leaves_a_gap_to_the_end(vault, draft, session, microphone, clock):
    """If nobody chooses another one, the time until the end is marked as missing."""
    started(session, draft)
    microphone.stream.say(synthetic.voice(3))
    microphone.stream.break_off("no-data")
    clock.forward(4.0)

    recording = finished(session)

    assert recording.seconds == 3.0
    assert gaps(recording) == [("device-lost", 3.0, 4.0)]


def test_frames_that_the_driver_lost_are_a_gap(vault, draft, session, microphone):
    """When a microphone admits that it lost frames, their place and number are written down."""
    started(session, draft)
    microphone.stream.say(synthetic.voice(1))
    microphone.stream.swallow(24_000)
    microphone.stream.say(synthetic.voice(1, seed=2))

    assert gaps(finished(session)) == [("overflow", 1.0, 0.5)]


def test_samples_that_never_came_are_counted_against_the_clock(vault, draft, session, microphone, clock):
    """Sound that a computer lost without a word is found by the clock."""
    started(session, draft)
    microphone.stream.say(synthetic.voice(6))
    clock.forward(1.5)
    microphone.stream.say(synthetic.voice(6, seed=2))

    found = gaps(finished(session))

    assert [reason for reason, _at, _seconds in found] == ["samples-missing"]
    assert found[0][2] == pytest.approx(1.5, abs=0.1)


def test_digital_silence_is_said_within_a_second_and_a_half(draft, session, microphone):
    """A microphone that delivers nothing raises the alarm, and the recording goes on."""
    said = []
    session.begin(draft.id, on_progress=lambda progress: said.append((progress.seconds, progress.advice)))
    session.start()
    microphone.stream.say(synthetic.voice(2))
    for _ in range(15):
        microphone.stream.say(np.zeros((4800, 1), np.int32))

    recording = finished(session)

    assert recording.seconds == 3.5
    assert said[-1][1] == "silent"


@pytest.mark.parametrize("wanted", ["lapel", "Lapel microphone"])
def test_a_microphone_is_chosen_by_name(vault, draft, clock, wanted):
    """A microphone is known by its name or identifier, and the name is kept with the recording."""
    session = RecordingSession(vault, FakeMicrophone(TABLE, LAPEL, clock=clock), clock)

    assert session.begin(draft.id, device=wanted).device == "Lapel microphone"
    session.discard()


def test_no_microphone_leaves_nothing_behind(vault, draft, session):
    """A microphone that isn't there is refused before anything is written."""
    with pytest.raises(NoMicrophone):
        session.begin(draft.id, device="studio")

    assert not session.is_active
    assert vault.testimonies.get(draft.id).recordings == ()


def test_a_busy_microphone_leaves_nothing_behind(vault, draft, session, microphone):
    """A microphone that doesn't start leaves no empty recording."""
    microphone.refusal = MicrophoneBusy()

    with pytest.raises(MicrophoneBusy):
        session.record_for(draft.id, 5)

    assert not session.is_active
    assert vault.testimonies.get(draft.id).recordings == ()


def test_nothing_said_leaves_nothing_behind(vault, draft, session):
    """A recording without a single sample is discarded."""
    started(session, draft)

    finished(session)

    assert vault.testimonies.get(draft.id).recordings == ()
    assert [path for path in (vault.folder / "blobs").rglob("*") if path.is_file()] == []


def test_a_take_that_is_taken_back_is_gone(vault, draft, session, microphone):
    """The witness may take a recording back while it runs: rows, keys and files go."""
    started(session, draft)
    microphone.stream.say(synthetic.voice(3))

    session.discard()

    assert vault.testimonies.get(draft.id).recordings == ()
    assert [path for path in (vault.folder / "blobs").rglob("*") if path.is_file()] == []


def test_recording_for_a_time_ends_by_itself(vault, draft, session, microphone):
    """`record_for` keeps at least what was asked for, and tells how far it is."""
    told = []

    def speak(seconds):
        told.append(seconds)
        microphone.stream.say(synthetic.voice(0.5, seed=len(told)))

    recording = session.record_for(draft.id, 2.0, progress=speak)

    assert recording.seconds >= 2.0
    assert told == sorted(told)
    assert told[-1] == 2.0


def test_recording_for_a_time_ends_when_the_microphone_goes(vault, draft, session, microphone):
    """A microphone pulled out in an unattended recording is a refusal, after all of it has been kept."""
    spoken = []

    def speak(_seconds):
        if not spoken:
            spoken.append(synthetic.voice(1.5))
            microphone.stream.say(spoken[0])
            microphone.stream.break_off()

    with pytest.raises(MicrophoneLost) as lost:
        session.record_for(draft.id, 60.0, progress=speak)

    (recording,) = vault.testimonies.get(draft.id).recordings
    assert lost.value.facts == {"seconds": 1.5}
    assert np.array_equal(heard(vault, recording), spoken[0])


def test_more_than_two_hours_are_promised_in_time(vault, draft, session, microphone):
    """When few promised segments are left, more are handed in, without end."""
    started(session, draft)
    for _ in range(3):
        while not session.wants_slots:
            microphone.stream.say(synthetic.voice(2))
            until(lambda: session.progress is not None and session._take.recorder._queue.empty())
        session.top_up()
        until(lambda: not session.wants_slots)

    recording = finished(session)

    assert len(recording.segments) > 12
    assert all(segment.frames == 96_000 for segment in recording.segments[:-1])
