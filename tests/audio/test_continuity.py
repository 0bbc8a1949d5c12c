# SPDX-License-Identifier: Apache-2.0
import pytest

from testimony_app.audio.continuity import Continuity

RATE = 48_000


def run(*, seconds, lose_at=None, lose=0.0, stall_at=None, stall=0.0, drift=0.0, jitter=0.02):
    """Return what is found missing in a stream of blocks of 0.1 s; after a stall blocks come all at once."""
    watch, found = Continuity(RATE), 0.0
    frames, last = 0, 0.0
    for number in range(int(seconds * 10)):
        spoken = (number + 1) / 10
        if lose_at is not None and lose_at <= spoken < lose_at + lose:
            continue
        frames += int(RATE / 10 * (1 + drift))
        arrival = spoken + jitter * (number % 3)
        if stall_at is not None and stall_at <= spoken < stall_at + stall:
            arrival = stall_at + stall
        last = max(last, arrival)
        found += watch.note(last, frames)
    return found


def test_a_steady_stream_misses_nothing():
    """Blocks that come a little early or late are no loss."""
    assert run(seconds=60) == 0.0


@pytest.mark.parametrize("drift", [-0.0003, 0.0003])
def test_a_slow_or_fast_sound_card_misses_nothing(drift):
    """Three hours on a sound card that is 300 millionths off are no loss."""
    assert run(seconds=3 * 3600, drift=drift) == 0.0


@pytest.mark.parametrize("stall", [0.8, 3.0, 9.0])
def test_a_stall_that_catches_up_misses_nothing(stall):
    """Blocks that come late and all at once are no loss."""
    assert run(seconds=60, stall_at=20, stall=stall) == 0.0


@pytest.mark.parametrize("lose", [0.3, 1.0, 4.0])
def test_lost_sound_is_found_once_and_measured(lose):
    """Sound that never comes is found, once, with its length."""
    assert run(seconds=60, lose_at=20, lose=lose) == pytest.approx(lose, abs=0.05)


def test_a_restart_forgets():
    """After a pause the count starts anew."""
    watch = Continuity(RATE)
    for number in range(50):
        watch.note(number / 10, number * 4800)
    watch.restart()

    found = sum(watch.note(100 + number / 10, (60 + number) * 4800) for number in range(50))

    assert found == 0.0
