# SPDX-License-Identifier: Apache-2.0
"""Create, open, lock: the object that owns the key, the database and the blobs.

What was acknowledged survives pulling the plug: a finished transaction, a finished blob, every synced chunk of a
recording. What was under way is either wholly there or wholly gone when the vault is next opened. Nothing
readable is ever written to the disk. One process at a time may have a vault open, and everything here but blob
readers, writers and slots belongs to the thread that opened it.
"""

from __future__ import annotations

from contextlib import AbstractContextManager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from testimony_app import diagnostics
from testimony_app.clock import Clock
from testimony_app.crypto import passphrase as _passphrase
from testimony_app.crypto.age import HybridIdentity
from testimony_app.crypto.keyring import Keyring, Kind
from testimony_app.crypto.passphrase import Cost
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.signing import DeviceKey
from testimony_app.model.partner import Card, Role
from testimony_app.vault import door, founding, rollback, rotation
from testimony_app.vault.blobs import Blobs
from testimony_app.vault.custody import Custody
from testimony_app.vault.disk import DISK, Disk
from testimony_app.vault.errors import DiskFull, DiskTrouble, VaultDamaged, VaultLocked
from testimony_app.vault.founding import BLOBS, OUT, QUARANTINE
from testimony_app.vault.keys import KeyFiles
from testimony_app.vault.lockfile import Lock
from testimony_app.vault.migrate import migrate
from testimony_app.vault.stores import Stores
from testimony_app.vault.ways import Ways


