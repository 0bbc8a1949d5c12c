# SPDX-License-Identifier: Apache-2.0
"""Encrypted files: BlobWriter, BlobReader; safe to use from any thread once they have their key.

A blob is an age payload without a header under `blobs/xx/<32 hex digits>`. Its random file key lives in the
database row alone, wrapped; dropping that row is what deletes the blob, removing the file is tidying.
The row stands in the database before the first byte of the file, so that a crash leaves nothing unknown.
Everything in the class `Blobs` belongs to the database's thread; writers, readers and slots do not.
"""

from __future__ import annotations

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Self

import msgspec

from testimony_app.crypto.chunks import BATCH, CHUNK
from testimony_app.crypto.errors import HeaderDamaged
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.stream import FILE_KEY, NONCE, SEALED_CHUNK, PayloadReader, PayloadWriter
from testimony_app.model.ids import BlobId
from testimony_app.vault.database import Database
from testimony_app.vault.disk import DISK, Disk
from testimony_app.vault.errors import BlobDamaged, DiskTrouble, NotFound
from testimony_app.vault.wrapping import unwrap, wrap

OPEN, COMPLETE, CUT = 0, 1, 2
"""How a blob stands: being written, whole, or left without its end by a crash and kept as far as it is authentic."""


class FinishedBlob(msgspec.Struct, frozen=True):
    """A blob whose last byte is on the disk: length of its content, SHA-512 of its ciphertext."""

    blob: BlobId
    byte_count: int
    sha512: str
    """Empty when nobody has taken it yet: the chunks vouch for themselves under the blob's own key."""


class Prologue(msgspec.Struct, frozen=True):
    """What stands before the content of a file that others must be able to open without our database."""

    header: bytes
    """In the clear, and on the disk before any content: an age header."""
    opening: bytes
    """Sealed like the content, but not counted as such: whole chunks."""


class _Sink:
    """Where a payload is written: the file, and the digest of what went there."""

    def __init__(self, descriptor: int, disk: Disk) -> None:
        self.digest = hashlib.sha512()
        self._descriptor = descriptor
        self._disk = disk

    def write(self, data: memoryview, /) -> None:
        """Write all of it or raise."""
        self._disk.write_all(self._descriptor, data)
        self.digest.update(data)


class BlobWriter:
    """Writes one new encrypted file, forward; needs no database."""

    def __init__(self, path: Path, file_key: Secret, *, disk: Disk = DISK, prologue: Prologue | None = None) -> None:
        """Make the file, which must not exist, and put its name, and what stands before the content, on the disk."""
        self.blob = BlobId(path.name)
        self.byte_count = 0
        self._path = path
        self._disk = disk
        self._descriptor = disk.open_new(path)
        try:
            if prologue is not None:
                disk.write_all(self._descriptor, prologue.header)
                disk.sync(self._descriptor)
            disk.sync_folder(path.parent)
            self._sink = _Sink(self._descriptor, disk)
            self._payload = PayloadWriter(self._sink, file_key)
            if prologue is not None:
                self._payload.write(prologue.opening)
        except BaseException:
            self._close()
            disk.unlink(path)
            raise

    @property
    def chunks_written(self) -> int:
        """How many sealed chunks the file has been given."""
        return self._payload.chunks_written

    def write(self, data: bytes | bytearray | memoryview) -> int:
        """Take all the bytes; every full chunk that another byte follows goes to the file at once."""
        count = self._payload.write(data)
        self.byte_count += count
        return count

    def sync(self) -> None:
        """Return when every sealed chunk is on the disk."""
        self._disk.sync(self._descriptor)

    def finish(self) -> FinishedBlob:
        """Mark the end, put everything on the disk, and return what the database should know."""
        self._payload.finish()
        self.sync()
        self._close()
        self._disk.blur_time(self._path)
        return FinishedBlob(blob=self.blob, byte_count=self.byte_count, sha512=self._sink.digest.hexdigest())

    def abandon(self) -> None:
        """Leave the file without its end: what was sealed stays readable as an interrupted blob."""
        self._payload.abandon()
        self._close()

    def discard(self) -> None:
        """Remove the file."""
        self.abandon()
        self._disk.unlink(self._path)

    def _close(self) -> None:
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1

    def __enter__(self) -> Self:
        """Write within a block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Remove the file after a block that failed; finishing is the caller's to say, since it returns a value."""
        if kind is not None:
            self.discard()
        else:
            self._close()


class BlobReader(PayloadReader):
    """Reads one encrypted file from any position; needs no database; closes its file."""

    def __init__(
        self, path: Path, file_key: Secret, *, allow_unterminated: bool = False, start: int = 0, skip: int = 0
    ) -> None:
        """Open the file and its nonce. Raises BlobDamaged when the file is missing or has not even that.

        `start` and `skip` are the lengths of a prologue's header and opening.
        """
        self._handle = None
        try:
            self._handle = path.open("rb", buffering=0)
            super().__init__(self._handle, file_key, start=start, skip=skip, allow_unterminated=allow_unterminated)
        except FileNotFoundError as error:
            raise BlobDamaged(reason="missing") from error
        except HeaderDamaged as error:
            self.close()
            raise BlobDamaged(reason="cut-short") from error

    def close(self) -> None:
        """Forget the key and close the file."""
        if getattr(self, "_plain", None) is not None:
            super().close()
        if self._handle is not None:
            self._handle.close()


