# SPDX-License-Identifier: Apache-2.0
"""An archive, a drop box that seals to it, and somebody who speaks into a made-up microphone."""

from __future__ import annotations

import pytest

from testimony_app.crypto.fingerprint import safety_number
from testimony_app.crypto.secret import Secret
from testimony_app.dropbox.box import DropBox
from testimony_app.dropbox.founding import found
from testimony_app.exchange import trust
from testimony_app.model.consent import Answer, ConsentEvent, ConsentKind
from testimony_app.model.ids import new_id
from testimony_app.model.partner import Role
from testimony_app.workspace import create_workspace
from tests.fakes.microphone import FakeMicrophone

KEYS = 5
WORDS = b"seven quiet words nobody would ever guess"


@pytest.fixture
def archive(tmp_path, clock, cheap):
    """Return an archive's workspace."""
    workspace = create_workspace(
        tmp_path / "archive", Secret(bytearray(WORDS)), role=Role.ARCHIVE, name="The archive", clock=clock, cost=cheap
    )
    yield workspace
    workspace.close()


@pytest.fixture
def card(archive, tmp_path):
    """Return the archive's card file."""
    archive.write_card(tmp_path / "archive.card")
    return tmp_path / "archive.card"


@pytest.fixture
def folder(tmp_path):
    """Return where the drop box is, or will be."""
    return tmp_path / "box"


@pytest.fixture
def founded(folder, card, archive, clock):
    """Return a drop box as it was made, with few keys."""
    return found(folder, card, number=archive.safety_number(), name="Table by the window", clock=clock, keys=KEYS)


@pytest.fixture
def box(founded, folder, clock):
    """Return the drop box, open."""
    with DropBox.open(folder, clock=clock) as opened:
        yield opened


@pytest.fixture
def trusted(founded, folder, archive):
    """Let the archive pin the box's card, as two people who compared sixty digits would."""
    return archive.trust(folder / "BOX.CRD", founded.safety_number)


@pytest.fixture
def microphone(clock):
    """Return a microphone that says what a test gives it."""
    return FakeMicrophone(clock=clock)


def consent(answer=Answer.YES):
    """Return an act of consent."""
    return ConsentEvent(
        id=new_id(),
        kind=ConsentKind.BEFORE,
        at="2026-01-31T17:05:09+00:00",
        how="written",
        language="fa",
        text_id="general",
        text_version="1",
        text_sha256="0" * 64,
        answers={"P1": answer, "P2": Answer.NO},
    )


def speak(box, testimony, microphone, voice):
    """Record a voice and return the recording."""
    records = box.records(microphone)
    records.begin(testimony.id)
    records.start()
    microphone.stream.say(voice)
    records.stop()
    return records.finish()


def heard(reader):
    """Return every sample of an open recording."""
    try:
        return reader.read(reader.frames)
    finally:
        reader.close()


def carried(folder):
    """Return the names of what is carried to the archive, by their endings."""
    return sorted(path.suffix for path in (folder / "out").iterdir())


def introduce(workspace, card_bytes):
    """Pin a card whose digits were compared."""
    untrusted = trust.read_card(card_bytes)
    return trust.pin(workspace.vault, untrusted, safety_number(untrusted.card_bytes))


def outcomes(imported):
    """Return what became of each file."""
    return [str(finding.outcome) for finding in imported.findings]
