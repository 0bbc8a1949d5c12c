# SPDX-License-Identifier: Apache-2.0
"""The process in which foreign bytes are parsed: it has given up nearly everything, and holds one key.

Started as `python -m testimony_app.exchange.receive_child`, or by the frozen program with `--receive-child`
as its first argument. Its task comes over standard input, its answers go to standard output (wire.py).
It opens the one file, where it lies, before it gives up the rest, and reads each of its bytes once (once.py).
It writes nothing but encrypted files with random names into the one quarantine folder it was given, each
under a file key of its own, so that nothing readable stands on the disk at any moment.
"""

from __future__ import annotations

import hashlib
import os
import secrets
import sys
from contextlib import closing
from io import FileIO
from pathlib import Path
from typing import BinaryIO

import msgspec

from testimony_app.crypto import errors as crypto_errors
from testimony_app.crypto.chunks import FILE_KEY, payload_size
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.stream import PayloadWriter
from testimony_app.errors import GovahError
from testimony_app.exchange import bag_check, confine, inner, live_reading, signers, tagfiles, wire
from testimony_app.exchange.contents import Item
from testimony_app.exchange.envelope import open_envelope, sort_damage
from testimony_app.exchange.errors import BundleRefused, NoRoom, ReaderStopped
from testimony_app.exchange.hashing import digest_for
from testimony_app.exchange.landing import FULL
from testimony_app.exchange.limits import MIB, STATEMENT_MAX, TESTIMONY_JSON_MAX
from testimony_app.exchange.medium import NewFile, medium
from testimony_app.exchange.once import ReadOnce
from testimony_app.exchange.quarantine import opened
from testimony_app.model.bundle import PayloadBlob

_BEAT_EVERY = 16 * MIB
_KEPT_MAX = max(TESTIMONY_JSON_MAX, STATEMENT_MAX)


def main() -> int:
    """Do the one task that standard input brings; the answers, good or bad, go to standard output."""
    source, answers = sys.stdin.buffer, sys.stdout.buffer
    try:
        task = msgspec.msgpack.decode(wire.receive(source), type=wire.Task)
        wire.send(answers, _work(task, _Talk(source, answers)))
    except (wire.Silence, BrokenPipeError):
        return 1
    return 0


class _Talk:
    """The two pipes, for what is said while the work goes on."""

    def __init__(self, source: BinaryIO, answers: BinaryIO) -> None:
        self._source, self._answers = source, answers
        self._done = self._beaten = 0

    def ask(self, head: wire.HeadRead) -> None:
        """Show the signed page and wait until the parent lets the work go on."""
        wire.send(self._answers, head)
        msgspec.msgpack.decode(wire.receive(self._source), type=wire.GoOn)

    def read(self, count: int) -> None:
        """Note that so many bytes more were read; say so now and then."""
        self._done += count
        if self._done - self._beaten >= _BEAT_EVERY:
            self._beaten = self._done
            confine.still_alive()
            wire.send(self._answers, wire.Beat(done=self._done))


def _work(task: wire.Task, talk: _Talk) -> wire.Done | wire.Heard | wire.Said:
    """Open the one file, give up all else, and read."""
    folder = Path(task.folder) if task.folder else None
    try:
        with opened(Path(task.path)) as file:
            confine.give_up(folder, os.fstat(file.fileno()).st_size)
            return _answer(task, file, folder, talk)
    except BundleRefused as error:
        return wire.Said(code=error.code, facts=error.facts)


def _answer(task: wire.Task, file: FileIO, folder: Path | None, talk: _Talk) -> wire.Done | wire.Heard | wire.Said:
    try:
        with closing(_Blobs(folder, talk)) as blobs:
            if task.is_live:
                return live_reading.read(task, file, talk.ask, blobs.sealed_file, talk.read)
            return _read(task, file, blobs, talk)
    except GovahError as error:
        return wire.Said(code=error.code, facts=error.facts)
    except MemoryError:
        return wire.Said(code=ReaderStopped.code, facts={"why": "memory"})
    except OSError as error:
        if error.errno in FULL:
            return wire.Said(code=NoRoom.code, facts={"needed": os.fstat(file.fileno()).st_size})
        return wire.Said(code=ReaderStopped.code, facts={"why": "input-output", "errno": error.errno})


def _read(task: wire.Task, file: FileIO, blobs: _Blobs, talk: _Talk) -> wire.Done:
    with digest_for(os.fstat(file.fileno()).st_size, "sha256") as digest:
        return _read_once(task, ReadOnce(file, digest), blobs, talk)


