# SPDX-License-Identifier: Apache-2.0
"""What `record` and `add` share: the draft they add to, and what they say of it."""

from __future__ import annotations

from testimony_app.cli.terminal import Terminal
from testimony_app.i18n.catalogue import _
from testimony_app.i18n.measures import durations
from testimony_app.model.ids import parse_code
from testimony_app.model.recording import Recording
from testimony_app.model.testimony import Kind, Testimony
from testimony_app.workspace import Workspace


def draft_for(workspace: Workspace, code: str | None, kind: Kind = Kind.INTERVIEW) -> Testimony:
    """Return the named draft, or a new one."""
    if code:
        return workspace.interviews.by_code(parse_code(code))
    return workspace.interviews.start(kind)


def recording_document(recording: Recording) -> dict[str, object]:
    """Return a recording as the JSON shapes of the command line show it."""
    return {
        "seconds": round(recording.seconds, 3),
        "sample_rate": recording.sample_rate,
        "bits": recording.bits,
        "channels": recording.channels,
        "gaps": [
            {"at_seconds": gap.at_seconds, "seconds": gap.seconds, "reason": gap.reason} for gap in recording.gaps
        ],
        "state": recording.state.value,
    }


def added(testimony: Testimony, terminal: Terminal) -> None:
    """Say what a testimony now holds."""
    terminal.say(
        _("{code}: {length} of sound, {words} words, {files} attachments").format(
            code=testimony.code,
            length=durations(testimony.seconds),
            words=testimony.word_count,
            files=len(testimony.attachments),
        )
    )
    terminal.answer(
        {
            "code": testimony.code,
            "recordings": [recording_document(recording) for recording in testimony.recordings],
            "words": testimony.word_count,
            "attachments": len(testimony.attachments),
        }
    )
