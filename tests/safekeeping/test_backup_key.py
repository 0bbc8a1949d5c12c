# SPDX-License-Identifier: Apache-2.0
"""An archive's bare key opens its backups, without a passphrase and without the vault's own key file."""

from __future__ import annotations

import io
from contextlib import closing

import pytest

from testimony_app.crypto.age import HybridIdentity
from testimony_app.crypto.passphrase import CHEAP
from testimony_app.crypto.secret import Secret
from testimony_app.exchange.unseal import unseal
from testimony_app.model.partner import Role
from testimony_app.vault.backup import back_up
from testimony_app.vault.database import Database
from testimony_app.vault.vault import Vault
from testimony_app.vault.wrapping import unwrap
from tests.builders import a_testimony

CONTENT = b"letter" * 1000


@pytest.fixture
def archive(tmp_path, clock):
    """Return an archive's vault with an attachment in it, open."""
    facts = {"role": Role.ARCHIVE, "name": "n", "passphrase": Secret(b"seven"), "clock": clock, "cost": CHEAP}
    with Vault.create(tmp_path / "archive", **facts) as vault:
        testimony = vault.testimonies.add(a_testimony())
        vault.testimonies.attach(testimony.id, io.BytesIO(CONTENT), media_type="a/b", title="")
        yield vault


def test_the_bare_key_opens_database_and_blobs_of_a_backup(archive, tmp_path):
    """Only the newest state has such a file; its two keys are those of the database and of the blobs beside it."""
    back_up(archive, tmp_path / "backup")
    back_up(archive, tmp_path / "backup")
    (file,) = (tmp_path / "backup").glob("KEY.*.AGE")
    out = io.BytesIO()

    unseal(file, HybridIdentity(archive.identity.seed.copy()), out)

    mark, database, blobs = out.getvalue().decode().splitlines()
    assert mark == "govah-backup-key 1"
    key = Secret(bytes.fromhex(database.removeprefix("database ")))
    with closing(Database(tmp_path / "backup" / "db.2", key, read_only=True)) as opened:
        blob, kept = opened.row("SELECT id, file_key FROM blob WHERE standing > 0")
    with unwrap(Secret(bytes.fromhex(blobs.removeprefix("blob-keys "))), blob, bytes(kept)) as file_key:
        assert len(file_key) == 16


def test_a_collector_s_backup_has_no_such_file(tmp_path, clock):
    """A collector's own key is nowhere but in its vault: there it would help nobody."""
    facts = {"role": Role.COLLECTOR, "name": "n", "passphrase": Secret(b"seven"), "clock": clock, "cost": CHEAP}
    with Vault.create(tmp_path / "vault", **facts) as vault:
        back_up(vault, tmp_path / "backup")

    assert not list((tmp_path / "backup").glob("*.AGE"))