def _read_once(task: wire.Task, file: ReadOnce, blobs: _Blobs, talk: _Talk) -> wire.Done:
    envelope = open_envelope(file, Secret(bytearray(task.identity)))
    expected: int | None = None
    try:
        with envelope.plain as plain:
            head = bag_check.read_head(plain)
            # Who signed is settled before anything of what was signed is looked at.
            signer = signers.find(head.untrusted_files, task.signers)
            page = bag_check.check_head(head)
            signers.check_number(head.untrusted_files, page)
            signers.check_addresses(page, signer, task.own, task.signers)
            expected = envelope.payload_start + payload_size(bag_check.tar_length(head, page))
            talk.ask(_head_read(head, signer, is_mixed=envelope.is_mixed))
            bag_check.read_payloads(plain, head, page, blobs.sink_for)
    except (crypto_errors.PayloadTampered, crypto_errors.PayloadTruncated, crypto_errors.HeaderDamaged) as error:
        raise sort_damage(error, envelope, expected) from None
    inner.check(page, blobs.testimony_json, blobs.statement)
    return wire.Done(
        testimony_json=blobs.testimony_json,
        statement=blobs.statement,
        payloads=tuple(blobs.finished),
        keys=tuple(blobs.keys),
        ciphertext_sha256=file.hexdigest(),
        byte_count=file.size,
    )


def _head_read(head: bag_check.RawHead, signer: wire.KnownSigner | None, *, is_mixed: bool) -> wire.HeadRead:
    files = head.untrusted_files
    return wire.HeadRead(
        signer=signer.fingerprint if signer else "",
        bundle_json=files[tagfiles.BUNDLE_JSON],
        tagmanifest_sha512=hashlib.sha512(files[tagfiles.TAGMANIFEST]).hexdigest(),
        is_mixed=is_mixed,
    )


class _Blobs:
    """Where payloads go: each into an encrypted file of its own, or nowhere when nothing is to be written."""

    def __init__(self, folder: Path | None, talk: _Talk) -> None:
        self._folder, self._talk = folder, talk
        kept = (tagfiles.TESTIMONY_JSON, tagfiles.STATEMENT_TXT, tagfiles.CONSENT_JSON)
        self._kept: dict[str, bytearray] = {path: bytearray() for path in kept}
        self.finished: list[PayloadBlob] = []
        self.keys: list[bytes] = []
        self._open: _SealedFile | None = None

    @property
    def testimony_json(self) -> bytes:
        """What `data/testimony.json` holds, or `data/consent.json` where that stands alone."""
        return bytes(self._kept[tagfiles.TESTIMONY_JSON] or self._kept[tagfiles.CONSENT_JSON])

    @property
    def statement(self) -> bytes:
        """What `data/text/statement.txt` holds, or nothing."""
        return bytes(self._kept[tagfiles.STATEMENT_TXT])

    def sink_for(self, item: Item) -> _Sink:
        """Return where one payload goes."""
        kept = self._kept.get(item.path)
        if kept is not None and item.bytes > _KEPT_MAX:
            inner.refuse_length(item.path)
        return _Sink(item, kept, self.sealed_file(), self)

    def sealed_file(self) -> _SealedFile | None:
        """Return a new encrypted file, or nothing when nothing is to be written."""
        if self._folder is None:
            return None
        sealed = self._open = _SealedFile(self._folder)
        self.keys.append(bytes(sealed.key.view))
        return sealed

    def close(self) -> None:
        """Let go of a file that was left in the middle."""
        if self._open is not None:
            self._open.close()

    def note(self, item: Item, sealed: _SealedFile | None) -> None:
        """Write down that a payload is whole."""
        if sealed is not None:
            self.finished.append(
                PayloadBlob(
                    path=item.path,
                    media_type=item.media_type,
                    byte_count=item.bytes,
                    sha512=item.sha512,
                    blob=sealed.name,
                    blob_byte_count=payload_size(item.bytes),
                )
            )

    def read(self, count: int) -> None:
        """Pass on how much was read."""
        self._talk.read(count)


class _SealedFile:
    """One encrypted file in quarantine under a generated name."""

    def __init__(self, folder: Path) -> None:
        self.name = secrets.token_hex(16)
        self.key = Secret.random(FILE_KEY)
        self._file = NewFile(folder / self.name)
        try:
            self.payload = PayloadWriter(self, self.key)
        except BaseException:
            self.close()
            raise

    def write(self, data: memoryview, /) -> int:
        """Take ciphertext from the payload writer."""
        return self._file.write(data)

    def finish(self) -> None:
        """Mark the end and put the file on the disk."""
        self.payload.finish()
        medium().sync(self._file.fileno())
        self.close()

    def close(self) -> None:
        """Let go of the file; may be called again."""
        self._file.close()


class _Sink:
    """One payload on its way."""

    def __init__(self, item: Item, kept: bytearray | None, sealed: _SealedFile | None, blobs: _Blobs) -> None:
        self._item, self._kept, self._sealed, self._blobs = item, kept, sealed, blobs

    def write(self, data: memoryview, /) -> None:
        """Take a piece that is authentic, but not yet compared with its signed digest."""
        if self._kept is not None:
            self._kept += data
        if self._sealed is not None:
            self._sealed.payload.write(data)
        self._blobs.read(data.nbytes)

    def finish(self) -> None:
        """The digest fits: close the file."""
        if self._sealed is not None:
            self._sealed.finish()
        self._blobs.note(self._item, self._sealed)


if __name__ == "__main__":
    sys.exit(main())
