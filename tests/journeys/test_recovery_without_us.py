# SPDX-License-Identifier: Apache-2.0
"""The page that tells a stranger how to open everything without Govah is true, line by line."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from testimony_app.audio import synthetic
from testimony_app.crypto import shares
from testimony_app.crypto.secret import Secret
from testimony_app.dropbox.box import DropBox
from testimony_app.dropbox.founding import found
from testimony_app.exchange import trust
from testimony_app.intake.taking import RecordingSession
from testimony_app.model.partner import Role
from testimony_app.vault.backup import back_up
from testimony_app.workspace import create_workspace
from tests.fakes.microphone import FakeMicrophone
from tests.house.source import ROOT

PAGE = ROOT / "docs" / "recover-without-us.md"
JUDGES = ROOT / "build" / "judges" / "node_modules"
TOOLS = ("bash", "tar", "sha512sum", "ssh-keygen", "flac", "ffprobe", "node", "base64", "grep")
FETCH = "npm install age-encryption@0.3"
VOICE = synthetic.voice(3)


def commands():
    """Return every command of the page, as it stands there, but for the one that fetches from the network."""
    lines = [line[4:] for line in PAGE.read_text(encoding="utf-8").splitlines() if line.startswith("    ")]
    assert FETCH in lines
    return "\n".join(line for line in lines if line != FETCH) + "\n"


def key_file(path, vault):
    """Write a vault's age key where the page expects it."""
    with vault.identity.text() as text:
        path.write_bytes(bytes(text.view) + b"\n")


@pytest.fixture
def desk(tmp_path, clock, cheap):
    """Return a folder with what the page speaks of: sheets, cards, a stick, a drop box, a backup."""
    folder = tmp_path / "desk"
    (folder / "stick").mkdir(parents=True)
    words = b"seven quiet words nobody would ever guess"
    archive, collector = (
        create_workspace(
            tmp_path / role.value, Secret(bytearray(words)), role=role, name=role.value, clock=clock, cost=cheap
        )
        for role in (Role.ARCHIVE, Role.COLLECTOR)
    )
    archive.write_card(folder / "archive.card")
    collector.write_card(folder / "sender.card")
    collector.trust(folder / "archive.card", archive.safety_number())
    archive.trust(folder / "sender.card", collector.safety_number())
    sheets(folder, archive)
    carry_a_bundle(folder, collector, archive, clock)
    leave_a_box(folder, archive, clock)
    back_up(archive.vault, folder / "backup")
    key_file(folder / "collector.key", collector.vault)
    archive.close()
    collector.close()
    return folder


def sheets(folder, archive):
    """Write down two of the three sheets that the archive's key was split into."""
    words = shares.split(archive.vault.identity.seed, 2, 3)
    (folder / "sheets.txt").write_text("\n".join(words[1:]) + "\n", encoding="ascii")


def carry_a_bundle(folder, collector, archive, clock):
    """Take a testimony, seal it, import it, and leave bundle and receipt on the stick under names of the page."""
    draft = collector.interviews.start()
    collector.interviews.save_statement(draft.id, "canary words", "en")
    record(RecordingSession(collector.vault, microphone := FakeMicrophone(clock=clock), clock), draft, microphone)
    made = collector.sealing.seal(draft.id)
    stick = folder / "stick"
    shutil.copy(collector.vault.out / made.files[0], stick / "bundle.AGE")
    imported = archive.import_bundles([stick], receipts_folder=stick)
    imported.receipts[0].rename(stick / "receipt.RCP")


def record(session, draft, microphone):
    """Record three seconds."""
    session.begin(draft.id)
    session.start()
    microphone.stream.say(VOICE)
    session.stop()
    session.finish()


def leave_a_box(folder, archive, clock):
    """Make a drop box with a sealed testimony, and with a recording that was cut off."""
    found(folder / "box", folder / "archive.card", clock=clock, keys=3)
    out = folder / "box" / "out"
    with DropBox.open(folder / "box", clock=clock) as box:
        first = box.start()
        record(box.records(microphone := FakeMicrophone(clock=clock)), first, microphone)
        box.seal(first.id)
        next(out.glob("*.AGE")).rename(out / "bundle.AGE")
        second = box.start()
        record(box.records(microphone := FakeMicrophone(clock=clock)), second, microphone)
    # Closed in the middle, as a crash would: and the end of the file never reached the disk.
    recording = next(out.glob("*.REC"))
    os.truncate(recording, recording.stat().st_size - 1000)
    recording.rename(out / "recording.REC")


@pytest.mark.skipif(not (JUDGES / "age-encryption").is_dir(), reason="npm's age-encryption could not be fetched")
@pytest.mark.skipif(not all(shutil.which(tool) for tool in TOOLS), reason="a public tool is missing here")
def test_the_page_s_commands_work_as_they_stand(desk):
    """Key from sheets, bundle, drop box, cut recording, receipt, backup: each opened and verified by public tools."""
    (desk / "node_modules").symlink_to(JUDGES)
    environment = {**os.environ, "PATH": os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])}

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", commands()],
        cwd=desk,
        env=environment,
        capture_output=True,
        text=True,
        timeout=200,
    )

    assert done.returncode == 0, done.stderr
    good = re.findall(r'Good "(\S+)" signature for (\w+) with ([\w-]+) key', done.stdout)
    assert good == [
        ("bundle-v1@govah", "device", "ED25519"),
        ("bundle-v1@govah", "device", "ED25519-CERT"),
        ("receipt-v1@govah", "archive", "ED25519"),
    ]
    assert "its end is missing, as expected" in done.stdout
    assert "pcm_s24le" in done.stdout
    assert "govah-backup-key 1" in done.stdout
    assert (desk / "bundle/bag/data/text/statement.txt").read_text() == "canary words"


@pytest.mark.skipif(
    b"mldsa44-ed25519" not in subprocess.run(["ssh", "-Q", "key-sig"], capture_output=True).stdout
    if shutil.which("ssh")
    else True,
    reason="this ssh-keygen is older than 10.4 and knows no composite keys",
)
def test_newer_ssh_keygen_verifies_the_other_signature_too(tmp_path, clock, cheap):
    """OpenSSH 10.4 checks the quantum-safe signature of a card against the keys that it names."""
    words = b"seven quiet words nobody would ever guess"
    archive = create_workspace(
        tmp_path / "a", Secret(bytearray(words)), role=Role.ARCHIVE, name="a", clock=clock, cost=cheap
    )
    (tmp_path / "allowed").write_text(trust.allowed_signers("device", archive.vault.card()))
    message = archive.vault.card_bytes()
    (tmp_path / "card.sig").write_text(archive.vault.device.sign(message, "card-v1@govah").pq)
    archive.close()

    verify = ["ssh-keygen", "-Y", "verify", "-f", "allowed", "-I", "device", "-n", "card-v1@govah", "-s", "card.sig"]
    assert subprocess.run(verify, cwd=tmp_path, input=message, capture_output=True).returncode == 0
