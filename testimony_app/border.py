# SPDX-License-Identifier: Apache-2.0
"""One action before a border: seal every draft, carry everything out, prove the copies, leave an empty vault.

Nothing is dropped before each copy has been read back from where it was carried to and compared with what was
sealed. What can't be sealed or carried stops the action before anything is dropped; drafts that were sealed
until then stay sealed. After the last step the folder holds a new, empty vault with keys of its own: neither
the old passphrase nor the archive's sheets open anything of the old one here. Partners' cards go as well.

Not guaranteed: that a drive with flash memory keeps no old copy of the key file somewhere, for whoever has the
passphrase and a laboratory. And an empty vault can be seen to be new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import msgspec

from testimony_app.crypto.secret import Secret
from testimony_app.errors import GovahError, Refusal
from testimony_app.exchange import landing
from testimony_app.exchange.carry import Carried, CarriedTestimony
from testimony_app.model.ids import Code, TestimonyId
from testimony_app.model.partner import Role
from testimony_app.model.testimony import State
from testimony_app.vault import founding
from testimony_app.vault.bundles import CONSENT, OUT
from testimony_app.workspace import Workspace, create_workspace

_SEALED = (State.SEALED, State.CARRIED, State.RECEIVED)
_ALL = 1_000_000
SEALING, EXPORTING, COMPARING, DROPPING = "sealing", "exporting", "comparing", "dropping"
Progress = Callable[[str, int, int], None]
"""Which step, how much of it is done, of how much."""


class Obstacle(msgspec.Struct, frozen=True):
    """A testimony that can't be sealed or carried, and why."""

    code: Code
    error: GovahError


class HeldUp(Refusal):
    """Something can't be sealed or carried; nothing was dropped. `obstacles` says what."""

    code = "border.held-up"

    def __init__(self, obstacles: tuple[Obstacle, ...]) -> None:
        """Keep every obstacle; the facts name the first."""
        super().__init__(testimony=obstacles[0].code, why=obstacles[0].error.code, testimonies=len(obstacles))
        self.obstacles = obstacles


class NotForAnArchive(Refusal):
    """An archive's vault isn't emptied on the way: what it holds is sealed to nobody else."""

    code = "border.not-for-an-archive"


class FolderInside(Refusal):
    """The folder to carry to is inside the vault that is to be emptied."""

    code = "border.folder-inside"


class OtherFilesInside(Refusal):
    """The vault's folder holds files that aren't the vault's; `files` says how many."""

    code = "border.other-files-inside"


class CopyDiffers(Refusal):
    """A copy that was carried out is not what was sealed."""

    code = "border.copy-differs"


class Left(msgspec.Struct, frozen=True):
    """What was carried out and compared; the vault that stands there now is empty."""

    sealed: tuple[Code, ...]
    carried: tuple[CarriedTestimony, ...]
    byte_count: int
    safety_number: str
    """Of the new, empty vault, which is a stranger to everybody."""


def obstacles(workspace: Workspace) -> tuple[Obstacle, ...]:
    """Return the drafts that can't be sealed, and why; nothing is changed."""
    found = []
    for row in workspace.vault.testimonies.rows(0, _ALL, state=State.DRAFT).rows:
        error = workspace.sealing.why_not(workspace.vault.testimonies.get(row.id))
        if error is not None:
            found.append(Obstacle(code=row.code, error=error))
    return tuple(found)


def leave(workspace: Workspace, folder: Path, passphrase: Secret, *, progress: Progress | None = None) -> Left:
    """Seal, carry out, compare, drop; the workspace is closed then, and a new vault opens with the passphrase.

    Raises HeldUp, NotForAnArchive, FolderInside, OtherFilesInside, CopyDiffers, and what sealing and carrying
    raise: until then the vault holds everything that it held.
    """
    tell = progress or (lambda _step, _done, _total: None)
    _check_may_leave(workspace, folder)
    sealed = _seal_all(workspace, tell)
    ids = _sealed_here(workspace)
    carried = _carry_all(workspace, folder, ids, tell)
    _compare_all(workspace, folder, carried, tell)
    number = _drop(workspace, passphrase, tell)
    byte_count = sum(one.byte_count for one in carried.written)
    return Left(sealed=sealed, carried=carried.written, byte_count=byte_count, safety_number=number)


