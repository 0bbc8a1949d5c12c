# SPDX-License-Identifier: Apache-2.0
"""A passphrase under duress: it opens the other vault, shows nothing of this one, and may take its keys along."""

from __future__ import annotations

import os
import shutil
import tempfile
from contextlib import suppress
from pathlib import Path

import pytest

from testimony_app.crypto.errors import PassphraseTaken
from testimony_app.crypto.keyring import SLOTS, Kind
from testimony_app.crypto.passphrase import CHEAP
from testimony_app.crypto.secret import Secret
from testimony_app.model.partner import Role
from testimony_app.safekeeping import duress, recovery, sheet_words
from testimony_app.safekeeping.errors import OtherVaultElsewhere, OtherVaultUnfit, SheetsDoNotOpen
from testimony_app.vault.backup import back_up
from testimony_app.vault.check import check
from testimony_app.vault.errors import DiskFull, DiskTrouble, NotRemovable, VaultInUse, WrongPassphrase
from testimony_app.vault.keys import try_passphrase
from testimony_app.vault.restoring import restore
from testimony_app.vault.vault import Vault
from tests.builders import a_full_testimony
from tests.fakes.failing_disk import FAULTS, SHORT, FailingDisk
from tests.vectors.freeze_vault import PASSPHRASE as FROZEN

REAL, OTHER = b"seven quiet words nobody would ever guess", b"a boat with nine white sails at noon"
NAMES = ["short", "EIO", "ENOSPC", "EFBIG"]
CANARY = "the lantern under the third stair"


@pytest.fixture
def tmp_path(tmp_path):
    """Return a folder in memory where the system has one: the faults are ours, and syncing would only take time."""
    memory = Path("/dev/shm")
    if not os.access(memory, os.W_OK):
        yield tmp_path
        return
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        yield Path(folder)


def make(folder, clock, passphrase, name, disk=None):
    """Return a new vault, open."""
    return Vault.create(
        folder, role=Role.COLLECTOR, name=name, passphrase=Secret(passphrase), clock=clock, cost=CHEAP,
        **({"disk": disk} if disk else {}),
    )  # fmt: skip


def opened(folder, clock, passphrase, **facts):
    """Return the vault that a passphrase opens at this folder."""
    return Vault.open(folder, Secret(passphrase), clock=clock, **facts)


@pytest.fixture
def vault(tmp_path, clock):
    """Return the vault that matters, open, with a testimony in it, and another one beside it."""
    make(tmp_path / "other", clock, OTHER, "Other").lock()
    vault = make(tmp_path / "first", clock, REAL, "First")
    vault.testimonies.add(a_full_testimony(title=CANARY))
    yield vault
    vault.lock()


def set_up(vault, *, erases=False):
    """Set the other vault's passphrase as the one under duress."""
    return duress.set_up(vault, vault.folder.parent / "other", Secret(OTHER), erases=erases)


def test_it_opens_the_other_vault(vault, clock):
    """Given at the first vault it opens the second, which works as it always did; the first is as it was."""
    set_up(vault)
    vault.lock()

    with opened(vault.folder, clock, OTHER) as found:
        assert (found.name, found.folder.name) == ("Other", "other")
        assert found.testimonies.rows().total == 0
        found.testimonies.add(a_full_testimony(title="harmless"))
        found.rotate()
        assert check(found).ok
    with opened(vault.folder, clock, OTHER) as again:
        assert again.testimonies.rows().total == 1
        assert not any("duress" in str(entry) for entry in again.custody.entries(""))
    with opened(vault.folder, clock, REAL) as first:
        assert first.name == "First" and check(first).ok
        (row,) = first.testimonies.rows().rows
        assert first.testimonies.get(row.id).title == CANARY


def test_nothing_of_the_first_vault_is_opened_by_it(vault):
    """The slot holds neither the first vault's root nor its state, so no key of its database or blobs."""
    set_up(vault)
    root, database_key = vault.keyring.root.root.copy(), vault.keyring.database_key()

    keyring = vault.keys.open(Secret(OTHER))

    assert keyring.root.kind is Kind.DURESS
    assert keyring.root.root != root
    with pytest.raises(ValueError, match="not this vault's"):
        keyring.database_key()
    assert bytes(root.view) not in (vault.folder / "KEYS").read_bytes()
    assert bytes(database_key.view) not in (vault.folder / "KEYS").read_bytes()


