# SPDX-License-Identifier: Apache-2.0
"""Keepers' sheets on a failing disk: the card names the key only when sheets that open it are there."""

from __future__ import annotations

import pytest

from testimony_app.model.partner import Role
from testimony_app.safekeeping import keepers, sheet_words
from testimony_app.safekeeping.errors import FileThere, SheetsDoNotOpen
from testimony_app.vault.check import check
from tests.fakes.failing_disk import FAULTS, SHORT
from tests.safekeeping.test_faults import EXPECTED, NAMES, each_fault, make, opened, tmp_path

__all__ = ["tmp_path"]


@pytest.mark.parametrize("fault", FAULTS, ids=NAMES)
def test_making_keepers_sheets(tmp_path, clock, fault):
    """Either the sheets are there and the card names what they open, or neither; the vault is whole."""

    def act(number, disk):
        folder, out = tmp_path / str(number), tmp_path / f"{number}-sheets"
        make(folder, clock, Role.ARCHIVE)
        vault = opened(folder, clock, disk=disk)
        card = vault.card_bytes()
        disk.start()
        try:
            made = keepers.make_keepers(vault, 2, 3, out)
        except EXPECTED:
            assert fault != SHORT
            made = None
        disk.repair()
        vault.lock()
        with opened(folder, clock) as vault:
            assert check(vault).ok
            if made is None:
                assert vault.card_bytes() == card and vault.former_cards == ()
                assert not list(out.glob("*"))
            else:
                words = sheet_words.read_files(made.files)
                assert keepers.try_keepers(vault, words).needed == 2 and len(vault.former_cards) == 1

    assert each_fault(fault, act) >= 5


def test_a_taken_name_leaves_the_card_as_it_was(tmp_path, clock):
    """No sheet is written over a file, and then no key is named."""
    make(tmp_path / "v", clock, Role.ARCHIVE)
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "keepers-sheet-2-of-2.html").write_text("mine", encoding="utf-8")

    with opened(tmp_path / "v", clock) as vault:
        with pytest.raises(FileThere):
            keepers.make_keepers(vault, 2, 2, tmp_path / "out")

        assert not vault.card().keepers
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["keepers-sheet-2-of-2.html"]


def test_sheets_that_open_the_archive_are_not_its_keepers(tmp_path, clock):
    """The archive's own sheets, and any before there are keepers, are told apart from theirs."""
    from testimony_app.safekeeping import recovery

    make(tmp_path / "v", clock, Role.ARCHIVE)
    with opened(tmp_path / "v", clock) as vault:
        own = sheet_words.read_files(recovery.make_shares(vault, 2, 2, tmp_path / "own").files)
        with pytest.raises(SheetsDoNotOpen):
            keepers.try_keepers(vault, own)
        keepers.make_keepers(vault, 2, 2, tmp_path / "keepers")

        with pytest.raises(SheetsDoNotOpen):
            keepers.try_keepers(vault, own)