def _check_may_leave(workspace: Workspace, folder: Path) -> None:
    vault = workspace.vault
    if workspace.role is Role.ARCHIVE:
        raise NotForAnArchive
    if folder.resolve().is_relative_to(vault.folder.resolve()):
        raise FolderInside
    strangers = founding.strangers(vault.folder)
    if strangers:
        raise OtherFilesInside(files=len(strangers))
    found = obstacles(workspace)
    if found:
        raise HeldUp(found)
    with landing.told_plainly():
        folder.mkdir(exist_ok=True)


def _seal_all(workspace: Workspace, tell: Progress) -> tuple[Code, ...]:
    drafts = workspace.vault.testimonies.rows(0, _ALL, state=State.DRAFT).rows
    for number, row in enumerate(drafts):
        tell(SEALING, number, len(drafts))
        workspace.sealing.seal(row.id)
    tell(SEALING, len(drafts), len(drafts))
    return tuple(row.code for row in drafts)


def _sealed_here(workspace: Workspace) -> list[TestimonyId]:
    """Return every testimony whose sealed files are here; what an archive has received may be gone already."""
    vault = workspace.vault
    found = []
    for state in _SEALED:
        for row in vault.testimonies.rows(0, _ALL, state=state).rows:
            files = [vault.out / known.file.name for known in vault.bundles.for_testimony(row.id)]
            if state is not State.RECEIVED or all(file.exists() for file in files):
                found.append(row.id)
    # A change of consent that no stick has taken yet travels, too, wherever its testimony is by now.
    for known in vault.bundles.waiting():
        if known.carries == CONSENT and known.testimony not in found and vault.testimonies.exists(known.testimony):
            found.append(known.testimony)
    return found


def _carry_all(workspace: Workspace, folder: Path, ids: list[TestimonyId], tell: Progress) -> Carried:
    if not ids:
        return Carried()
    carried = workspace.export(folder, ids, progress=lambda done, total: tell(EXPORTING, done, total))
    if carried.refused:
        raise HeldUp(tuple(Obstacle(code=one.code, error=one.error) for one in carried.refused))
    return carried


def _compare_all(workspace: Workspace, folder: Path, carried: Carried, tell: Progress) -> None:
    """Read every copy once more, now that all are there; raises CopyDiffers."""
    for number, one in enumerate(carried.written):
        tell(COMPARING, number, len(carried.written))
        known = workspace.vault.bundles.of_group(one.group, direction=OUT)
        for name, volume in zip(one.files, known, strict=True):
            with landing.told_plainly(), (folder / name).open("rb", buffering=0) as file:
                landing.drop_cache(file)
                if hashlib.file_digest(file, "sha256").hexdigest() != volume.file.sha256:
                    raise CopyDiffers(testimony=one.code, volume=volume.file.index)
    tell(COMPARING, len(carried.written), len(carried.written))


def _drop(workspace: Workspace, passphrase: Secret, tell: Progress) -> str:
    """Put an empty vault in the old one's place; return its safety number."""
    vault = workspace.vault
    folder, disk, cost = vault.folder, vault.disk, vault.keyring.cost
    role, card, keeps = vault.role, vault.card(), vault.keep_until_receipt
    tell(DROPPING, 0, 1)
    founding.mark_abandoned(folder, disk)
    workspace.close()
    founding.abandon(folder, disk)
    empty = create_workspace(
        folder,
        passphrase,
        role=role,
        name=card.name,
        keep_until_receipt=keeps,
        clock=workspace.clock,
        cost=cost,
        is_practice=card.is_practice,
    )
    try:
        number = empty.safety_number()
    finally:
        empty.close()
    tell(DROPPING, 1, 1)
    return number
