# SPDX-License-Identifier: Apache-2.0
"""The testimony under way in a drop box: its words, its recordings, its key, and its bundle on the disk.

What stands in `out/` is at any moment what the archive can import: one bundle with everything answered and written so
far, replaced whole at each change under the same number, and the sealed recordings. Sealing puts one bundle of all of
it in that bundle's place.
"""

from __future__ import annotations

from contextlib import suppress
from pathlib import Path

import msgspec

from testimony_app.dropbox import folder as layout
from testimony_app.dropbox import one_time_keys
from testimony_app.dropbox.prologue import Sender
from testimony_app.dropbox.takes import Takes, destroy
from testimony_app.errors import GovahError
from testimony_app.exchange import pack
from testimony_app.exchange.bag import Progress
from testimony_app.exchange.pack import Writer
from testimony_app.exchange.payloads import Drafts
from testimony_app.model.bundle import BundleFile
from testimony_app.model.custody import LogHead
from testimony_app.model.person import Identity
from testimony_app.model.testimony import Testimony
from testimony_app.vault.errors import DiskFull, DiskTrouble


class Deposit:
    """One witness's testimony, until it is sealed, erased or left behind."""

    def __init__(self, folder: Path, sender: Sender, testimony: Testimony) -> None:
        """Hold a new testimony; nothing is written yet."""
        self.sender = sender
        self.takes = Takes(sender, testimony, folder / layout.OUT, folder / layout.MAKING)
        self.identity: Identity | None = None
        self.testimony = testimony
        self._folder = folder
        self._out, self._making = folder / layout.OUT, folder / layout.MAKING
        self._prev = layout.read_page(folder, sender.disk).prev
        self._file = ""

    def whole(self) -> Testimony:
        """Return the testimony as it stands."""
        return msgspec.structs.replace(self.testimony, recordings=self.takes.all())

    def change(self, **changes: object) -> Testimony:
        """Return the testimony with other words in it, once they are sealed and on the disk."""
        before = self.testimony
        self.testimony = msgspec.structs.replace(before, **changes)
        try:
            self.write_down()
        except BaseException:
            self.testimony = before
            raise
        return self.whole()

    def write_down(self) -> None:
        """Put everything but the sound on the disk, in a bundle that replaces the one before."""
        self._write(self.testimony, None)

    def seal(self, progress: Progress | None) -> tuple[BundleFile, ...]:
        """Return the volumes of the whole testimony; after trouble everything is as it was."""
        self.takes.settle()
        files = self._write(self.whole(), progress)
        # It is sealed now. What it was made of goes; should that fail, the archive will say "already here".
        with suppress(GovahError):
            self.takes.discard_all()
        self.forget()
        return files

    def erase(self) -> None:
        """Destroy keys, sound and words; may be called again after trouble."""
        self.takes.discard_all()
        if self._file:
            destroy(self._out / self._file, self.sender.disk)
            self.sender.disk.sync_folder(self._out)
        self.forget()

    def forget(self) -> None:
        """Wipe every key; what is on the disk is the archive's from now on."""
        self.takes.forget()
        self.sender.key.wipe()

    def _write(self, testimony: Testimony, progress: Progress | None) -> tuple[BundleFile, ...]:
        sender = self.sender
        writer = Writer(
            device=one_time_keys.Signing(sender.key, self._folder / layout.KEYS, sender.disk),
            fingerprint=sender.fingerprint,
            seq=sender.key.serial,
            prev=self._prev,
            log_head=LogHead(seq=0, hash=""),
            day=sender.today(),
        )
        drafts = Drafts(size=self.takes.size, open=self.takes.reader)
        files = pack.write_volumes(
            writer, testimony, self.identity, drafts, [sender.archive], self._making, progress=progress
        )
        return self._publish(tuple(files))

    def _publish(self, files: tuple[BundleFile, ...]) -> tuple[BundleFile, ...]:
        """Move whole volumes where they are carried from, the first one over the bundle that stood there before."""
        disk = self.sender.disk
        name = self._file or files[0].name
        try:
            for file in files[1:]:
                disk.rename(self._making / file.name, self._out / file.name)
            disk.rename(self._making / files[0].name, self._out / name)
        except BaseException:
            for file in files:
                (self._making / file.name).unlink(missing_ok=True)
            for file in files[1:]:
                (self._out / file.name).unlink(missing_ok=True)
            raise
        self._file = name
        disk.sync_folder(self._out)
        self._note_prev(files[-1].tagmanifest_sha512)
        return (msgspec.structs.replace(files[0], name=name), *files[1:])

    def _note_prev(self, tagmanifest_sha512: str) -> None:
        # Without it the archive asks about a number that doesn't follow the one before; nothing is lost.
        with suppress(DiskFull, DiskTrouble):
            page = layout.read_page(self._folder, self.sender.disk)
            layout.write_page(self._folder, msgspec.structs.replace(page, prev=tagmanifest_sha512), self.sender.disk)
