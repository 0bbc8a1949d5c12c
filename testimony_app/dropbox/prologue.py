# SPDX-License-Identifier: Apache-2.0
"""What stands before the sound of a sealed recording: a header for the archive, and a page signed for this header."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass

from testimony_app.audio.format import SoundFormat
from testimony_app.clock import Clock
from testimony_app.crypto import age, canonical, signing
from testimony_app.crypto.certificate import OneTimeKey
from testimony_app.crypto.secret import Secret
from testimony_app.exchange import live
from testimony_app.exchange.live import LivePage
from testimony_app.model.ids import new_id
from testimony_app.model.partner import Partner
from testimony_app.model.recording import Recording
from testimony_app.model.testimony import Testimony
from testimony_app.vault.blobs import Prologue
from testimony_app.vault.disk import Disk


@dataclass(frozen=True)
class Sender:
    """Who writes, and to whom: the same for everything of one testimony."""

    fingerprint: str
    archive: Partner
    key: OneTimeKey
    clock: Clock
    disk: Disk

    def today(self) -> str:
        """Return the day as the clock has it."""
        return self.clock.now().date().isoformat()


def prologue(sender: Sender, testimony: Testimony, recording: Recording, index: int, file_key: Secret) -> Prologue:
    """Return the header to the archive, and the signed first chunk that speaks of it, for one segment of sound."""
    header = io.BytesIO()
    recipients = [age.HybridRecipient.from_text(sender.archive.card.recipient)]
    age.write_header(header, file_key, recipients, decoys=age.decoys_for(1))
    page = _page(sender, testimony, recording, index, hashlib.sha512(header.getvalue()).hexdigest())
    page_bytes = canonical.dumps(page)
    signatures = sender.key.sign(page_bytes, signing.LIVE)
    return Prologue(header.getvalue(), live.opening(page, page_bytes, signatures))


def _page(sender: Sender, testimony: Testimony, recording: Recording, index: int, header_sha512: str) -> LivePage:
    sound = sound_of(recording)
    return LivePage(
        format="govah-live",
        major=1,
        minor=0,
        critical=(),
        part=new_id(),
        recipients=(sender.archive.fingerprint,),
        sender=sender.fingerprint,
        seq=sender.key.serial,
        header_sha512=header_sha512,
        testimony=testimony.id,
        code=testimony.code,
        day=sender.today(),
        recording=recording.id,
        take=recording.take,
        segment=index,
        kind=recording.kind,
        started_at=recording.started_at,
        sample_rate=sound.rate,
        bits=16 if sound.bits == 16 else 24,
        channels=sound.channels,
        sample_bytes=sound.stored_width,  # type: ignore[arg-type]  # wide.py sees to it
        device=recording.device[:200],
        ext={},
    )


def sound_of(recording: Recording) -> SoundFormat:
    """Return how a recording is sampled."""
    return SoundFormat(recording.sample_rate, recording.channels, recording.bits)
