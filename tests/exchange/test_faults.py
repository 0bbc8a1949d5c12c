# SPDX-License-Identifier: Apache-2.0
"""Disk and stick fail at the n-th call, for every n: what was acknowledged is whole, and nothing is left half done."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import tempfile
from pathlib import Path

import pytest

from testimony_app.crypto import age
from testimony_app.crypto.stream import PayloadReader
from testimony_app.errors import GovahError
from testimony_app.exchange import carry, payloads, receipts, receive, receive_child, trust, unseal, wire
from testimony_app.exchange.errors import NoRoom, StickFull, StickGone, UnknownSigner
from testimony_app.exchange.medium import standing_on
from testimony_app.exchange.pack import write_volumes
from testimony_app.exchange.report import Finding
from testimony_app.model.bundle import Outcome
from testimony_app.model.testimony import State
from testimony_app.workspace import over
from tests.exchange.people import Blobs, a_bundle, a_collector, a_desk, a_testimony, a_writer, an_archive
from tests.fakes.failing_disk import FAULTS, SHORT, FailingDisk
from tests.fakes.failing_medium import FailingMedium

NAMES = ["short", "EIO", "ENOSPC", "EFBIG"]
MANY = 400
EVERY_FAULT = pytest.mark.parametrize("fault", FAULTS, ids=NAMES)


@pytest.fixture
def tmp_path(tmp_path):
    """Return a folder in memory where the system has one: the faults are ours, and syncing would only take time."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def each_fault(fault, act, *, at_least):
    """Run an act with a fault at the first call, the second, and so on until it is met no more.

    The act returns whether it succeeded; a short write must never keep it from that, and without a fault it must.
    """
    for number in range(1, MANY):
        medium = FailingMedium(number, fault)
        succeeded = act(number, medium)
        if not medium.has_failed:
            assert succeeded
            assert number > at_least, f"only {number - 1} calls"
            return
        assert succeeded or fault != SHORT
    raise AssertionError("the fault is met for ever")


def left_in(folder):
    """Return the names in a folder and below."""
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*"))


def attempt(medium, work, *expected):
    """Return what work returns on a medium, or None when it is refused in one of the ways expected."""
    try:
        with standing_on(medium):
            return work()
    except expected:
        return None


@EVERY_FAULT
@pytest.mark.parametrize("volumes", [1, 3])
def test_packing(tmp_path, monkeypatch, fault, volumes):
    """Either every volume is there, whole, or none is, and the next attempt succeeds."""
    if volumes > 1:
        monkeypatch.setattr(payloads, "VOLUME_TARGET", 1000)
    sender, archive, blobs = a_collector(), an_archive(), Blobs()
    testimony = a_testimony(blobs, segments=(b"fLaC" + bytes(900),) * volumes)
    desk = a_desk(archive, sender.partner())

    def act(number, medium):
        out = tmp_path / str(number)
        out.mkdir()

        def write():
            return write_volumes(a_writer(sender), testimony, None, blobs.drafts(), [archive.partner()], out)

        files = attempt(medium, write, StickFull, StickGone)
        assert left_in(out) == sorted(file.name for file in files or ())
        for file in files or ():
            assert hashlib.sha256((out / file.name).read_bytes()).hexdigest() == file.sha256
        if number % 7 == 1 or not medium.has_failed:
            whole = files or write()
            assert len(whole) == volumes
            assert all(receive.verify(out / file.name, desk).outcome is Outcome.VERIFIED for file in whole)
        return files is not None

    each_fault(fault, act, at_least=6 * volumes)


