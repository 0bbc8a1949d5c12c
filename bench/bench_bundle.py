# SPDX-License-Identifier: Apache-2.0
"""A bundle's two ways: sealing a long draft, and importing what was sealed; against public tools on the same bytes.

Sealing is compared with `age -d | tee >(sha512sum) | age -r`, importing with `age -d`, `tar -x` and `sha512sum -c`
one after the other. The runs take turns, and the middle of the ratios counts. Reading back what was sealed is
measured apart, since the pipeline does nothing of the kind. The age tool that many systems have can't open
quantum-safe files, so it is given the same tar sealed to an older key.
"""

from __future__ import annotations

import os
import random
import resource
import shutil
import statistics
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from bench.figure import Figure
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

SIZE = 512 * 1024 * 1024
SEGMENTS = 4
RUNS = 3


def measure(folder: Path) -> Iterator[Figure]:
    """Measure both ways."""
    scene = _Scene(folder)
    sealing, reading, importing, piped, unpacked = [], [], [], [], []
    for _ in range(RUNS):
        whole, back = scene.seal()
        sealing.append(whole - back)
        reading.append(back)
        importing.append(_timed(scene.take_in))
        if shutil.which("age"):
            piped.append(_timed(scene.pipe))
            scene.seal_for_older_tools()
            unpacked.append(_timed(scene.unpack))
    yield Figure("seal: open, hash, seal, write and sync", SIZE / statistics.median(sealing) / 1e6, "MB/s")
    yield Figure("read back and open what was sealed", SIZE / statistics.median(reading) / 1e6, "MB/s")
    yield Figure("import: copy, verify, seal again", SIZE / statistics.median(importing) / 1e6, "MB/s")
    if piped:
        yield Figure("seal against age -d | tee >(sha512sum) | age -r", _ratio(piped, sealing), "times", at_least=2.0)
        yield Figure("import against age -d, tar -x, sha512sum -c", _ratio(unpacked, importing), "times", at_least=1.5)
    yield Figure("peak memory, sealing", _peak(resource.RUSAGE_SELF), "MiB", at_most=256)
    yield Figure("peak memory, importing process", _peak(resource.RUSAGE_CHILDREN), "MiB", at_most=256)


class _Scene:
    """A sender, an archive, a long draft, and the same bytes as the public tools want them."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.out = folder, folder / "out"
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
        drafts = Drafts(size=lambda _blob: SIZE // SEGMENTS, open=self._open)
        back = [0.0]
        real = pack.read_back

        def timed(*arguments):
            started = time.perf_counter()
            told = real(*arguments)
            back[0] += time.perf_counter() - started
            return told

        pack.read_back = timed
        try:
            return _timed(lambda: write_volumes(writer, self.testimony, None, drafts, [self.archive], self.out)), back[
                0
            ]
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
        for name, times in (("draft.age", 1), ("whole.age", SEGMENTS)):
            with (self.folder / name).open("wb") as file, age.encrypt(file, [self.older.recipient()]) as writer:
                for _ in range(times * SIZE // SEGMENTS >> 20):
                    writer.write(noise)

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


def _timed(work: Callable[[], object]) -> float:
    # What another run left in the system's hands to write is not this one's burden.
    os.sync()
    started = time.perf_counter()
    work()
    return time.perf_counter() - started


def _ratio(theirs: list[float], ours: list[float]) -> float:
    return statistics.median(their / our for their, our in zip(theirs, ours, strict=True))


def _peak(who: int) -> float:
    return resource.getrusage(who).ru_maxrss / 1024
