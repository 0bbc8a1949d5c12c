# SPDX-License-Identifier: Apache-2.0
"""What `govah demo` does, step by step, through the same doors as everybody else.

The folder holds invented material and, unlike any real use, its passphrases and the archive's bare key, so
that anyone can try every other command and every public tool on it.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import msgspec

from testimony_app.audio import synthetic
from testimony_app.audio.format import SoundFormat
from testimony_app.cli.terminal import Terminal
from testimony_app.crypto.passphrase import from_text, generate
from testimony_app.crypto.signing import BUNDLE, allowed_signers_line
from testimony_app.errors import Refusal
from testimony_app.i18n.catalogue import _
from testimony_app.intake import consent
from testimony_app.intake.importing import NoMicrophoneNeeded
from testimony_app.intake.taking import RecordingSession
from testimony_app.model.bundle import Outcome
from testimony_app.model.consent import Answer
from testimony_app.model.partner import Role
from testimony_app.model.person import Witness
from testimony_app.model.testimony import Session, Testimony
from testimony_app.workspace import Workspace, create_workspace, open_workspace

VOICE = SoundFormat(rate=48_000, channels=1, bits=24)
SPOKEN_OF = "The lantern stood beside the well; nobody came back for it."
FOUND_BY = "lantern"
SEED = 7

Result = TypeVar("Result")


class DemoFolderInUse(Refusal):
    """The folder for the demonstration holds something already."""

    code = "cli.demo-folder-in-use"


class DemoFailed(Refusal):
    """A step of the demonstration didn't give what it should."""

    code = "cli.demo-failed"


