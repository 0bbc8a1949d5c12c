# SPDX-License-Identifier: Apache-2.0
"""Records into a drop box and seals at once: no passphrase, and nobody here can listen afterwards."""

from __future__ import annotations

from pathlib import Path

from testimony_app.audio.ports import Microphone
from testimony_app.cli.adding import recording_document
from testimony_app.cli.terminal import Terminal
from testimony_app.dropbox.box import DropBox
from testimony_app.errors import GovahError
from testimony_app.i18n.catalogue import _
from testimony_app.model.testimony import Testimony


def deposit(folder: Path, seconds: float, device: str, microphone: Microphone, terminal: Terminal) -> None:
    """Record for so many seconds, seal, and say under which code.

    Raises MicrophoneLost or DiskFull after having sealed what there is.
    """
    with DropBox.open(folder, clock=terminal.clock) as box:
        testimony = box.start()
        trouble: GovahError | None = None
        try:
            box.records(microphone, terminal.awake()).record_for(
                testimony.id,
                seconds,
                device=device,
                progress=lambda done: terminal.progress(_("Recording"), int(done * 10), int(seconds * 10)),
            )
        except GovahError as error:
            trouble = error
        _finish(box, box.get(testimony.id), terminal)
    if trouble is not None:
        raise trouble


def _finish(box: DropBox, testimony: Testimony, terminal: Terminal) -> None:
    if not any(recording.frames for recording in testimony.recordings):
        box.erase(testimony.id)
        return
    sealed = box.seal(testimony.id)
    terminal.say(_("Sealed to {archive} as {code}.").format(archive=box.archive.name, code=sealed.code))
    terminal.answer(
        {
            "code": sealed.code,
            "recordings": [recording_document(recording) for recording in testimony.recordings],
            "sealed": True,
            "bundle_sha256": sealed.sha256,
            "bytes": sealed.byte_count,
            "keys_left": box.keys_left,
        }
    )
