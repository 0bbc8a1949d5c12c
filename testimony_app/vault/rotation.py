# SPDX-License-Identifier: Apache-2.0
"""The database under a fresh key, so that what was deleted is out of reach of whoever finds old pages.

Safe at any moment: (1) the new key stands in both key files beside the old; (2) a compacted copy under it is on the
disk; (3) the copy takes the database's place; (4) the key files forget the old key. After a power cut the next
opening finds either database and knows its key.
"""

from __future__ import annotations

from pathlib import Path

from testimony_app.crypto.keyring import Keyring
from testimony_app.crypto.secret import Secret
from testimony_app.vault.database import Database
from testimony_app.vault.disk import Disk
from testimony_app.vault.errors import VaultDamaged
from testimony_app.vault.founding import DATABASE, NEXT_DATABASE, sync_file
from testimony_app.vault.keys import KeyFiles


def rotate(folder: Path, database: Database, keys: KeyFiles, keyring: Keyring, disk: Disk) -> None:
    """Write the database anew under a fresh key and forget the old one."""
    new = folder / NEXT_DATABASE
    remove_next(folder, disk)
    with keyring.begin_epoch() as key:
        keys.write_both(keyring)
        try:
            database.copy_to(new, key)
            sync_file(new, disk)
        except BaseException:
            remove_next(folder, disk)
            raise
        try:
            database.replace_with(new, key, disk)
        except BaseException:
            _go_on_with_either(database, key, keyring)
            raise
    keyring.finish_epoch()
    keys.write_both(keyring)


def open_database(folder: Path, keys: KeyFiles, keyring: Keyring) -> Database:
    """Return the vault's database, finishing a rotation that was cut short. Raises VaultDamaged."""
    following = keyring.next_database_key()
    try:
        with keyring.database_key() as key:
            return Database(folder / DATABASE, key)
    except VaultDamaged:
        # A rotation may have been cut between putting the new database in place and saying so.
        if following is None:
            raise
        database = Database(folder / DATABASE, following)
        keyring.finish_epoch()
        keys.write_both(keyring)
        return database
    finally:
        if following is not None:
            following.wipe()


def _go_on_with_either(database: Database, following: Secret, keyring: Keyring) -> None:
    """Open whichever database stands there after the exchange failed, so that the vault stays usable.

    The key files on the disk know both keys until they are written the next time.
    """
    try:
        with keyring.database_key() as key:
            database.reopen(key)
    except VaultDamaged:
        database.reopen(following)
        keyring.finish_epoch()


def remove_next(folder: Path, disk: Disk) -> None:
    """Remove what a rotation that was cut short left."""
    for suffix in ("", "-wal", "-shm", "-journal"):
        disk.unlink(folder / (NEXT_DATABASE + suffix))