def test_after_erasing_nothing_opens_the_first_vault(vault, clock, tmp_path):
    """Its passphrase and its sheets are worthless, no file of it opens, and the other vault opens again and again."""
    made = recovery.make_paper(vault, tmp_path / "sheet.html")
    words = sheet_words.read_files(made.files)
    set_up(vault, erases=True)
    key = vault.keyring.database_key()
    vault.lock()

    for _ in range(2):
        with opened(vault.folder, clock, OTHER) as found:
            assert found.name == "Other"
    with pytest.raises(WrongPassphrase):
        opened(vault.folder, clock, REAL)
    with pytest.raises(SheetsDoNotOpen):
        recovery.try_sheets(vault.folder, words)
    on_disk = b"".join(path.read_bytes() for path in sorted(vault.folder.rglob("*")) if path.is_file())
    assert bytes(key.view) not in on_disk and CANARY.encode() not in on_disk


@pytest.mark.skipif(os.name == "nt", reason="a file that is held can't be replaced there")
def test_erasing_overwrites_what_the_key_files_held(vault, clock):
    """Where the disk writes in place the old slots are gone; a copy under another name is left alone."""
    set_up(vault, erases=True)
    vault.lock()
    held = [(vault.folder / name).open("rb") for name in ("KEYS", "KEYS.B")]
    before = [file.read() for file in held]
    os.link(vault.folder / "KEYS.B", vault.folder.parent / "linked")

    opened(vault.folder, clock, OTHER).lock()

    after = []
    for file in held:
        file.seek(0)
        after.append(file.read())
        file.close()
    assert after[0] != before[0] and len(after[0]) == 4096 and after[1] == before[1]
    assert before[0][304:1392] not in (vault.folder / "KEYS").read_bytes()


def test_a_backup_opens_with_its_own_passphrase_only(vault, clock, tmp_path):
    """What was backed up before outlives the erasing; the passphrase under duress restores nothing, erases nothing."""
    set_up(vault, erases=True)
    back_up(vault, tmp_path / "backup")
    vault.lock()
    opened(vault.folder, clock, OTHER).lock()

    with pytest.raises(WrongPassphrase):
        restore(tmp_path / "backup", tmp_path / "restored", Secret(OTHER), clock=clock)
    restored, result = restore(tmp_path / "backup", tmp_path / "restored", Secret(REAL), clock=clock)

    assert result.ok and restored.testimonies.rows().total == 1
    restored.lock()


def test_it_never_unlocks_what_is_open(vault):
    """At a cover or at self-recording's door, where the first vault is open, it is a wrong passphrase."""
    set_up(vault)

    with pytest.raises(WrongPassphrase):
        try_passphrase(vault.folder, Secret(OTHER))
    try_passphrase(vault.folder, Secret(REAL))


def test_it_is_no_way_into_this_vault(vault):
    """The last way that opens this vault stays; the one under duress can be dropped, and never be changed into one."""
    found = set_up(vault)
    (mine,) = [way.slot for way in vault.ways.all() if way.is_mine]

    for act in (lambda: vault.ways.drop(mine), lambda: vault.ways.change(found.slot, Secret(b"new"))):
        with pytest.raises(NotRemovable):
            act()
    assert duress.standing(vault) == found
    duress.remove(vault)
    duress.remove(vault)

    assert duress.standing(vault) is None
    with pytest.raises(WrongPassphrase):
        try_passphrase(vault.folder, Secret(OTHER))


def test_whoever_makes_a_passphrase_the_only_one_drops_it_too(vault):
    """After recovery with sheets nothing that was known before opens anything from here, or erases it."""
    set_up(vault, erases=True)
    recovery.set_passphrase(vault.ways, Secret(b"a third one"))
    assert duress.standing(vault) is not None

    recovery.set_passphrase(vault.ways, Secret(OTHER), only=True)

    assert duress.standing(vault) is None and [way.kind for way in vault.ways.all()] == [Kind.PASSPHRASE]
    try_passphrase(vault.folder, Secret(OTHER))


def test_one_passphrase_leads_to_one_place(vault, clock):
    """A passphrase that opens this vault can't be the one under duress, nor the other way round."""
    make(vault.folder.parent / "twin", clock, REAL, "Twin").lock()
    with pytest.raises(PassphraseTaken):
        duress.set_up(vault, vault.folder.parent / "twin", Secret(REAL), erases=False)
    assert duress.standing(vault) is None
    set_up(vault)

    with pytest.raises(PassphraseTaken):
        vault.ways.add_passphrase(Secret(OTHER))
    with pytest.raises(PassphraseTaken):
        vault.ways.change(vault.keyring.root.slot, Secret(OTHER))
    try_passphrase(vault.folder, Secret(REAL))