@EVERY_FAULT
def test_carrying(tmp_path, fault):
    """A copy on a stick is whole or not there; what is refused stays as it was and is carried the next time."""
    carried = a_bundle(tmp_path, attached=(os.urandom(2_500_000),))
    load = carry.Load(id=carried.testimony.id, code=carried.testimony.code, files=tuple(carried.files))

    def act(number, medium):
        stick = tmp_path / "sticks" / str(number)
        stick.mkdir(parents=True)
        (stick / "K7QF2M9X.TMP").write_bytes(b"left by somebody who pulled the stick out")
        copied = attempt(medium, lambda: carry.copy_out(tmp_path, [load], stick), StickFull, StickGone)
        whole = [(stick / file.name).read_bytes() == carried.path.read_bytes() for file in carried.files if copied]
        assert whole == [True] * len(whole)
        if copied is None:
            assert [name for name in left_in(stick) if name != "K7QF2M9X.TMP"] == []
            carry.copy_out(tmp_path, [load], stick)
        assert left_in(stick) == [file.name for file in carried.files]
        return copied is not None

    each_fault(fault, act, at_least=6)


@EVERY_FAULT
def test_a_card_file(tmp_path, collector, fault):
    """The file that stood there before is whole until the new one is."""
    expected = collector.card_bytes()

    def act(number, medium):
        folder = tmp_path / f"cards {number}"
        folder.mkdir()
        (folder / "a.card").write_bytes(b"what stood there before")
        done = attempt(
            medium, lambda: trust.write_card_file(collector, folder / "a.card") or True, StickFull, StickGone
        )
        assert left_in(folder) == ["a.card"]
        content = (folder / "a.card").read_bytes()
        is_new = content != b"what stood there before"
        assert not is_new or trust.read_card(content).card_bytes == expected
        assert is_new or not done
        return done is not None

    each_fault(fault, act, at_least=4)


@EVERY_FAULT
def test_a_receipt(tmp_path, friends, testimony, fault):
    """A receipt is on the stick whole or not at all, and one that never left doesn't spoil those after it."""
    collector, archive = friends
    bundle = sealed(collector, testimony)
    receiver = over(archive, archive.clock)
    receiver.import_bundles([bundle])
    finding = Finding(file="", outcome=Outcome.IMPORTED, bundle=archive.bundles.received(own(collector))[0].file.bundle)

    def act(number, medium):
        stick = tmp_path / f"stick {number}"
        stick.mkdir()
        written = attempt(medium, lambda: receipts.write(archive, [finding], stick), StickFull, StickGone)
        assert len(left_in(stick)) == len(written or ())
        if written:
            assert receipts.check(collector, [stick]).accepted == (testimony.code,)
        return written is not None

    each_fault(fault, act, at_least=4)


def own(vault):
    """Return the fingerprint of a vault's card."""
    return trust.read_card(trust.write_card(vault)).fingerprint


def sealed(vault, testimony):
    """Seal a testimony and return its bundle's path."""
    made = over(vault, vault.clock).sealing.seal(testimony.id)
    return vault.out / made.files[0]


@EVERY_FAULT
def test_unsealing(tmp_path, fault):
    """The plain file is whole or not there: what a key's owner takes for a recording is one."""
    identity, content = age.HybridIdentity.generate(), os.urandom(2_500_000)
    (tmp_path / "sealed.age").write_bytes(age.seal_bytes(content, [identity.recipient()]))
    with identity.text() as text:
        (tmp_path / "key").write_bytes(bytes(text.view))

    def act(number, medium):
        out = tmp_path / f"out {number}"
        opened = attempt(
            medium,
            lambda: unseal.unseal_to_file(tmp_path / "sealed.age", tmp_path / "key", out),
            StickFull,
            StickGone,
        )
        assert out.exists() is (opened is not None)
        assert opened is None or out.read_bytes() == content
        return opened is not None

    each_fault(fault, act, at_least=5)


