# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a vault.

| code                       | family  | when                                                        |
| -------------------------- | ------- | ----------------------------------------------------------- |
| vault.wrong-passphrase     | Refusal | no slot of the key file opens with what was given           |
| vault.not-a-vault          | Refusal | the folder holds no vault                                   |
| vault.in-use               | Refusal | another process has the vault open                          |
| vault.folder-not-empty     | Refusal | a vault is to be made where something already is            |
| vault.disk-full            | Refusal | the disk took no more                                       |
| vault.disk-trouble         | Refusal | the disk refused a write or a read for another reason       |
| vault.too-new              | Refusal | a newer version of the program made this vault              |
| vault.locked               | Refusal | the vault was locked meanwhile                              |
| vault.unknown-code         | Refusal | no testimony here has this code                             |
| vault.code-not-unique      | Refusal | several testimonies here have this code                     |
| vault.not-found            | Refusal | the vault holds nothing with this identifier                |
| vault.not-a-backup         | Refusal | the folder holds no backup                                  |
| vault.practice             | Refusal | a practice vault was to be opened as if it were a real one  |
| vault.not-practice         | Refusal | a real vault was to be opened in practice                   |
| vault.not-removable        | Refusal | the last way of opening the vault can't be dropped          |
| vault.damaged              | Damage  | key file or database are not what was written               |
| vault.log-broken           | Damage  | the custody log is no longer one unbroken chain             |
| vault.rolled-back          | Damage  | an older state was put back: tables, log and keys disagree  |
| vault.blob-damaged         | Damage  | an encrypted file is missing, cut short or altered          |
| vault.backup-damaged       | Damage  | a backup is not what was written                            |
"""

from __future__ import annotations

from testimony_app.errors import Damage, Refusal


class WrongPassphrase(Refusal):
    """The passphrase opens none of the vault's locks."""

    code = "vault.wrong-passphrase"


class NotAVault(Refusal):
    """The folder holds no vault."""

    code = "vault.not-a-vault"


class VaultInUse(Refusal):
    """Somebody else has the vault open."""

    code = "vault.in-use"


class FolderNotEmpty(Refusal):
    """A vault is to be made where something already is."""

    code = "vault.folder-not-empty"


class DiskFull(Refusal):
    """The disk took no more; what was acknowledged before is safe."""

    code = "vault.disk-full"


class DiskTrouble(Refusal):
    """The disk refused a write or a read; `reason` is the system's own short name for it."""

    code = "vault.disk-trouble"


class VaultTooNew(Refusal):
    """A newer version of the program made this vault."""

    code = "vault.too-new"


class VaultLocked(Refusal):
    """The vault was locked meanwhile."""

    code = "vault.locked"


class UnknownCode(Refusal):
    """No testimony here has this code."""

    code = "vault.unknown-code"


class CodeNotUnique(Refusal):
    """Several testimonies here have this code; their identifiers tell them apart."""

    code = "vault.code-not-unique"


class NotFound(Refusal):
    """The vault holds nothing with this identifier; `what` says what kind of thing."""

    code = "vault.not-found"


class NotABackup(Refusal):
    """The folder holds no backup."""

    code = "vault.not-a-backup"


class PracticeVault(Refusal):
    """A practice vault was to be opened as if it were a real one."""

    code = "vault.practice"


class NotAPracticeVault(Refusal):
    """A real vault was to be opened in practice."""

    code = "vault.not-practice"


class NotRemovable(Refusal):
    """The last way of opening the vault can't be dropped."""

    code = "vault.not-removable"


class VaultDamaged(Damage):
    """The key file or the database are not what was written; `what` is `keys` or `database`."""

    code = "vault.damaged"


class LogBroken(Damage):
    """The custody log is no longer one unbroken chain; `seq` is the first entry that does not fit."""

    code = "vault.log-broken"


class RolledBack(Damage):
    """An older state was put back; `what` names the kind of row, or `log`."""

    code = "vault.rolled-back"


class BlobDamaged(Damage):
    """An encrypted file is missing, cut short or altered; `reason` says which."""

    code = "vault.blob-damaged"


class BackupDamaged(Damage):
    """A backup is not what was written; `what` names the part."""

    code = "vault.backup-damaged"
