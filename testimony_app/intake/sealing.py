# SPDX-License-Identifier: Apache-2.0
"""Closes a testimony: the bundle is built, read back and written down; then this laptop forgets.

The order is the promise. (1) The bundle is written, encrypted to the archive alone, synced and compared
with what was meant. (2) One transaction writes down the bundle, the seal and the new state, and drops
every key and word of the draft, unless this vault keeps a readable copy until the receipt. (3) What is left
of the old keys in the database's file is turned over; where the disk has no room, at the next seal. A power
cut before (2) leaves the draft and a stray file that the next start removes; after (2) the testimony is
sealed. Nothing lies between.

So that a window stays alive, it goes in steps: `plan` on the vault's thread, `write` on any other, which touches
no database, and `commit` on the vault's thread again; before them, what a crash left as chunks is made FLAC.
`Sealing.seal` is all of them in a row. Until the commit, stopping anywhere leaves the draft as it was; a draft
that was changed meanwhile is not destroyed.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Protocol, TypeVar

import msgspec

from testimony_app import diagnostics
from testimony_app.intake import rescuing
from testimony_app.intake.converting import Converted
from testimony_app.intake.errors import (
    DraftChanged,
    KeepingRefused,
    NoArchiveKnown,
    NotADraft,
    NothingToSeal,
    StillRecording,
)
from testimony_app.intake.rescuing import Rescue
from testimony_app.intake.session import is_being_recorded
from testimony_app.model.bundle import BundleFile
from testimony_app.model.consent import Answer, current
from testimony_app.model.ids import Code, TestimonyId
from testimony_app.model.partner import Card, Role
from testimony_app.model.testimony import State, Testimony
from testimony_app.vault.errors import DiskFull, DiskTrouble

if TYPE_CHECKING:
    from testimony_app.errors import Refusal
    from testimony_app.vault.vault import Vault

Progress = Callable[[int, int], None]
Made = TypeVar("Made")


class Packing(Protocol):
    """Everything that writing one bundle needs, taken from the vault; it belongs to no thread."""

    def write(self, progress: Progress | None = None) -> Sequence[BundleFile]:
        """Return the volumes written, synced and read back; on any failure none of them is left."""

    def wipe(self) -> None:
        """Forget the keys of what was to be written."""


PlanBundle = Callable[[Testimony, Sequence[Card]], Packing]
"""Gathers what writing a bundle needs, handed in so that taking and carrying stay strangers."""


class Sealed(msgspec.Struct, frozen=True):
    """A testimony that this laptop can't open any more."""

    id: TestimonyId
    code: Code
    files: tuple[str, ...]
    byte_count: int
    sha256: str


class Sealing:
    """Seals the drafts of one vault to the archives it trusts."""

    def __init__(self, vault: Vault, plan_bundle: PlanBundle) -> None:
        """Seal with what plans a bundle."""
        self._vault = vault
        self._plan_bundle = plan_bundle

    def recipients(self) -> tuple[Card, ...]:
        """Return the cards of the archives that everything here is sealed to."""
        pinned = self._vault.partners.all()
        return tuple(p.card for p in pinned if p.card.role is Role.ARCHIVE and not p.revoked_at)

    def why_not(self, testimony: Testimony) -> Refusal | None:
        """Return what stands in the way of sealing, or None."""
        code = testimony.code
        agreed = current(testimony.consent).answers.get("P1")
        if testimony.state is not State.DRAFT:
            return NotADraft(testimony=code)
        if is_being_recorded(testimony):
            return StillRecording(testimony=code)
        if agreed is Answer.NO:
            return KeepingRefused(testimony=code)
        if not (testimony.recordings or testimony.statement or testimony.attachments):
            return NothingToSeal(testimony=code)
        if not self.recipients():
            return NoArchiveKnown(testimony=code)
        return None

    def under_way(self, testimony_id: TestimonyId) -> SealUnderWay:
        """Return a seal that is taken step by step, each on the thread where it belongs."""
        return SealUnderWay(self, self._vault, self._plan_bundle, testimony_id)

    def seal(self, testimony_id: TestimonyId, progress: Progress | None = None) -> Sealed:
        """Return the sealed testimony, all steps in a row, for a caller with one thread.

        Raises what `why_not` names, and whatever `progress` raises; the draft is whole then.
        """
        seal = self.under_way(testimony_id)
        seal.begin()
        seal.convert()
        seal.plan()
        seal.write(progress)
        return seal.commit()


