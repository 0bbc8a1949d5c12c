# SPDX-License-Identifier: Apache-2.0
"""A drop box, open: takes one testimony at a time and seals it to the archive.

What it guarantees: every sample, word and answer is on the disk sealed to the archive's key before this program
says that it is safe, and nothing on the disk opens it. While a testimony is under way its keys are in memory, so that
the witness can listen and write on; when it is sealed or erased, or the program ends in whatever way, they are gone.

It answers to the same calls as a vault's services do; all of them belong to one thread, but for what the recorder
does itself.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from types import TracebackType
from typing import Self

from testimony_app.audio.ports import Microphone
from testimony_app.clock import Clock, stamp
from testimony_app.crypto.fingerprint import safety_number
from testimony_app.dropbox import folder as layout
from testimony_app.dropbox import one_time_keys
from testimony_app.dropbox.deposit import Deposit
from testimony_app.dropbox.errors import DepositOpen, DropBoxDamaged, DropBoxInUse, NoDeposit
from testimony_app.dropbox.prologue import Sender
from testimony_app.dropbox.takes import Takes
from testimony_app.dropbox.wide import WideMicrophone
from testimony_app.errors import GovahError, Refusal
from testimony_app.exchange import live, trust
from testimony_app.intake.errors import KeepingRefused, NotADraft, NothingToSeal, StillRecording
from testimony_app.intake.sealing import Sealed
from testimony_app.intake.session import is_being_recorded
from testimony_app.intake.taking import RecordingSession
from testimony_app.machine import Awake
from testimony_app.model.consent import Answer, ConsentEvent, current
from testimony_app.model.ids import TestimonyId, new_code, new_id
from testimony_app.model.partner import Card, Partner
from testimony_app.model.person import Identity, Witness
from testimony_app.model.testimony import Kind, Note, Session, State, Statement, Testimony
from testimony_app.vault.disk import DISK, Disk
from testimony_app.vault.errors import VaultInUse
from testimony_app.vault.lockfile import Lock

Progress = Callable[[int, int], None]


class DropBox:
    """An open drop box."""

    def __init__(self, folder: Path, page: layout.Page, clock: Clock, disk: Disk, lock: Lock) -> None:
        """Hold what `open` found."""
        self._folder, self._clock, self._disk, self._lock = folder, clock, disk, lock
        archive = trust.read_card_file(folder / layout.ARCHIVE_CARD)
        own = trust.read_card_file(folder / layout.BOX_CARD)
        self._archive = Partner(archive.fingerprint, archive.card, trusted_at="")
        self._fingerprint = own.fingerprint
        self.name = page.name
        self.safety_number = safety_number(own.card_bytes)
        self._deposit: Deposit | None = None

    @classmethod
    def open(cls, folder: Path, *, clock: Clock, disk: Disk = DISK) -> Self:
        """Open a drop box and clear away what a crash left half made.

        Raises NotADropBox, DropBoxTooNew, DropBoxInUse, DropBoxDamaged.
        """
        layout.read_page(folder, disk)
        try:
            lock = Lock(folder)
        except VaultInUse:
            raise DropBoxInUse from None
        try:
            for half_made in (folder / layout.MAKING).iterdir():
                disk.unlink(half_made)
            return cls(folder, layout.read_page(folder, disk), clock, disk, lock)
        except FileNotFoundError:
            lock.release()
            raise DropBoxDamaged(what="folder") from None
        except GovahError:
            lock.release()
            raise

    @staticmethod
    def is_one(folder: Path) -> bool:
        """Tell whether a folder holds a drop box."""
        return layout.is_one(folder)

    @property
    def archive(self) -> Card:
        """The card of the archive that everything is sealed to."""
        return self._archive.card

    @property
    def keys_left(self) -> int:
        """How many more testimonies it can take."""
        return one_time_keys.left(self._folder / layout.KEYS)

    @property
    def left_behind(self) -> int:
        """How many sealed recordings wait that a crash left: whole for the archive, closed to everybody here."""
        running: frozenset[str] = frozenset() if self._deposit is None else self._deposit.takes.files()
        return sum(path.name not in running for path in (self._folder / layout.OUT).glob(f"*{live.SUFFIX}"))

    @property
    def listens(self) -> Takes:
        """What opens recordings of the testimony under way for listening; raises NoDeposit."""
        if self._deposit is None:
            raise NoDeposit
        return self._deposit.takes

    def close(self) -> None:
        """Forget every key and let go of the folder; a testimony under way stays as a crash would leave it."""
        if self._deposit is not None:
            self._deposit.forget()
            self._deposit = None
        self._lock.release()

    # Taking.

    def start(self, kind: Kind = Kind.SELF_RECORDED, languages: tuple[str, ...] = ()) -> Testimony:
        """Return a new testimony, signed for by a key that is off the disk now.

        Raises DepositOpen, NoKeysLeft.
        """
        if self._deposit is not None:
            raise DepositOpen
        key = one_time_keys.draw(self._folder / layout.KEYS, self._disk)
        sender = Sender(self._fingerprint, self._archive, key, self._clock, self._disk)
        testimony = Testimony(
            id=TestimonyId(new_id()),
            code=new_code(),
            kind=kind,
            state=State.DRAFT,
            created=stamp(self._clock.now()),
            languages=languages,
        )
        deposit = Deposit(self._folder, sender, testimony)
        try:
            deposit.write_down()
        except BaseException:
            key.wipe()
            raise
        self._deposit = deposit
        return testimony

    def get(self, testimony_id: TestimonyId) -> Testimony:
        """Return the testimony under way as it stands."""
        return self._under_way(testimony_id).whole()

    def set_witness(
        self,
        testimony_id: TestimonyId,
        *,
        witness: Witness,
        session: Session,
        languages: tuple[str, ...],
        identity: Identity | None = None,
        title: str = "",
    ) -> Testimony:
        """Return the testimony with who speaks and who is present."""
        deposit = self._under_way(testimony_id)
        deposit.identity = identity or deposit.identity
        return deposit.change(witness=witness, session=session, languages=languages, title=title)

    def give_consent(self, testimony_id: TestimonyId, event: ConsentEvent) -> Testimony:
        """Return the testimony with one more event of consent."""
        deposit = self._under_way(testimony_id)
        return deposit.change(consent=(*deposit.testimony.consent, event))

    def add_note(
        self,
        testimony_id: TestimonyId,
        text: str,
        *,
        kind: str = "note",
        recording: str = "",
        at_seconds: float | None = None,
    ) -> Note:
        """Return a note, sealed with the rest."""
        deposit = self._under_way(testimony_id)
        at = stamp(self._clock.now())
        note = Note(id=new_id(), kind=kind, text=text, at_seconds=at_seconds, recording=recording, at=at)
        deposit.change(notes=(*deposit.testimony.notes, note))
        return note

    def save_statement(self, testimony_id: TestimonyId, text: str, language: str) -> Statement:
        """Return the written testimony as it stands on the disk now, sealed."""
        deposit = self._under_way(testimony_id)
        before = deposit.testimony.statement
        version = before.version + 1 if before is not None else 1
        saved = Statement(text=text, language=language, version=version, saved_at=stamp(self._clock.now()))
        deposit.change(statement=saved if text.strip() else None)
        return saved

    def records(self, microphone: Microphone, awake: Awake | None = None) -> RecordingSession:
        """Return what records into the testimony under way; raises NoDeposit."""
        wide = WideMicrophone(microphone)
        return RecordingSession(self.listens, wide, self._clock, disk=self._disk, awake=awake)

    def discard_recording(self, testimony_id: TestimonyId, recording_id: str) -> None:
        """Destroy one recording that the witness takes back."""
        self._under_way(testimony_id).takes.discard(recording_id)

    def erase(self, testimony_id: TestimonyId) -> None:
        """Destroy the testimony at the witness's wish: keys, sound, words. May be called again after trouble."""
        self._under_way(testimony_id).erase()
        self._deposit = None

    # Sealing.

    def recipients(self) -> tuple[Card, ...]:
        """Return the one card that everything here is sealed to."""
        return (self._archive.card,)

    def why_not(self, testimony: Testimony) -> Refusal | None:
        """Return what stands in the way of sealing, or None."""
        code = testimony.code
        if self._deposit is None or self._deposit.testimony.id != testimony.id:
            return NotADraft(testimony=code)
        if is_being_recorded(testimony):
            return StillRecording(testimony=code)
        if current(testimony.consent).answers.get("P1") is Answer.NO:
            return KeepingRefused(testimony=code)
        if not (testimony.recordings or testimony.statement):
            return NothingToSeal(testimony=code)
        return None

    def seal(self, testimony_id: TestimonyId, progress: Progress | None = None) -> Sealed:
        """Return the sealed testimony, which nobody here can open from now on; raises what `why_not` names.

        After trouble it is still under way, and everything on the disk as it was.
        """
        deposit = self._under_way(testimony_id)
        reason = self.why_not(deposit.whole())
        if reason is not None:
            raise reason
        files = deposit.seal(progress)
        self._deposit = None
        return Sealed(
            id=testimony_id,
            code=deposit.testimony.code,
            files=tuple(file.name for file in files),
            byte_count=sum(file.byte_count for file in files),
            sha256=files[0].sha256,
        )

    def _under_way(self, testimony_id: TestimonyId) -> Deposit:
        if self._deposit is None or self._deposit.testimony.id != testimony_id:
            raise NoDeposit
        return self._deposit

    def __enter__(self) -> Self:
        """Use it within a block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Close it."""
        self.close()