@EVERY_FAULT
def test_quarantine(tmp_path, fault):
    """Taking a stick's file in either succeeds or leaves quarantine empty and the file on the stick as it was."""
    carried = a_bundle(tmp_path, attached=(os.urandom(2_500_000),))
    desk = a_desk(carried.archive, carried.sender.partner())
    before = carried.path.read_bytes()

    def act(number, medium):
        quarantine = tmp_path / f"quarantine {number}"
        quarantine.mkdir()
        verified = attempt(medium, lambda: receive.inspect(carried.path, desk, quarantine), NoRoom)
        if verified is not None:
            verified.forget()
        assert left_in(quarantine) == []
        assert carried.path.read_bytes() == before
        return verified is not None

    each_fault(fault, act, at_least=1)


@EVERY_FAULT
def test_holding_a_stranger_s_bundle_apart(tmp_path, fault):
    """It is held whole or not at all, and quarantine is empty either way."""
    carried = a_bundle(tmp_path)
    desk = a_desk(carried.archive)

    def act(number, medium):
        quarantine, held = tmp_path / f"quarantine {number}", tmp_path / f"held {number}"
        quarantine.mkdir()
        try:
            with standing_on(medium):
                receive.inspect(carried.path, desk, quarantine, held=held)
        except UnknownSigner:
            is_held = True
        except (NoRoom, StickFull, StickGone):
            is_held = False
        assert left_in(quarantine) == []
        names = left_in(held) if held.exists() else []
        assert len(names) == 1 if is_held else len(names) <= 1
        assert all((held / name).read_bytes() == carried.path.read_bytes() for name in names)
        return is_held

    each_fault(fault, act, at_least=5)


@EVERY_FAULT
def test_what_the_reading_process_writes(tmp_path, fault):
    """The limited process, run here so that its disk can fail, either seals every payload or says that it could not."""
    carried = a_bundle(tmp_path, attached=(os.urandom(300_000),), text="words")
    desk = a_desk(carried.archive, carried.sender.partner())

    class Talk:
        def ask(self, head):
            """Let it go on."""

        def read(self, count):
            """Be told."""

    def act(number, medium):
        folder = tmp_path / f"payloads {number}"
        folder.mkdir()
        task = wire.Task(
            path=str(carried.path),
            folder=str(folder),
            identity=bytes(desk.identity_text.view),
            own_fingerprint=desk.own_fingerprint,
            signers=desk.signers(),
        )
        with io.FileIO(carried.path, "rb") as file, standing_on(medium):
            answer = receive_child._answer(task, file, folder, Talk())
        if isinstance(answer, wire.Said):
            is_full = fault in (errno.ENOSPC, errno.EFBIG)
            assert answer.code == ("exchange.no-room" if is_full else "exchange.reader-stopped")
            return False
        for payload, key in zip(answer.payloads, answer.keys, strict=True):
            content = (folder / payload.blob).read_bytes()
            assert len(content) == payload.blob_byte_count
            with PayloadReader(io.BytesIO(content), key) as plain:
                assert hashlib.sha512(plain.read()).hexdigest() == payload.sha512
        return True

    # A sound, a text, an attachment, an envelope, and the page: each made, written, synced.
    each_fault(fault, act, at_least=15)


