# SPDX-License-Identifier: Apache-2.0
"""Copies sealed bundles to a folder or stick, so that each is wholly there or not there at all.

Each file is written as `.TMP`, synced, read back from the medium with the system's cache dropped, compared by
SHA-256 with what was sealed, and only then renamed. Cancelling, a full stick or one that is pulled out leaves
no half file, and a testimony counts as carried only when all its volumes are there.
"""

from __future__ import annotations

import hashlib
import shutil
from collections.abc import Callable, Iterable, Sequence
from io import FileIO
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

import msgspec

from testimony_app.errors import GovahError
from testimony_app.exchange import landing, live
from testimony_app.exchange.errors import (
    Cancelled,
    NothingSealed,
    ReadBackDiffers,
    SealedFileMissing,
    StickFull,
)
from testimony_app.exchange.limits import MIB
from testimony_app.model.bundle import BundleFile
from testimony_app.model.ids import Code, TestimonyId
from testimony_app.model.testimony import State
from testimony_app.vault.bundles import CONSENT, OUT, TESTIMONY

if TYPE_CHECKING:
    from testimony_app.vault.vault import Vault

BUNDLE_SUFFIX = ".AGE"
Progress = Callable[[int, int], None]


class CarriedTestimony(msgspec.Struct, frozen=True):
    """One testimony whose volumes are all on the stick now, read back and compared."""

    id: TestimonyId
    code: Code
    files: tuple[str, ...]
    byte_count: int
    sha256: str
    """Of the first volume."""
    group: str = ""
    carries: str = "testimony"
    """`testimony`, or `consent` for acts of consent given after sealing."""


class NotCarried(msgspec.Struct, frozen=True):
    """One testimony that wasn't copied, and why."""

    code: Code
    error: GovahError


class Carried(msgspec.Struct, frozen=True):
    """What came of an export."""

    written: tuple[CarriedTestimony, ...] = ()
    refused: tuple[NotCarried, ...] = ()


class Load(msgspec.Struct, frozen=True):
    """The volumes of one testimony, waiting in a vault's folder of sealed files."""

    id: TestimonyId
    code: Code
    files: tuple[BundleFile, ...]
    carries: str = "testimony"

    @property
    def byte_count(self) -> int:
        """Return how much room they need."""
        return sum(file.byte_count for file in self.files)