class Vault(Stores):
    """An open vault."""

    def __init__(self, folder: Path, lock: Lock, keys: KeyFiles, keyring: Keyring, *, clock: Clock, disk: Disk) -> None:
        """Hold what was opened; use `create` or `open`."""
        self.folder = folder
        self.clock = clock
        self.disk = disk
        self.keys = keys
        self._lock = lock
        self._keyring: Keyring | None = keyring
        self._blob_keys = keyring.root.blob_keys()
        self._device_keys = keyring.root.device_key_wrap()
        self._device: DeviceKey | None = None
        self._identity: HybridIdentity | None = None
        database = rotation.open_database(folder, keys, keyring)
        migrate(database)
        blobs = Blobs(database, folder / BLOBS, self._blob_keys, disk=disk)
        super().__init__(database, blobs, Custody(database, clock, self._keep_head), self._device_keys, clock)
        self.ways = Ways(keyring, keys, self.custody)

    @classmethod
    def create(  # noqa: PLR0913 - each is a fact of its own, given by name
        cls,
        folder: Path,
        *,
        role: Role,
        name: str,
        passphrase: Secret,
        clock: Clock,
        keep_until_receipt: bool = False,
        cost: Cost | None = None,
        key_file: Secret | None = None,
        disk: Disk = DISK,
    ) -> Self:
        """Make a new vault in an empty or missing folder and return it open; after a failure the folder is as before.

        Raises FolderNotEmpty, DiskFull, DiskTrouble.
        """
        cost = cost or _passphrase.calibrate()
        with founding.ground(folder, disk) as lock:
            keyring = founding.keyring(passphrase, cost, key_file)
            keys = KeyFiles(folder, disk)
            vault = cls(folder, lock, keys, keyring, clock=clock, disk=disk)
            try:
                with vault.transaction():
                    vault.custody.append("vault_created", role=role.value)
                    day = clock.now().date().isoformat()
                    vault.nameplate.write_first(role=role, name=name, day=day, keep_until_receipt=keep_until_receipt)
                keys.write_both(keyring)
                vault._secure_memory()
                founding.finish(folder, disk)
            except BaseException:
                vault._close()
                raise
        return vault

    @classmethod
    def open(  # noqa: PLR0913 - each is a fact of its own, given by name
        cls,
        folder: Path,
        passphrase: Secret,
        *,
        clock: Clock,
        key_file: Secret | None = None,
        kind: Kind = Kind.PASSPHRASE,
        despite_rollback: bool = False,
        is_here: bool = False,
        disk: Disk = DISK,
    ) -> Self:
        """Return the vault in a folder, open; with `kind=RECOVERY` the passphrase is a recovery secret of 32 bytes.

        A duress passphrase returns the vault beside it that it leads to; with `is_here` it is a wrong one.
        Raises NotAVault, WrongPassphrase, VaultInUse, VaultDamaged, VaultTooNew, LogBroken, RolledBack. With
        `despite_rollback` an older state that was put back is written into the custody log and taken as it stands.
        """
        way = door.through(folder, passphrase, kind=kind, key_file=key_file, is_here=is_here, disk=disk)
        with way as opened:
            vault = cls(opened.folder, opened.lock, opened.keys, opened.keyring, clock=clock, disk=disk)
            try:
                vault._look_after_opening(despite_rollback=despite_rollback)
            except BaseException:
                vault._close()
                raise
        return vault

    @property
    def name(self) -> str:
        """What the vault is called on its card."""
        return self.card().name

    @property
    def role(self) -> Role:
        """What the vault is for."""
        return self.nameplate.role

    @property
    def keep_until_receipt(self) -> bool:
        """Whether sealing leaves a readable copy here until the archive's receipt."""
        return self.nameplate.keep_until_receipt

    @property
    def quarantine(self) -> Path:
        """The folder where what came from outside waits, encrypted; emptied at every opening."""
        return self.folder / QUARANTINE

    @property
    def out(self) -> Path:
        """The folder of sealed bundles."""
        return self.folder / OUT

    @property
    def is_locked(self) -> bool:
        """Tell whether the keys are gone."""
        return self._keyring is None

    @property
    def keyring(self) -> Keyring:
        """The open key file. Raises VaultLocked."""
        if self._keyring is None:
            raise VaultLocked
        return self._keyring

    @property
    def device(self) -> DeviceKey:
        """The key this device signs with; wiped by `lock`."""
        if self._device is None:
            self._device = self.nameplate.device()
        return self._device

    @property
    def identity(self) -> HybridIdentity:
        """The age key that opens what is sent to this vault; wiped by `lock`."""
        if self._identity is None:
            self._identity = self.nameplate.identity()
        return self._identity

    def card(self) -> Card:
        """Return the public card."""
        return self.nameplate.card()

    def card_bytes(self) -> bytes:
        """Return the public card in its canonical form."""
        return self.nameplate.card_bytes()

    @property
    def former_cards(self) -> tuple[str, ...]:
        """Fingerprints of this vault's earlier cards."""
        return self.nameplate.former_cards()

    def change_device(self, device: DeviceKey, card: Card, card_file: bytes) -> None:
        """Sign with other keys from now on, under another card; the old ones are out of reach when this returns."""
        with self.transaction():
            self.nameplate.put_device(device, card, card_file)
            self.custody.append("keys_renewed")
        if self._device is not None:
            self._device.wipe()
            self._device = None
        self.rotate()

    def transaction(self) -> AbstractContextManager[None]:
        """Make everything inside happen, or nothing of it; may be nested."""
        return self.database.transaction()

    def shred(self) -> None:
        """Empty the write-ahead log: what was deleted is then overwritten in the database's file."""
        self.database.checkpoint()

    def rotate(self) -> None:
        """Write the database anew under a fresh key and forget the old one: deleted keys are then out of reach.

        Safe at any moment: both keys stand in the key file until the new database has taken its place.
        """
        rotation.rotate(self.folder, self.database, self.keys, self.keyring, self.disk)

    def lock(self) -> None:
        """Forget every key and close; a second time does nothing."""
        if self._keyring is None:
            return
        with suppress(DiskFull, DiskTrouble, VaultDamaged, VaultLocked):
            self._keep_head()
            self.database.checkpoint()
        self._close()

    def __enter__(self) -> Self:
        """Use the vault within a block."""
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """Lock after the block."""
        self.lock()

    def _look_after_opening(self, *, despite_rollback: bool) -> None:
        if despite_rollback:
            rollback.accept(self.database, self.custody)
        else:
            rollback.compare(self.database, self.custody, self.keyring.log_head)
        if self.keys.was_repaired:
            self.custody.append("keys_repaired")
        self._settle_in()

    def _settle_in(self) -> None:
        """Set what depends on the role, and remove what a crash may have left half made."""
        self._secure_memory()
        rotation.remove_next(self.folder, self.disk)
        founding.empty_folder(self.quarantine, self.disk)
        self.blobs.sweep()
        founding.sweep_out(self.out, {known.file.name for known in self.bundles.sealed()}, self.custody, self.disk)

    def _secure_memory(self) -> None:
        # Not in an archive: a search over 55,000 testimonies would take ten to twenty times as long. There,
        # locking ends the process that held the keys.
        if self.role is Role.COLLECTOR:
            self.database.secure_memory()

    def _keep_head(self) -> None:
        """Let the key file know where the log stands, so that an older database beside it is noticed.

        The transaction is on the disk already: a key file that can't be written now is no reason to report
        it as failed, and the next entry writes a newer head.
        """
        head = self.custody.head()
        if not self.keys.exist() or self.keyring.log_head == (head.seq, head.hash):
            return
        self.keyring.set_log_head(head.seq, head.hash)
        try:
            self.keys.write(self.keyring)
        except (DiskFull, DiskTrouble) as error:
            diagnostics.note("vault.head-not-kept", reason=error.code)

    def _close(self) -> None:
        self.database.close()
        for key in (self._blob_keys, self._device_keys, self._device, self._identity):
            if key is not None:
                key.wipe()
        self._device = self._identity = None
        if self._keyring is not None:
            self._keyring.lock()
            self._keyring = None
        self._lock.release()
