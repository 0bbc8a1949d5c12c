# SPDX-License-Identifier: Apache-2.0
"""Vaults of earlier versions, opened for ever."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from testimony_app.crypto.secret import Secret
from testimony_app.model.recording import RecordingState
from testimony_app.vault.check import check
from testimony_app.vault.recovery import recover
from testimony_app.vault.vault import Vault
from tests.vectors.freeze_vault import PASSPHRASE, SPOKEN

FROZEN = sorted((Path(__file__).parents[1] / "vectors").glob("vault-*"))


@pytest.mark.parametrize("frozen", FROZEN, ids=[path.name for path in FROZEN])
def test_a_frozen_vault_opens(frozen, tmp_path, clock):
    """Everything in it is there, and the recording that was cut when it was frozen is recovered."""
    shutil.copytree(frozen / "vault", tmp_path / "vault")
    known = json.loads((frozen / "known.json").read_text())

    vault = Vault.open(tmp_path / "vault", Secret(PASSPHRASE), clock=clock)

    assert vault.custody.head().seq == known["head"]
    (recovered,) = recover(vault)
    testimony = vault.testimonies.by_code(known["code"])
    whole, cut = testimony.recordings
    assert recovered.seconds == cut.seconds > 0
    assert (testimony.id, cut.state) == (known["testimony"], RecordingState.INTERRUPTED)
    assert testimony.statement.text == "What was said in the yard"
    with vault.blobs.open(testimony.attachments[0].blob) as reader:
        assert reader.read() == b"a photograph"
    with vault.blobs.open(whole.segments[0].blob) as reader:
        assert reader.read() == SPOKEN
    assert vault.bundles.for_testimony(testimony.id)[0].file.bundle == known["bundle"]
    assert check(vault, quick=True).ok
    vault.lock()


def test_there_is_a_frozen_vault():
    """The first format is among them."""
    assert "vault-1" in [path.name for path in FROZEN]