def test_setting_it_anew_takes_the_earlier_one_s_place(vault):
    """There is one passphrase under duress at most; also when all eight slots are in use."""
    set_up(vault)
    while len(vault.ways.all()) < SLOTS:
        vault.ways.add_passphrase(Secret(os.urandom(8)))

    found = set_up(vault, erases=True)

    assert found == duress.standing(vault) and found.erases
    assert len([way for way in vault.ways.all() if way.kind.is_duress]) == 1


def test_where_the_other_vault_must_be(vault, clock, tmp_path):
    """Beside this one, another one, whole, closed, opened by the passphrase that is given."""
    make(tmp_path / "deep" / "other", clock, OTHER, "Deep").lock()
    with opened(vault.folder.parent / "other", clock, OTHER), pytest.raises(VaultInUse):
        set_up(vault)
    for other, words, refusal in (
        (tmp_path / "deep" / "other", OTHER, OtherVaultElsewhere),
        (vault.folder, REAL, OtherVaultUnfit),
        (tmp_path / "other", b"wrong", WrongPassphrase),
    ):
        with pytest.raises(refusal):
            duress.set_up(vault, other, Secret(words), erases=True)
    assert duress.standing(vault) is None


def test_a_vault_of_the_first_days_can_not_be_the_other(vault):
    """Its key file has a file key that doesn't follow from its root: it opens as ever, and is refused for this."""
    frozen = Path(__file__).parents[1] / "vectors" / "vault-1"
    old = vault.folder.parent / "old"
    shutil.copytree(frozen / "vault", old)

    with pytest.raises(OtherVaultUnfit):
        duress.set_up(vault, old, Secret(FROZEN), erases=True)
    assert duress.standing(vault) is None


def test_strangers_folders_beside_are_passed_over(vault, clock):
    """What isn't a vault, is damaged, or is nobody's business doesn't get in the way."""
    parent = vault.folder.parent
    for name, content in (("a", b""), ("b", bytes(4096)), ("c", os.urandom(5000)), ("d", None)):
        (parent / name).mkdir()
        if content is not None:
            (parent / name / "KEYS").write_bytes(content)
    (parent / "e").mkdir(0o000)
    (parent / "f").symlink_to(parent / "f")
    (parent / "d" / "KEYS").mkdir()
    set_up(vault)
    vault.lock()

    with opened(vault.folder, clock, OTHER) as found:
        assert found.name == "Other"
    (parent / "e").chmod(0o700)


def test_without_the_other_vault_nothing_is_opened_and_nothing_erased(vault, clock):
    """Moved away, it is a wrong passphrase; the first vault still opens."""
    set_up(vault, erases=True)
    vault.lock()
    shutil.move(vault.folder.parent / "other", vault.folder.parent / "elsewhere" / "other")

    with pytest.raises(WrongPassphrase):
        opened(vault.folder, clock, OTHER)

    opened(vault.folder, clock, REAL).lock()


def test_the_other_vault_damaged_or_open_erases_nothing(vault, clock):
    """Only when the other vault is open are the ways of opening this one destroyed."""
    set_up(vault, erases=True)
    vault.lock()
    other = vault.folder.parent / "other"

    with opened(other, clock, OTHER), pytest.raises(VaultInUse):
        opened(vault.folder, clock, OTHER)
    opened(vault.folder, clock, REAL).lock()


def test_a_change_of_the_other_passphrase_keeps_it_working(vault, clock):
    """The slot holds the other vault's root: what was set goes on opening it, under the old words."""
    set_up(vault)
    vault.lock()
    with opened(vault.folder, clock, OTHER) as found:
        (mine,) = [way for way in found.ways.all() if way.is_mine]
        found.ways.change(mine.slot, Secret(b"new words"))

    with opened(vault.folder, clock, OTHER) as found:
        assert found.name == "Other"


