# SPDX-License-Identifier: Apache-2.0
"""Closes a testimony: the bundle is built, read back and written down; then this laptop forgets.

The order is the promise. (1) The bundle is written, encrypted to the archive alone, synced and compared
with what was meant. (2) One transaction writes down the bundle, the seal and the new state, and drops
every key and word of the draft, unless this vault keeps a readable copy until the receipt. (3) What is left
of the old keys in the database's file is turned over. A power cut before (2) leaves the draft and a stray
file that the next start removes; after (2) the testimony is sealed. Nothing lies between.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import msgspec

from testimony_app.intake.errors import (
    KeepingRefused,
    NoArchiveKnown,
    NotADraft,
    NothingToSeal,
    StillRecording,
)
from testimony_app.intake.rescuing import rescue_all
from testimony_app.intake.session import is_being_recorded
from testimony_app.model.bundle import BundleFile
from testimony_app.model.consent import Answer, current
from testimony_app.model.ids import Code, TestimonyId
from testimony_app.model.partner import Card, Role
from testimony_app.model.testimony import State, Testimony

if TYPE_CHECKING:
    from testimony_app.errors import Refusal
    from testimony_app.vault.vault import Vault

Progress = Callable[[int, int], None]


class WriteBundle(Protocol):
    """The writer of bundles, handed in so that taking and carrying stay strangers."""

    def __call__(
        self, testimony: Testimony, recipients: Sequence[Card], *, progress: Progress | None
    ) -> Sequence[BundleFile]:
        """Return the volumes written, synced and read back."""


class Sealed(msgspec.Struct, frozen=True):
    """A testimony that this laptop can't open any more."""

    id: TestimonyId
    code: Code
    files: tuple[str, ...]
    byte_count: int
    sha256: str


class Sealing:
    """Seals the drafts of one vault to the archives it trusts."""

    def __init__(self, vault: Vault, write_bundle: WriteBundle) -> None:
        """Seal with the given writer of bundles."""
        self._vault = vault
        self._write_bundle = write_bundle

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

    def seal(self, testimony_id: TestimonyId, progress: Progress | None = None) -> Sealed:
        """Return the sealed testimony; raises what `why_not` names, and leaves the draft whole then."""
        testimony = self._vault.testimonies.get(testimony_id)
        reason = self.why_not(testimony)
        if reason is not None:
            raise reason
        testimony = self._whole(testimony)
        files = self._write_bundle(testimony, self.recipients(), progress=progress)
        try:
            self._commit(testimony, files)
        except BaseException:
            _remove(self._vault.out, files)
            raise
        return Sealed(
            id=testimony_id,
            code=testimony.code,
            files=tuple(file.name for file in files),
            byte_count=sum(file.byte_count for file in files),
            sha256=files[0].sha256,
        )

    def _whole(self, testimony: Testimony) -> Testimony:
        """Return the testimony with what a crash had left as chunks made into verified FLAC."""
        left = tuple(r for r in testimony.recordings if any(s.encoding == "pcm" for s in r.segments))
        if not left:
            return testimony
        rescue_all(self._vault, left)
        return self._vault.testimonies.get(testimony.id)

    def _commit(self, testimony: Testimony, files: Sequence[BundleFile]) -> None:
        vault = self._vault
        with vault.transaction():
            for file in files:
                vault.bundles.add(testimony.id, file, kept_content=vault.keep_until_receipt)
            vault.testimonies.set_state(testimony.id, State.SEALED)
            if not vault.keep_until_receipt:
                vault.testimonies.forget_content(testimony.id)
        if not vault.keep_until_receipt:
            vault.rotate()


def _remove(folder: Path, files: Sequence[BundleFile]) -> None:
    for file in files:
        (folder / file.name).unlink(missing_ok=True)