class SegmentSlot:
    """A blob promised to a recording: everything its writer thread needs, and no database."""

    def __init__(self, index: int, path: Path, file_key: Secret, encoding: str, *, disk: Disk = DISK) -> None:
        """Hold what the row says; the file is not there yet."""
        self.index = index
        self.blob = BlobId(path.name)
        self.path = path
        self.file_key = file_key
        self.encoding = encoding
        self._disk = disk

    def writer(self, disk: Disk | None = None) -> BlobWriter:
        """Make the file and return what writes it, on another disk layer if one is handed in."""
        return BlobWriter(self.path, self.file_key, disk=disk or self._disk)

    def reader(self, *, allow_unterminated: bool = False) -> BlobReader:
        """Return what reads the file."""
        return BlobReader(self.path, self.file_key, allow_unterminated=allow_unterminated)

    def again(self, file_key: Secret) -> SegmentSlot:
        """Return the same place with a key of its own, for whoever kept one."""
        return SegmentSlot(self.index, self.path, file_key.copy(), self.encoding, disk=self._disk)

    def cut_after(self, chunks: int) -> None:
        """Cut the file after so many chunks of content; what follows was never acknowledged."""
        os.truncate(self.path, NONCE + chunks * SEALED_CHUNK)

    def wipe(self) -> None:
        """Forget the file key."""
        self.file_key.wipe()


class BlobOpener:
    """Opens one known blob from any thread: what its row said, and no database."""

    def __init__(
        self, blob: BlobId, path: Path, wrap_key: Secret, wrapped: bytes, standing: int, byte_count: int
    ) -> None:
        """Hold what the row says; its key is unwrapped when the file is opened."""
        self.blob, self.path, self.standing, self.byte_count = blob, path, standing, byte_count
        self._wrap_key, self._wrapped = wrap_key, wrapped

    def open(self, *, allow_unterminated: bool = False) -> BlobReader:
        """Return a seekable reader whose end has been verified, as `Blobs.open` does."""
        with unwrap(self._wrap_key, self.blob, self._wrapped) as key:
            reader = BlobReader(self.path, key, allow_unterminated=allow_unterminated or self.standing == CUT)
        try:
            _check_length(reader, self.byte_count if self.standing != OPEN else None)
        except BaseException:
            reader.close()
            raise
        return reader

    def digest(self) -> str:
        """Return the SHA-512 of the file, taken now, every chunk opened first; raises what that raises."""
        with self.open() as reader:
            buffer = bytearray(CHUNK * BATCH)
            while reader.readinto(buffer):
                pass
        with self.path.open("rb") as file:
            return hashlib.file_digest(file, "sha512").hexdigest()