class Demonstration:
    """One run of the whole job in one folder."""

    def __init__(self, folder: Path, terminal: Terminal, seconds: float) -> None:
        """Work in a folder that is empty or doesn't exist."""
        if folder.exists() and any(folder.iterdir()):
            raise DemoFolderInUse
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._terminal = terminal
        self._seconds = seconds

    def run(self) -> dict[str, object]:
        """Return what `demo.json` holds."""
        collector = self._create("collector", Role.COLLECTOR)
        archive = self._create("archive", Role.ARCHIVE)
        try:
            self._introduce(collector, archive)
            testimony = self._record(collector)
            self._seal(collector, testimony)
            bundles = self._export(collector)
            self._take_in(archive, testimony, bundles)
            self._find(archive, testimony)
            return self._leave(collector, archive, testimony, bundles)
        finally:
            collector.close()
            archive.close()

    def _create(self, name: str, role: Role) -> Workspace:
        passphrase = generate()
        self._write(f"{name}.passphrase", passphrase + "\n")
        with from_text(passphrase) as secret:
            create_workspace(
                self._folder / name,
                secret,
                role=role,
                name=f"demo {name}",
                clock=self._terminal.clock,
                cost=self._terminal.cost,
            ).close()
            workspace, took = _timed(lambda: open_workspace(self._folder / name, secret, clock=self._terminal.clock))
        self._step(_("vault {name} made, opened in {took} s").format(name=name, took=f"{took:.2f}"))
        return workspace

    def _introduce(self, collector: Workspace, archive: Workspace) -> None:
        for one, other in ((collector, archive), (archive, collector)):
            card = self._folder / f"{one.vault.name.replace(' ', '-')}.card"
            one.write_card(card)
            other.trust(card, one.safety_number())
        self._step(_("cards exchanged, safety numbers compared"))

    def _record(self, collector: Workspace) -> Testimony:
        draft = collector.interviews.start(languages=("eng",))
        collector.interviews.set_witness(
            draft.id, witness=Witness(pseudonym="Demo"), session=Session(), languages=("eng",)
        )
        shown = consent.text("en")
        answers = {question.purpose: Answer.YES for question in shown.questions}
        collector.interviews.give_consent(draft.id, consent.answered(shown, answers, self._terminal.clock))
        taking = RecordingSession(collector.vault, NoMicrophoneNeeded(), self._terminal.clock)
        recording, took = _timed(
            lambda: taking.record_blocks(draft.id, synthetic.blocks(self._seconds, VOICE, SEED), VOICE)
        )
        byte_count = recording.frames * VOICE.frame_bytes
        self._step(
            _("{seconds} s recorded, {bytes} bytes, {rate} MB/s, verified sample for sample").format(
                seconds=f"{recording.seconds:.1f}", bytes=byte_count, rate=_rate(byte_count, took)
            )
        )
        collector.interviews.save_statement(draft.id, SPOKEN_OF, "eng")
        return collector.interviews.get(draft.id)

    def _seal(self, collector: Workspace, testimony: Testimony) -> None:
        sealed, took = _timed(lambda: collector.sealing.seal(testimony.id))
        self._step(
            _("{code} sealed, {bytes} bytes, {rate} MB/s, read back and compared").format(
                code=sealed.code, bytes=sealed.byte_count, rate=_rate(sealed.byte_count, took)
            )
        )

    def _export(self, collector: Workspace) -> list[Path]:
        stick = self._folder / "stick"
        stick.mkdir()
        result, took = _timed(lambda: collector.export(stick, ()))
        if not result.written or result.refused:
            raise DemoFailed(step="export")
        byte_count = sum(one.byte_count for one in result.written)
        self._step(
            _("carried to the stick, {bytes} bytes, {rate} MB/s, read back and compared").format(
                bytes=byte_count, rate=_rate(byte_count, took)
            )
        )
        return [stick / name for one in result.written for name in one.files]

    def _take_in(self, archive: Workspace, testimony: Testimony, bundles: list[Path]) -> None:
        result, took = _timed(
            lambda: archive.import_bundles([self._folder / "stick"], receipts_folder=self._folder / "stick")
        )
        if [finding.outcome for finding in result.findings] != [Outcome.IMPORTED] * len(bundles):
            raise DemoFailed(step="import")
        byte_count = sum(path.stat().st_size for path in bundles)
        self._step(
            _("{code} imported, {bytes} bytes, {rate} MB/s, verified by both signatures of {signer}").format(
                code=testimony.code,
                bytes=byte_count,
                rate=_rate(byte_count, took),
                signer=result.findings[0].signer,
            )
        )

    def _find(self, archive: Workspace, testimony: Testimony) -> None:
        found = archive.catalogue.search(FOUND_BY)
        if testimony.code not in [hit.code for hit in found.hits]:
            raise DemoFailed(step="search")
        archived = archive.interviews.by_code(testimony.code)
        if abs(archived.seconds - self._seconds) > 1 / VOICE.rate:
            raise DemoFailed(step="listen")
        self._step(
            _("found by one word in {ms} ms; {seconds} s of sound in the archive").format(
                ms=f"{found.milliseconds:.1f}", seconds=f"{archived.seconds:.1f}"
            )
        )

    def _leave(
        self, collector: Workspace, archive: Workspace, testimony: Testimony, bundles: list[Path]
    ) -> dict[str, object]:
        accepted = collector.check_receipts([self._folder / "stick"]).accepted
        if list(accepted) != [testimony.code]:
            raise DemoFailed(step="receipt")
        self._step(_("the archive's receipt checked by the collector"))
        with archive.vault.identity.text() as identity:
            self._write("archive.identity", identity.view.decode("ascii") + "\n")
        device = collector.vault.device
        line = allowed_signers_line("device", device.ed25519_public, device.composite_public, (BUNDLE,))
        self._write("allowed_signers", line + "\n")
        document: dict[str, object] = {
            "collector": str(collector.vault.folder),
            "archive": str(archive.vault.folder),
            "passphrase_files": {
                "collector": str(self._folder / "collector.passphrase"),
                "archive": str(self._folder / "archive.passphrase"),
            },
            "identity": str(self._folder / "archive.identity"),
            "allowed_signers": str(self._folder / "allowed_signers"),
            "signature_namespace": BUNDLE,
            "bundles": [str(path) for path in bundles],
            "code": testimony.code,
            "seconds": testimony.seconds,
        }
        self._write("demo.json", msgspec.json.format(msgspec.json.encode(document), indent=2).decode())
        return document

    def _step(self, text: str) -> None:
        self._terminal.say("· " + text)

    def _write(self, name: str, text: str) -> None:
        path = self._folder / name
        path.touch(mode=0o600)
        path.write_text(text, encoding="utf-8")


def _timed(work: Callable[[], Result]) -> tuple[Result, float]:
    began = time.monotonic()
    result = work()
    return result, time.monotonic() - began


def _rate(byte_count: int, seconds: float) -> str:
    return f"{byte_count / max(seconds, 1e-6) / 1e6:.1f}"
