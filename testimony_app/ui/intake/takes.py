# SPDX-License-Identifier: Apache-2.0
"""The recordings of a testimony as the list of takes shows them."""

from __future__ import annotations

from testimony_app.model.recording import RecordingState
from testimony_app.model.testimony import Testimony
from testimony_app.ui.intake.values import Take


def takes_of(testimony: Testimony) -> tuple[Take, ...]:
    """Return the finished takes in order, the interrupted ones among them."""
    return tuple(
        Take(
            id=recording.id,
            number=recording.take,
            seconds=recording.seconds,
            is_interrupted=recording.state is RecordingState.INTERRUPTED,
            gap_count=len(recording.gaps),
            kind=recording.kind,
        )
        for recording in testimony.recordings
        if recording.state is not RecordingState.RECORDING
    )
