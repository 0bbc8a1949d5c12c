# SPDX-License-Identifier: Apache-2.0
"""A confined process talks to us in bounded messages, and is gone when we are done with it."""

from __future__ import annotations

import io
import os

import pytest

from testimony_app.audio.decoding import FIRST_ARGUMENT, Task
from testimony_app.confined import pipes
from testimony_app.confined.child import Child, GivenUp

MODULE = "testimony_app.devices.decoding_child"


def test_messages_come_through_whole():
    """What one side sends is what the other receives, one message at a time."""
    pipe = io.BytesIO()
    pipes.send(pipe, Task("one"))
    pipes.send(pipe, Task("two"))
    pipe.seek(0)

    assert b"one" in pipes.receive(pipe, 1000)
    assert b"two" in pipes.receive(pipe, 1000)
    with pytest.raises(pipes.Silence):
        pipes.receive(pipe, 1000)


def test_a_message_beyond_reason_is_not_read():
    """A length that nobody would honestly send ends the talk before anything is kept."""
    with pytest.raises(pipes.Silence):
        pipes.receive(io.BytesIO(b"\xff\xff\xff\xff" + b"x" * 100), 1000)


def test_the_child_is_gone_afterwards():
    """Leaving the block ends the process, even one that still waits for its task."""
    with Child(MODULE, FIRST_ARGUMENT, silence_seconds=5) as child:
        number = child.process_id

    with pytest.raises(ProcessLookupError):
        os.kill(number, 0)


def test_somebody_can_call_it_off():
    """Waiting for the child ends when we are asked to stop."""
    with (
        Child(MODULE, FIRST_ARGUMENT, silence_seconds=5, is_cancelled=lambda: True) as child,
        pytest.raises(GivenUp),
    ):
        child.read(1)
