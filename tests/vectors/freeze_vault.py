# SPDX-License-Identifier: Apache-2.0
"""Makes the vault that every later version must still open: run once for each released format, never again.

python -m tests.vectors.freeze_vault tests/vectors/vault-1
"""

from __future__ import annotations

import io
import json
import sys
from pathlib import Path

from testimony_app.crypto.passphrase import CHEAP
from testimony_app.crypto.secret import Secret
from testimony_app.model.partner import Role
from testimony_app.vault.vault import Vault
from tests.builders import a_bundle_file, a_card, a_full_testimony, write_recording
from tests.fakes.clock import HeldClock

PASSPHRASE = b"a frozen vault keeps no secret"
SPOKEN = bytes(range(256)) * 600


def main():
    """Make the vault, and beside it what it holds."""
    folder = Path(sys.argv[1])
    vault = Vault.create(
        folder / "vault",
        role=Role.COLLECTOR,
        name="Frozen",
        passphrase=Secret(PASSPHRASE),
        clock=HeldClock(),
        cost=CHEAP,
    )
    testimony = vault.testimonies.add(a_full_testimony(code="T-7K2F-Q0"))
    vault.testimonies.save_statement(testimony.id, "What was said in the yard", "en")
    vault.testimonies.attach(testimony.id, io.BytesIO(b"a photograph"), media_type="image/png", title="the yard")
    write_recording(vault, testimony.id, SPOKEN)
    recording = vault.recordings.begin(testimony.id, rate=48_000, channels=1, bits=24)
    writer = vault.recordings.new_segments(recording.id, 1)[0].writer()
    writer.write(SPOKEN)
    writer.abandon()
    vault.partners.pin(a_card(), "ab" * 32, b"{}")
    file = a_bundle_file()
    vault.bundles.add(testimony.id, file)
    vault.bundles.mark_carried(file.bundle, 1)
    known = {"testimony": testimony.id, "code": testimony.code, "head": vault.custody.head().seq, "bundle": file.bundle}
    vault.lock()
    for name in ("LOCK", "db-wal", "db-shm"):
        (folder / "vault" / name).unlink(missing_ok=True)
    (folder / "known.json").write_text(json.dumps(known, indent=1) + "\n")


if __name__ == "__main__":
    main()