class SealUnderWay:
    """One testimony on its way to being sealed: begin, convert, plan, write, commit, in this order.

    Until the commit it can be stopped between any two steps, and within the long ones by an exception out of
    `progress`: the draft is as it was.
    """

    def __init__(self, sealing: Sealing, vault: Vault, plan_bundle: PlanBundle, testimony_id: TestimonyId) -> None:
        """Seal this testimony; nothing has been done yet."""
        self._sealing, self._vault, self._plan_bundle = sealing, vault, plan_bundle
        self._id = testimony_id
        self._rescues: tuple[Rescue, ...] = ()
        self._converted: list[dict[int, Converted]] = []
        self._testimony: Testimony | None = None
        self._packing: Packing | None = None
        self._files: tuple[BundleFile, ...] = ()

    def begin(self) -> None:
        """Ask whether it may be sealed, and what a crash left of it (vault thread). Raises what `why_not` names."""
        testimony = self._may_be_sealed()
        left = [one for one in testimony.recordings if any(part.encoding == "pcm" for part in one.segments)]
        self._rescues = tuple(rescuing.prepare(self._vault, one) for one in left)

    def convert(self) -> None:
        """Make verified FLAC of what a crash left as chunks, mostly nothing (any thread)."""
        self._converted = [rescuing.convert(rescue) for rescue in self._rescues]

    def plan(self) -> None:
        """Gather everything that writing the bundle needs (vault thread). Raises what `why_not` names."""
        for rescue, converted in zip(self._rescues, self._converted, strict=True):
            rescuing.finish(self._vault, rescue, converted)
        self._testimony = self._may_be_sealed()
        self._packing = self._plan_bundle(self._testimony, self._sealing.recipients())

    def write(self, progress: Progress | None = None) -> None:
        """Write the bundle, sync it and read it back, with no database (any thread)."""
        packing = self._planned(self._packing)
        try:
            self._files = tuple(packing.write(progress))
        finally:
            packing.wipe()

    def commit(self) -> Sealed:
        """Write the seal down and destroy the draft (vault thread).

        Raises DraftChanged when the draft is no longer what the bundle holds. Whatever is raised, the bundle is
        taken back and the draft is as it was.
        """
        testimony, files = self._planned(self._testimony), self._files
        try:
            self._write_down(testimony)
        except BaseException:
            self.take_back()
            raise
        if not self._vault.keep_until_receipt:
            self._turn_over()
        return Sealed(
            id=testimony.id,
            code=testimony.code,
            files=tuple(file.name for file in files),
            byte_count=sum(file.byte_count for file in files),
            sha256=files[0].sha256,
        )

    def take_back(self) -> None:
        """Remove a bundle that was written and is not to be: somebody stopped before the commit (any thread)."""
        for file in self._files:
            (self._vault.out / file.name).unlink(missing_ok=True)

    @staticmethod
    def _planned(made: Made | None) -> Made:
        if made is None:
            raise RuntimeError("plan, write, commit: in this order")
        return made

    def _may_be_sealed(self) -> Testimony:
        testimony = self._vault.testimonies.get(self._id)
        reason = self._sealing.why_not(testimony)
        if reason is not None:
            raise reason
        return testimony

    def _write_down(self, testimony: Testimony) -> None:
        vault, files = self._vault, self._files
        with vault.transaction():
            # Between plan and commit the vault's thread was free: what was sealed must be what is destroyed.
            if vault.testimonies.get(testimony.id) != testimony or vault.bundles.next_seq() != files[0].seq:
                raise DraftChanged(testimony=testimony.code)
            for file in files:
                vault.bundles.add(testimony.id, file, kept_content=vault.keep_until_receipt)
            vault.testimonies.set_state(testimony.id, State.SEALED)
            if not vault.keep_until_receipt:
                vault.testimonies.forget_content(testimony.id)

    def _turn_over(self) -> None:
        """Put what is left of the old keys out of reach; sealed is sealed even where the disk refuses this now."""
        try:
            self._vault.rotate()
        except (DiskFull, DiskTrouble) as error:
            diagnostics.note("sealing.keys-not-turned-over", reason=error.code)