def test_the_key_file_does_not_tell_that_it_is_there(vault):
    """Set, it changes one slot, the state, the counter and the code, like any passphrase; all of it looks random."""
    places = {}
    for name, act in (
        ("ordinary", lambda: vault.ways.add_passphrase(Secret(b"third"))),
        ("duress", lambda: set_up(vault, erases=True)),
    ):
        before = vault.keyring.serialise()
        slot = act()
        after = vault.keyring.serialise()
        number = slot if name == "ordinary" else slot.slot
        at = 304 + number * 136
        changed = {place for place, (old, new) in enumerate(zip(before, after, strict=True)) if old != new}
        allowed = {*range(64, 304), *range(at, at + 136), *range(4064, 4096)}
        assert changed <= allowed and changed & set(range(at, at + 136))
        places[name] = after[at : at + 136]
    set_bits = {name: sum(byte.bit_count() for byte in slot) for name, slot in places.items()}
    # 1,088 fair coins stray by 16.5; nine times that is beyond chance.
    assert all(abs(count - 544) < 150 for count in set_bits.values())


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_the_disk_fails_while_it_is_set(tmp_path, clock, fault):
    """Either it is set and works, or it isn't; the real passphrase opens the first vault in any case."""
    make(tmp_path / "other", clock, OTHER, "Other").lock()
    make(tmp_path / "first", clock, REAL, "First").lock()
    for number in range(1, 400):
        disk = FailingDisk(number, fault)
        vault = opened(tmp_path / "first", clock, REAL, disk=disk)
        disk.start()
        try:
            set_up(vault)
        except (DiskFull, DiskTrouble):
            assert fault != SHORT
        disk.repair()
        vault._close()
        with opened(tmp_path / "first", clock, REAL) as vault:
            assert check(vault, quick=True).ok
            is_set = duress.standing(vault) is not None
            duress.remove(vault)
        assert is_set or fault != SHORT
        if not disk.has_failed:
            break
    assert number > 6


class PowerCut(Exception):
    """The power failed."""


class CutDisk(FailingDisk):
    """A disk under a computer whose power fails at the n-th call: that call and all after it never happen."""

    def _meet(self):
        self.calls += self._is_counting
        if self._is_counting and self.calls >= self.fail_at:
            raise PowerCut

    def write_some(self, descriptor, data):
        """Take a part of what was being written when the power failed."""
        self.calls += self._is_counting
        if self._is_counting and self.calls >= self.fail_at:
            os.write(descriptor, data[: len(data) // 3])
            raise PowerCut
        return os.write(descriptor, data)


def test_the_power_fails_while_it_erases(vault, clock, tmp_path):
    """Wherever it fails, the first vault is untouched or erased, and the passphrase under duress opens the other."""
    set_up(vault, erases=True)
    vault.lock()
    ends = []
    for number in range(1, 100):
        place = tmp_path / f"run-{number}"
        for name in ("first", "other"):
            shutil.copytree(tmp_path / name, place / name)
        disk = CutDisk(number)
        disk.start()
        with suppress(PowerCut):
            opened(place / "first", clock, OTHER, disk=disk).lock()
        disk.repair()
        ends.append(is_open(place / "first", clock))
        with opened(place / "first", clock, OTHER) as found:
            assert found.name == "Other"
        assert not is_open(place / "first", clock)
        if not disk.has_failed:
            break
    assert ends == sorted(ends, reverse=True) and ends[0] and not ends[-1]
    assert number > 6


def is_open(folder, clock):
    """Tell whether the real passphrase opens the first vault, with everything in it."""
    try:
        with opened(folder, clock, REAL) as vault:
            assert check(vault).ok and vault.testimonies.rows().total == 1
    except WrongPassphrase:
        return False
    return True


@pytest.mark.parametrize("fault", [fault for fault in FAULTS if fault != SHORT], ids=NAMES[1:])
def test_a_disk_that_refuses_the_erasing_is_not_told_of(vault, clock, tmp_path, fault):
    """The other vault opens all the same; the first is erased then, or the next time."""
    set_up(vault, erases=True)
    vault.lock()
    for number in range(1, 100):
        place = tmp_path / f"run-{number}"
        for name in ("first", "other"):
            shutil.copytree(tmp_path / name, place / name)
        disk = FailingDisk(number, fault)
        disk.start()
        try:
            opened(place / "first", clock, OTHER, disk=disk).lock()
        except (DiskFull, DiskTrouble):
            # While the other vault was still being opened.
            assert is_open(place / "first", clock)
        disk.repair()
        opened(place / "first", clock, OTHER).lock()
        assert not is_open(place / "first", clock)
        if not disk.has_failed:
            break
    assert number > 6