def export(
    vault: Vault,
    folder: Path,
    codes: Sequence[str] = (),
    *,
    progress: Progress | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Carried:
    """Copy the named testimonies' bundles, or all that were never carried, and write down that they were.

    Raises StickFull, StickGone, StickReadOnly, ReadBackDiffers, Cancelled; what was finished before stays.
    """
    loads, refused = waiting(vault, codes)
    carried = copy_out(vault.out, loads, folder, progress=progress, is_cancelled=is_cancelled)
    mark_carried(vault, carried)
    return Carried(written=carried.written, refused=(*refused, *carried.refused))


def waiting(vault: Vault, codes: Sequence[str] = ()) -> tuple[tuple[Load, ...], tuple[NotCarried, ...]]:
    """Return what there is to carry, and the named testimonies that have nothing sealed."""
    if not codes:
        ids = list(dict.fromkeys((known.testimony, known.carries) for known in vault.bundles.waiting()))
        return tuple(load for one, carries in ids for load in _loads(vault, one, carries)), ()
    loads, refused = [], []
    for testimony in (vault.testimonies.by_code(code) for code in codes):
        mine = _loads(vault, testimony.id, CONSENT)
        whole = _loads(vault, testimony.id, TESTIMONY)
        # What an archive has received may be gone from here; a change of consent still travels.
        if not mine or any((vault.out / file.name).exists() for load in whole for file in load.files):
            mine = [*whole, *mine]
        if mine:
            loads += mine
        else:
            refused.append(NotCarried(code=testimony.code, error=NothingSealed(testimony=testimony.code)))
    return tuple(loads), tuple(refused)


def copy_out(
    source: Path,
    loads: Sequence[Load],
    folder: Path,
    *,
    progress: Progress | None = None,
    is_cancelled: Callable[[], bool] | None = None,
) -> Carried:
    """Copy every load to a folder; needs no database, and may run on any thread. Raises as `export` does."""
    written: list[CarriedTestimony] = []
    refused: list[NotCarried] = []
    # Writing and reading back: each byte passes twice.
    pace = _Pace(2 * sum(load.byte_count for load in loads), progress, is_cancelled)
    with landing.told_plainly():
        landing.sweep(folder)
        _check_room(folder, loads)
        for load in loads:
            try:
                written.append(_copy_load(source, load, folder, pace))
            except SealedFileMissing as missing:
                refused.append(NotCarried(code=load.code, error=missing))
    return Carried(written=tuple(written), refused=tuple(refused))


def mark_carried(vault: Vault, carried: Carried) -> None:
    """Write down which testimonies left; belongs to the vault's thread."""
    for one in carried.written:
        with vault.transaction():
            for known in vault.bundles.of_group(one.group, direction=OUT):
                vault.bundles.mark_carried(known.file.bundle, known.file.index)
            if one.carries == TESTIMONY and vault.testimonies.state(one.id) is State.SEALED:
                vault.testimonies.set_state(one.id, State.CARRIED)


def bundle_files(paths: Iterable[Path]) -> tuple[Path, ...]:
    """Return the files to look at: those named, and from named folders, one level deep, all named as bundles.

    Recordings that a drop box left behind come last, after the bundles that say what they belong to.
    """
    named = tuple(paths)
    found = dict.fromkeys((*landing.files_in(named, BUNDLE_SUFFIX), *landing.files_in(named, live.SUFFIX)))
    return tuple(sorted(found, key=live.is_one))


def _loads(vault: Vault, testimony: TestimonyId, carries: str) -> list[Load]:
    """Return what of a testimony is carried together: all its volumes; each consent that no stick has taken yet."""
    if not vault.testimonies.exists(testimony) and carries == TESTIMONY:
        return []
    code = _code(vault, testimony)
    if carries == TESTIMONY:
        files = tuple(known.file for known in vault.bundles.for_testimony(testimony))
        return [Load(id=testimony, code=code, files=files)] if files else []
    waiting = [known for known in vault.bundles.of_consent(testimony) if not known.carried_at]
    return [Load(id=testimony, code=code, files=(known.file,), carries=CONSENT) for known in waiting]


def _code(vault: Vault, testimony: TestimonyId) -> Code:
    """Return a testimony's code, also of one that was erased here: its withdrawal still has to travel."""
    if vault.testimonies.exists(testimony):
        return vault.testimonies.row(testimony).code
    erased = (entry for entry in vault.custody.entries(testimony) if entry.event == "erased")
    return next((Code(str(entry.facts["code"])) for entry in erased), Code(""))


def _check_room(folder: Path, loads: Sequence[Load]) -> None:
    needed = sum(load.byte_count for load in loads)
    free = shutil.disk_usage(folder).free
    if free < needed + MIB:
        raise StickFull(needed=needed, free=free)


def _copy_load(source: Path, load: Load, folder: Path, pace: _Pace) -> CarriedTestimony:
    """Copy one testimony's volumes; on any failure none of them stays."""
    names: list[str] = []
    try:
        for file in load.files:
            name = _copy_file(source, file, folder, pace)
            names.append(name)
    except BaseException:
        landing.remove(folder / name for name in names)
        raise
    return CarriedTestimony(
        id=load.id,
        code=load.code,
        files=tuple(names),
        byte_count=load.byte_count,
        sha256=load.files[0].sha256,
        group=load.files[0].group,
        carries=load.carries,
    )


def _copy_file(source: Path, file: BundleFile, folder: Path, pace: _Pace) -> str:
    try:
        original = FileIO(source / file.name, "rb")
    except FileNotFoundError:
        raise SealedFileMissing(volume=file.index) from None
    # A name that is taken, perhaps by an older copy of this very file, is left alone.
    name = file.name if not (folder / file.name).exists() else landing.new_name(folder, Path(file.name).suffix)
    with original, landing.half_written(folder, name) as (temporary, target):
        if _pour(original, target, pace) != file.sha256:
            raise SealedFileMissing(volume=file.index, altered=True)
        landing.sync(target)
        with FileIO(temporary, "rb") as copy:
            landing.drop_cache(copy)
            if _pour(copy, None, pace) != file.sha256:
                raise ReadBackDiffers
        landing.settle(temporary, folder / name)
    return name


def _pour(source: FileIO, target: BinaryIO | None, pace: _Pace) -> str:
    """Copy or just read a file, and return its SHA-256."""
    digest = hashlib.sha256()
    buffer = memoryview(bytearray(MIB))
    while count := source.readinto(buffer):
        piece = buffer[:count]
        digest.update(piece)
        while target is not None and piece.nbytes:
            piece = piece[target.write(piece) :]
        pace.add(count)
    return digest.hexdigest()


class _Pace:
    """Says how far the copying is, and asks whether to go on."""

    def __init__(self, whole: int, progress: Progress | None, is_cancelled: Callable[[], bool] | None) -> None:
        self._done, self._whole = 0, whole
        self._progress, self._is_cancelled = progress, is_cancelled

    def add(self, count: int) -> None:
        """Note some bytes; raises Cancelled."""
        self._done += count
        if self._progress is not None:
            self._progress(self._done, self._whole)
        if self._is_cancelled is not None and self._is_cancelled():
            raise Cancelled
