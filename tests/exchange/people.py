# SPDX-License-Identifier: Apache-2.0
"""A collector, an archive and a testimony as plain values, so that bundles can be made and read without a vault."""

from __future__ import annotations

import hashlib
import io
from dataclasses import dataclass, field

import msgspec

from testimony_app.crypto import canonical
from testimony_app.crypto.age import HybridIdentity
from testimony_app.crypto.fingerprint import fingerprint
from testimony_app.crypto.signing import DeviceKey
from testimony_app.exchange.history import History
from testimony_app.exchange.pack import Writer, write_volumes
from testimony_app.exchange.payloads import Drafts
from testimony_app.exchange.receive import Desk
from testimony_app.model.consent import Answer, ConsentEvent, ConsentKind
from testimony_app.model.custody import LogHead
from testimony_app.model.ids import Fingerprint, new_code, new_id
from testimony_app.model.partner import Card, Partner, Role
from testimony_app.model.person import Identity, Witness
from testimony_app.model.recording import Recording, RecordingState, Segment
from testimony_app.model.testimony import Attachment, Kind, State, Statement, Testimony


@dataclass
class Party:
    """Somebody with keys: a collector or an archive."""

    name: str
    role: Role
    device: DeviceKey = field(default_factory=DeviceKey.generate)
    identity: HybridIdentity = field(default_factory=HybridIdentity.generate)
    keepers: str = ""
    valid_from: str = ""
    valid_until: str = ""

    @property
    def card(self) -> Card:
        ed25519, composite = self.device.public_keys().to_base64()
        return Card(
            name=self.name,
            role=self.role,
            recipient=self.identity.recipient().text(),
            ed25519=ed25519,
            composite=composite,
            keepers=self.keepers,
            valid_from=self.valid_from,
            valid_until=self.valid_until,
        )

    @property
    def card_bytes(self) -> bytes:
        return canonical.dumps(self.card)

    @property
    def fingerprint(self) -> Fingerprint:
        return fingerprint(self.card_bytes)

    def partner(self, *, revoked_at: str = "") -> Partner:
        return Partner(fingerprint=self.fingerprint, card=self.card, trusted_at="2026-05-01", revoked_at=revoked_at)


def a_collector(name: str = "Collector") -> Party:
    return Party(name, Role.COLLECTOR)


def an_archive(name: str = "Archive", **more: str) -> Party:
    return Party(name, Role.ARCHIVE, **more)


def a_writer(party: Party, *, seq: int = 1, prev: str | None = None, day: str = "2026-05-02") -> Writer:
    head = LogHead(seq=7, hash=hashlib.sha512(b"head").hexdigest())
    return Writer(device=party.device, fingerprint=party.fingerprint, seq=seq, prev=prev, log_head=head, day=day)


def a_desk(archive: Party, *partners: Partner, history: History | None = None, own: bool = True) -> Desk:
    return Desk(
        identity_text=archive.identity.text(),
        partners=partners,
        own_fingerprint=archive.fingerprint if own else "",
        history=history or History(),
    )


@dataclass
class Blobs:
    """Drafts in memory."""

    content: dict[str, bytes] = field(default_factory=dict)

    def add(self, data: bytes) -> str:
        blob = new_id()
        self.content[blob] = data
        return blob

    def drafts(self) -> Drafts:
        return Drafts(size=lambda blob: len(self.content[blob]), open=lambda blob: io.BytesIO(self.content[blob]))


def a_testimony(
    blobs: Blobs,
    *,
    segments: tuple[bytes, ...] = (b"fLaC" + bytes(3000),),
    text: str = "",
    attached: tuple[bytes, ...] = (),
) -> Testimony:
    recording = Recording(
        id=new_id(),
        take=1,
        kind="testimony",
        state=RecordingState.COMPLETE,
        started_at="2026-05-02T10:00:00+02:00",
        sample_rate=48000,
        bits=24,
        channels=1,
        frames=48000 * len(segments),
        segments=tuple(
            Segment(index=i, blob=blobs.add(data), frames=48000, encoding="flac") for i, data in enumerate(segments)
        ),
    )
    return Testimony(
        id=new_id(),
        code=new_code(),
        kind=Kind.INTERVIEW,
        state=State.DRAFT,
        created="2026-05-02T09:55:00+02:00",
        languages=("fa",),
        title="A title",
        witness=Witness(pseudonym="Laleh"),
        recordings=(recording,) if segments else (),
        statement=Statement(text=text, language="fa", version=1, saved_at="2026-05-02T11:00:00+02:00")
        if text
        else None,
        attachments=tuple(
            Attachment(
                id=new_id(),
                blob=blobs.add(data),
                media_type="image/jpeg",
                title="Photo",
                byte_count=len(data),
                sha256="",
            )
            for data in attached
        ),
        consent=(a_consent(),),
    )


def a_consent() -> ConsentEvent:
    return ConsentEvent(
        id=new_id(),
        kind=ConsentKind.BEFORE,
        at="2026-05-02T09:56:00+02:00",
        how="spoken",
        language="fa",
        text_id="general",
        text_version="1",
        text_sha256="0" * 64,
        answers={"P1": Answer.YES, "P2": Answer.NO},
        passages=((1.5, 2.25),),
    )


@dataclass
class Carried:
    """Everything about one written bundle."""

    sender: Party
    archive: Party
    blobs: Blobs
    testimony: Testimony
    files: list
    folder: object

    @property
    def path(self):
        return self.folder / self.files[0].name


def a_bundle(folder, *, sender=None, archive=None, writer=None, identity=None, recipients=(), **more) -> Carried:
    sender, archive = sender or a_collector(), archive or an_archive()
    blobs = Blobs()
    testimony = a_testimony(blobs, **more)
    files = write_volumes(
        writer or a_writer(sender),
        testimony,
        identity if identity is not None else Identity(names=("A Name",)),
        blobs.drafts(),
        [archive.partner(), *(other.partner() for other in recipients)],
        folder,
    )
    return Carried(sender, archive, blobs, testimony, files, folder)


def replaced(value, **changes):
    return msgspec.structs.replace(value, **changes)