class Blobs:
    """The rows of all blobs, and the folder that holds their files."""

    def __init__(self, database: Database, folder: Path, wrap_key: Secret, *, disk: Disk = DISK) -> None:
        """Work on the blobs in this folder with the keys in this database."""
        self._database = database
        self._folder = folder
        self._wrap_key = wrap_key
        self.disk = disk

    def path(self, blob: BlobId) -> Path:
        """Return where a blob's file is, or would be."""
        return self._folder / blob[:2] / blob

    def create(self) -> BlobWriter:
        """Return a writer for a new blob whose row already stands; hand what it finishes with to `keep`."""
        slot = self.reserve(0, "")
        try:
            return slot.writer()
        finally:
            slot.wipe()

    def reserve(self, index: int, encoding: str) -> SegmentSlot:
        """Write the row of a new blob and return what writes and reads its file, from any thread."""
        blob = BlobId(secrets.token_hex(16))
        key = Secret.random(FILE_KEY)
        self._make_folder(blob)
        sql = "INSERT INTO blob (id, file_key) VALUES (?, ?)"
        self._database.execute(sql, (blob, wrap(self._wrap_key, blob, key)))
        return SegmentSlot(index, self.path(blob), key, encoding, disk=self.disk)

    def keep(self, finished: FinishedBlob) -> None:
        """Write down that a blob is complete, its length and its digest."""
        self._write_down(COMPLETE, finished)

    def _write_down(self, standing: int, finished: FinishedBlob) -> None:
        sql = "UPDATE blob SET standing = ?, byte_count = ?, sha512 = ? WHERE id = ?"
        if not self._database.execute(sql, (standing, finished.byte_count, finished.sha512, finished.blob)):
            raise NotFound(what="blob")

    def settle(self, blob: BlobId) -> None:
        """Write down what the file of a blob turns out to be, complete or cut by a crash; one known already stays."""
        if self._database.value("SELECT standing FROM blob WHERE id = ?", (blob,)) != OPEN:
            return
        with self.open(blob, allow_unterminated=True) as reader:
            size, is_cut = reader.size(), reader.is_unterminated
        with self.path(blob).open("rb") as file:
            sha512 = hashlib.file_digest(file, "sha512").hexdigest()
        self._write_down(CUT if is_cut else COMPLETE, FinishedBlob(blob=blob, byte_count=size, sha512=sha512))
        self.disk.blur_time(self.path(blob))

    def adopt(self, file: Path, file_key: Secret, finished: FinishedBlob) -> BlobId:
        """Move a finished encrypted file from quarantine among the blobs and return its identifier."""
        slot = self.reserve(0, "")
        slot.wipe()
        blob = slot.blob
        self._database.execute(
            "UPDATE blob SET file_key = ? WHERE id = ?", (wrap(self._wrap_key, blob, file_key), blob)
        )
        self.keep(FinishedBlob(blob, finished.byte_count, finished.sha512))
        self.disk.rename(file, slot.path)
        self.disk.sync_folder(slot.path.parent)
        self.disk.blur_time(slot.path)
        return blob

    def known_digest(self, blob: BlobId) -> str:
        """Return the SHA-512 of a finished blob's file, or nothing where it was never taken."""
        return self._database.value("SELECT sha512 FROM blob WHERE id = ?", (blob,)) or ""

    def keep_digests(self, digests: Iterable[tuple[BlobId, str]]) -> None:
        """Write down digests that were taken of finished blobs."""
        sql = "UPDATE blob SET sha512 = ? WHERE id = ?"
        self._database.execute_many(sql, [(sha512, blob) for blob, sha512 in digests])

    def digest(self, blob: BlobId) -> str:
        """Return the SHA-512 of a finished blob's file, taken now, every chunk opened first, where it wasn't known.

        Raises what `open` and reading raise.
        """
        known = self.known_digest(blob)
        if not known:
            known = self.opener(blob).digest()
            self.keep_digests([(blob, known)])
        return known

    def slot(self, blob: BlobId, *, index: int = 0, encoding: str = "") -> SegmentSlot:
        """Return what reads a known blob from any thread. Raises NotFound."""
        row = self._database.row("SELECT file_key FROM blob WHERE id = ?", (blob,))
        if row is None:
            raise NotFound(what="blob")
        key = unwrap(self._wrap_key, blob, row[0])
        return SegmentSlot(index, self.path(blob), key, encoding, disk=self.disk)

    def open(self, blob: BlobId, *, allow_unterminated: bool = False) -> BlobReader:
        """Return a seekable reader whose end has been verified; a blob known to be cut is read as far as it goes.

        Raises NotFound without a row, BlobDamaged or a crypto Damage when the file is not what was written.
        """
        return self.opener(blob).open(allow_unterminated=allow_unterminated)

    def opener(self, blob: BlobId) -> BlobOpener:
        """Return what opens a blob later and from any thread, while the vault is open. Raises NotFound."""
        row = self._database.row("SELECT file_key, standing, byte_count FROM blob WHERE id = ?", (blob,))
        if row is None:
            raise NotFound(what="blob")
        return BlobOpener(blob, self.path(blob), self._wrap_key, *row)

    def delete(self, blobs: Iterable[BlobId]) -> None:
        """Drop the keys of blobs now and remove their files once that is on the disk."""
        gone = list(blobs)
        self._database.execute_many("DELETE FROM blob WHERE id = ?", [(blob,) for blob in gone])
        self._database.after_commit(lambda: self._unlink(gone))

    def _unlink(self, blobs: list[BlobId]) -> None:
        for blob in blobs:
            # A file that can't be removed now is without its key already, and is swept at the next open.
            with suppress(DiskTrouble):
                self.disk.unlink(self.path(blob))

    def files(self) -> Iterator[Path]:
        """Yield every file in the folder."""
        for folder in sorted(self._folder.iterdir()):
            if folder.is_dir():
                yield from sorted(folder.iterdir())

    def sweep(self) -> int:
        """Remove files without a key and rows that were never used; return how many files went."""
        unused = (
            "SELECT id FROM blob WHERE standing = 0 AND id NOT IN (SELECT blob FROM segment)"
            " AND id NOT IN (SELECT blob FROM slot) AND id NOT IN (SELECT blob FROM attachment)"
        )
        with self._database.transaction():
            self.delete([BlobId(row[0]) for row in self._database.rows(unused)])
        known = {row[0] for row in self._database.rows("SELECT id FROM blob")}
        stray = [file for file in self.files() if file.name not in known]
        for file in stray:
            self.disk.unlink(file)
        return len(stray)

    def _make_folder(self, blob: BlobId) -> None:
        folder = self.path(blob).parent
        if not folder.exists():
            self.disk.make_folder(folder)
            self.disk.sync_folder(self._folder)


def _check_length(reader: BlobReader, expected: int | None) -> None:
    """Verify the end of the content, and its length where that is known."""
    size = reader.size()
    if expected is not None and size != expected:
        raise BlobDamaged(reason="length")