@EVERY_FAULT
def test_sealing_in_a_vault_whose_disk_fails(make_vault, clock, tmp_path, fault):
    """Whatever fails, vault or bundle: the testimony is a whole draft, or sealed with its bundle in `out`."""
    from testimony_app.crypto.secret import Secret
    from testimony_app.model.partner import Role
    from testimony_app.vault.check import check
    from testimony_app.vault.vault import Vault
    from tests.exchange.conftest import introduce

    archive = make_vault(Role.ARCHIVE, "archive")
    words = b"seven quiet words nobody would ever guess"

    def act(number, medium):
        folder = tmp_path / f"collector {number}"
        make_vault(Role.COLLECTOR, folder.name).lock()
        disk = FailingDisk(number, fault)
        vault = Vault.open(folder, Secret(bytearray(words)), clock=clock, disk=disk)
        introduce(vault, archive)
        workspace = over(vault, clock)
        draft = workspace.interviews.start()
        workspace.interviews.save_statement(draft.id, "canary words", "en")
        vault.testimonies.attach(draft.id, io.BytesIO(bytes(100_000)), media_type="image/jpeg", title="")
        disk.start()
        try:
            with standing_on(medium):
                workspace.sealing.seal(draft.id)
            done = True
        except GovahError:
            done = False
        disk.repair()
        # What was in memory is lost, as if the power had failed right here.
        vault._close()

        vault = Vault.open(folder, Secret(bytearray(words)), clock=clock)
        after = vault.testimonies.get(draft.id)
        bundles = [known.file.name for known in vault.bundles.for_testimony(draft.id)]
        if after.state is State.DRAFT:
            assert not done
            assert (after.statement.text, len(after.attachments), bundles) == ("canary words", 1, [])
            over(vault, clock).sealing.seal(draft.id)
            bundles = [known.file.name for known in vault.bundles.for_testimony(draft.id)]
        assert vault.testimonies.get(draft.id).state is State.SEALED
        assert left_in(vault.out) == bundles
        assert check(vault).ok
        vault.lock()
        return done if not disk.has_failed else done or fault != SHORT

    each_vault_fault(fault, act)


def each_vault_fault(fault, act):
    """Fail the vault's disk and the bundle's medium, each at its n-th call, until neither meets its fault."""
    for number in range(1, MANY):
        medium = FailingMedium(number, fault)
        assert act(number, medium) or medium.has_failed
        if not medium.has_failed and number > 30:
            return
    raise AssertionError("the fault is met for ever")


@EVERY_FAULT
def test_importing_into_a_vault_whose_disk_fails(make_vault, clock, tmp_path, fault):
    """The archive has the testimony whole, or nothing of it and takes it the next time."""
    from testimony_app.crypto.secret import Secret
    from testimony_app.model.partner import Role
    from testimony_app.vault.check import check
    from testimony_app.vault.vault import Vault
    from tests.exchange.conftest import introduce

    words = b"seven quiet words nobody would ever guess"
    collector = make_vault(Role.COLLECTOR, "collector")
    archive = make_vault(Role.ARCHIVE, "archive 0")
    introduce(collector, archive)
    introduce(archive, collector)
    sender = over(collector, clock)
    draft = sender.interviews.start()
    sender.interviews.save_statement(draft.id, "canary words", "en")
    collector.testimonies.attach(draft.id, io.BytesIO(bytes(100_000)), media_type="image/jpeg", title="")
    bundle = collector.out / sender.sealing.seal(draft.id).files[0]
    archive.lock()

    for number in range(1, MANY):
        folder = tmp_path / f"archive {number}"
        copy_of(tmp_path / "archive 0", folder)
        disk, medium = FailingDisk(number, fault), FailingMedium(number, fault)
        vault = Vault.open(folder, Secret(bytearray(words)), clock=clock, disk=disk)
        workspace = over(vault, clock)
        disk.start()
        with standing_on(medium):
            outcome = workspace.import_bundles([bundle]).findings[0].outcome
        met = disk.has_failed or medium.has_failed
        disk.repair()
        vault._close()

        vault = Vault.open(folder, Secret(bytearray(words)), clock=clock)
        again = over(vault, clock).import_bundles([bundle]).findings[0].outcome
        there = vault.testimonies.get(draft.id)
        assert outcome is Outcome.IMPORTED or (met and fault != SHORT)
        assert again in (Outcome.DUPLICATE, Outcome.IMPORTED)
        assert outcome is not Outcome.IMPORTED or again is Outcome.DUPLICATE
        assert (there.statement.text, there.state) == ("canary words", State.TO_REVIEW)
        assert left_in(vault.quarantine) == []
        assert check(vault).ok
        vault.lock()
        if not met:
            assert number > 10
            return
    raise AssertionError("the fault is met for ever")


def copy_of(folder, copy):
    """Copy a vault that is locked."""
    import shutil

    shutil.copytree(folder, copy)
