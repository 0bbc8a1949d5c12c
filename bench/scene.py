# SPDX-License-Identifier: Apache-2.0
"""A sender, an archive and a long draft to be sealed and taken in, with no vault around them."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

from testimony_app.crypto import age
from testimony_app.crypto.recipients import HybridIdentity, X25519Identity
from testimony_app.crypto.signing import DeviceKey
from testimony_app.exchange import pack
from testimony_app.exchange.pack import Writer, write_volumes
from testimony_app.exchange.payloads import Drafts
from testimony_app.exchange.receive import Desk, inspect
from testimony_app.model.custody import LogHead
from testimony_app.model.ids import Fingerprint, new_code, new_id
from testimony_app.model.partner import Card, Partner, Role
from testimony_app.model.recording import Recording, RecordingState, Segment
from testimony_app.model.testimony import Kind, State, Testimony

SEGMENTS = 4
MIB = 1 << 20


class Scene:
    """A sender, an archive, a long draft, and the same bytes as the public tools want them."""

    def __init__(self, folder: Path, size: int) -> None:
        self.folder, self.out, self.size = folder, folder / "out", size
        self.out.mkdir()
        self.device, self.older, self.identity = (
            DeviceKey.generate(),
            X25519Identity.generate(),
            HybridIdentity.generate(),
        )
        (folder / "key.txt").write_bytes(bytes(self.older.text().view))
        self.recipient = self.older.recipient().text()
        self._write_draft()
        self.archive = self._partner("archive", Role.ARCHIVE, self.identity.recipient().text())
        self.sender = self._partner("collector", Role.COLLECTOR, HybridIdentity.generate().recipient().text())
        self.testimony = _testimony()

    def seal(self) -> tuple[float, float]:
        """Seal the draft; return seconds in all, and of those for reading back."""
        for old in self.out.iterdir():
            old.unlink()
        writer = Writer(
            device=self.device, fingerprint=self.sender.fingerprint, seq=1, prev=None,
            log_head=LogHead(seq=0, hash=""), day="2026-01-31",
        )  # fmt: skip
        drafts = Drafts(size=lambda _blob: self.size // SEGMENTS, open=self._open)
        back = [0.0]
        real = pack.read_back

        def clocked(*arguments):
            started = time.perf_counter()
            told = real(*arguments)
            back[0] += time.perf_counter() - started
            return told

        pack.read_back = clocked
        try:
            whole = timed(lambda: write_volumes(writer, self.testimony, None, drafts, [self.archive], self.out))
            return whole, back[0]
        finally:
            pack.read_back = real

    def take_in(self) -> None:
        """Import what was sealed last."""
        (file,) = self.out.iterdir()
        desk = Desk(self.identity.text(), (self.sender,), self.archive.fingerprint)
        inspect(file, desk, self.folder / "quarantine").forget()

    def pipe(self) -> None:
        """Do what sealing does with public tools."""
        command = (
            f"age -d -i key.txt whole.age | tee >(sha512sum > sum) | age -r {self.recipient} > out.age; sync out.age"
        )
        subprocess.run(["bash", "-c", command], cwd=self.folder, check=True)

    def unpack(self) -> None:
        """Do what importing does with public tools; making the age file they can open isn't counted."""
        bag = self.folder / "bag"
        shutil.rmtree(bag, ignore_errors=True)
        check = "cd bag && sha512sum --quiet -c manifest-sha512.txt"
        command = f"age -d -i key.txt -o bag.tar older.age && tar -xf bag.tar && {check}"
        subprocess.run(["bash", "-c", command], cwd=self.folder, check=True)

    def _open(self, _blob: str) -> age.PayloadReader:
        return age.decrypt((self.folder / "draft.age").open("rb", buffering=0), [self.older])

    def _write_draft(self) -> None:
        noise = random.Random(1).randbytes(1 << 20)
        with (self.folder / "draft.age").open("wb") as file, age.encrypt(file, [self.older.recipient()]) as writer:
            for _ in range(self.size // SEGMENTS // MIB):
                writer.write(noise)

    def write_whole(self) -> None:
        """Write all segments in a row as the one age file that the pipeline of public tools reads."""
        with (self.folder / "whole.age").open("wb") as file, age.encrypt(file, [self.older.recipient()]) as writer:
            for _ in range(SEGMENTS):
                with age.decrypt((self.folder / "draft.age").open("rb"), [self.older]) as plain:
                    while piece := plain.read(MIB):
                        writer.write(piece)

    def seal_for_older_tools(self) -> None:
        """Write the bundle's tar as an age file that any age tool opens."""
        (bundle,) = self.out.iterdir()
        with bundle.open("rb") as file, (self.folder / "older.age").open("wb") as out:
            plain = age.decrypt(file, [self.identity])
            with age.encrypt(out, [self.older.recipient()]) as writer:
                while piece := plain.read(1 << 20):
                    writer.write(piece)

    def _partner(self, name: str, role: Role, recipient: str) -> Partner:
        ed25519, composite = self.device.public_keys().to_base64()
        card = Card(name=name, role=role, recipient=recipient, ed25519=ed25519, composite=composite)
        return Partner(fingerprint=Fingerprint(os.urandom(32).hex()), card=card, trusted_at="2026-01-31")


def _testimony() -> Testimony:
    segments = tuple(Segment(index=n, blob=new_id(), frames=1, encoding="flac") for n in range(SEGMENTS))
    recording = Recording(
        id=new_id(), take=1, kind="testimony", state=RecordingState.COMPLETE, started_at="",
        sample_rate=48_000, bits=24, channels=1, frames=SEGMENTS, segments=segments,
    )  # fmt: skip
    return Testimony(
        id=new_id(), code=new_code(), kind=Kind.INTERVIEW, state=State.DRAFT, created="", recordings=(recording,)
    )


def timed(work: Callable[[], object]) -> float:
    """Return how many seconds a piece of work takes."""
    # What another run left in the system's hands to write is not this one's burden.
    os.sync()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started
