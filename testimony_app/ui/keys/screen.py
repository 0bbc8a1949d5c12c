# SPDX-License-Identifier: Apache-2.0
"""The ways of opening a vault; the only file here that talks to a service."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import Protocol

from PySide6.QtWidgets import QStackedWidget

from testimony_app.crypto.keyring import Kind
from testimony_app.crypto.secret import Secret
from testimony_app.i18n.catalogue import _
from testimony_app.model.partner import Role
from testimony_app.safekeeping import key_file, recovery, sheet_words
from testimony_app.ui import alerts
from testimony_app.ui.jobs import Runs
from testimony_app.ui.keys.gather_page import GatherPage, to_try
from testimony_app.ui.keys.gathering import Gathering
from testimony_app.ui.keys.make_page import MakePage
from testimony_app.ui.keys.passphrase_page import ChoosesFolder, PassphrasePage
from testimony_app.ui.keys.sheet_texts import recovery_texts
from testimony_app.ui.keys.values import MadeSheets, NewWay, ReadSheet, ShownWay, Standing, WantedSheets
from testimony_app.ui.keys.ways_page import WaysPage
from testimony_app.ui.layouts import column, fill
from testimony_app.ui.screens import Screen
from testimony_app.ui.widgets.confirm import confirm
from testimony_app.vault.vault import Vault

KEY_FILE, ONE_SHEET = "govah-half.key", "recovery-sheet.html"
FIRST, SHEETS, TRY = "first", "sheets", "try"
"""What the screen may be opened with: recovery as part of the first start, making sheets, trying them."""
_TRIED = "sheets_tried"


class Sheets:
    """Reads recovery sheets; needs no vault, on any thread."""

    def read_text(self, text: str, before: tuple[ReadSheet, ...]) -> tuple[ReadSheet, ...]:
        """Return the sheets there were before and those of a text; raises what is wrong with one of them."""
        return self._with(before, sheet_words.read_text(text))

    def read_files(self, paths: Sequence[Path], before: tuple[ReadSheet, ...]) -> tuple[ReadSheet, ...]:
        """Return the sheets there were before and those of some files."""
        return self._with(before, sheet_words.read_files(paths, first=len(before) + 1))

    def _with(self, before: tuple[ReadSheet, ...], found: Sequence[str]) -> tuple[ReadSheet, ...]:
        read = list(before)
        for words in found:
            facts = sheet_words.facts_of(words, len(read) + 1)
            read.append(ReadSheet(words=words, mark=sheet_words.mark_of(words), needed=facts.threshold))
        return tuple(read)


class Keys(Sheets):
    """The ways of opening one vault; on the vault's thread, but for reading and trying sheets."""

    def __init__(self, vault: Vault) -> None:
        """Work on an open vault."""
        self._vault, self._folder = vault, vault.folder

    def standing(self) -> Standing:
        """Return the ways, and how recovery stands."""
        ways = self._vault.ways.all()
        # What leads to another vault is no way of opening this one: the last of those stays.
        own = sum(not way.kind.is_duress for way in ways)
        shown = tuple(
            ShownWay(way.slot, way.kind.name.lower(), way.is_mine, may_drop=way.kind.is_duress or own > 1)
            for way in ways
        )
        return Standing(
            ways=shown,
            has_sheets=any(way.kind is Kind.RECOVERY for way in ways),
            is_tried=self._are_tried(),
            is_archive=self._vault.role is Role.ARCHIVE,
        )

    def needs_recovery(self) -> bool:
        """Tell whether this is an archive whose recovery nobody has made and tried."""
        standing = self.standing()
        return standing.is_archive and not (standing.has_sheets and standing.is_tried)

    def keep(self, new: NewWay) -> None:
        """Let a new passphrase open the vault; it is wiped."""
        with new.passphrase as passphrase:
            if new.key_file_folder is None:
                self._put(new.slot, passphrase, None)
                return
            with key_file.made(new.key_file_folder / KEY_FILE) as half:
                self._put(new.slot, passphrase, half)

    def drop(self, slot: int) -> None:
        """Let a way open nothing any more. Raises NotRemovable."""
        self._vault.ways.drop(slot)

    def make(self, wanted: WantedSheets) -> MadeSheets:
        """Write sheets that were read back and proved. Raises FileThere, FolderMissing, KeySlotsFull."""
        if wanted.count == 1:
            made = recovery.make_paper(self._vault, wanted.folder / ONE_SHEET)
        else:
            made = recovery.make_shares(self._vault, wanted.needed, wanted.count, wanted.folder)
        names = tuple(file.name for file in made.files)
        return MadeSheets(names, str(wanted.folder), made.needed, made.mark, made.is_archive_key)

    def prove(self, words: Sequence[str]) -> str:
        """Return the mark of a set that opens this vault (bench). Raises what is wrong with it."""
        return recovery.try_sheets(self._folder, words).mark

    def note_tried(self, mark: str) -> None:
        """Write down that somebody proved a set."""
        self._vault.custody.append(_TRIED, mark=mark)

    def _put(self, slot: int | None, passphrase: Secret, half: Secret | None) -> None:
        if slot is None:
            self._vault.ways.add_passphrase(passphrase, key_file=half)
        else:
            self._vault.ways.change(slot, passphrase, key_file=half)

    def _are_tried(self) -> bool:
        """Tell whether a try came after the newest sheets were made."""
        events = [entry.event for entry in self._vault.custody.entries("") if entry.event in (_TRIED, "sheets_written")]
        return bool(events) and events[-1] == _TRIED


class Refuses(Protocol):
    """A page that can say why something wasn't done."""

    def show_wrong(self, sentence: str) -> None:
        """Say it."""


class KeysScreen(Screen):
    """One page at a time: the ways, a passphrase, making sheets, trying them."""

    def __init__(self, jobs: Runs, keys: Keys, choose_folder: ChoosesFolder, argument: object = None) -> None:
        """Show the ways of opening, or the page that `argument` names."""
        super().__init__()
        self.setObjectName("keys_screen")
        self.title = _("Ways of opening")
        self._jobs, self._keys, self._wanted = jobs, keys, argument
        self._is_archive = self._is_busy = self._is_put_off = False
        # In the first start the only way past it is to say so.
        self.can_go_back = argument != FIRST
        self._ways, self._new = WaysPage(), PassphrasePage(choose_folder)
        self._make, self._try = MakePage(choose_folder), GatherPage(to_try(recovery_texts()))
        self._gathering = Gathering(self._try.entry, jobs, keys)
        self._stack = QStackedWidget()
        for page in (self._ways, self._new, self._make, self._try):
            self._stack.addWidget(page)
        fill(column(self), self._stack)
        self._connect()

    def arrived(self) -> None:
        """Ask what opens the vault."""
        self._jobs.latest(self, "standing", self._keys.standing, self._show, self._show_error)

    def may_leave(self) -> bool:
        """Tell whether no key is being made, and the first start isn't passed over without a word."""
        return self.may_lock_now() and (self._wanted != FIRST or self._is_put_off)

    def may_lock_now(self) -> bool:
        """Tell whether no key is being made."""
        return not self._is_busy

    def _connect(self) -> None:
        ways, new, make, proof = self._ways, self._new, self._make, self._try
        ways.add_wanted.connect(lambda: self._begin(None))
        ways.change_wanted.connect(self._begin)
        ways.drop_wanted.connect(self._on_drop)
        ways.sheets_wanted.connect(self._begin_sheets)
        ways.try_wanted.connect(self._begin_try)
        ways.force_wanted.connect(lambda: self.go.emit("duress", None))
        new.wanted.connect(self._on_new)
        new.left.connect(lambda: self._stack.setCurrentWidget(ways))
        make.wanted.connect(self._on_sheets)
        make.try_wanted.connect(self._begin_try)
        make.left.connect(self._on_later)
        proof.continued.connect(self._on_try)
        proof.left.connect(self._on_later)
        self._gathering.changed.connect(proof.show_sheets)

    def _show(self, standing: Standing) -> None:
        self._is_archive = standing.is_archive
        self._ways.show_standing(standing)
        if self._stack.currentWidget() is self._ways and self._wanted in (FIRST, SHEETS):
            self._begin_sheets()
        elif self._stack.currentWidget() is self._ways and self._wanted == TRY:
            self._begin_try()

    def _begin(self, slot: int | None) -> None:
        self._new.begin(slot)
        self._stack.setCurrentWidget(self._new)

    def _begin_sheets(self) -> None:
        self._make.begin(is_archive=self._is_archive, is_first=self._wanted == FIRST)
        self._stack.setCurrentWidget(self._make)

    def _begin_try(self) -> None:
        self._gathering.forget()
        self._stack.setCurrentWidget(self._try)
        self._try.setFocus()

    def _on_new(self, new: NewWay) -> None:
        self._is_busy = True
        told = _("The passphrase is changed.") if new.slot is not None else _("The passphrase opens the vault now.")
        self._jobs.run(self, partial(self._keys.keep, new), lambda _none: self._done(told), self._refused(self._new))

    def _on_drop(self, slot: int) -> None:
        dropped = lambda _none: self._done(_("It opens nothing any more."))  # noqa: E731
        self._jobs.run(self, partial(self._keys.drop, slot), dropped, self._show_error)

    def _on_sheets(self, wanted: WantedSheets) -> None:
        self._is_busy = True
        self._jobs.run(self, partial(self._keys.make, wanted), self._on_made, self._refused(self._make))

    def _on_made(self, made: MadeSheets) -> None:
        self._is_busy = False
        self._make.show_made(made)

    def _on_try(self) -> None:
        prove = partial(self._keys.prove, self._gathering.words())
        self._jobs.run(self, prove, self._on_proved, self._refused(self._try), heavy=True)

    def _on_proved(self, mark: str) -> None:
        self._gathering.forget()
        told = lambda _none: self._done(_("These sheets open the vault. Keep them apart from it."))  # noqa: E731
        self._jobs.run(self, partial(self._keys.note_tried, mark), told, self._show_error)

    def _on_later(self) -> None:
        if self._wanted != FIRST:
            self._wanted = None
            self._stack.setCurrentWidget(self._ways)
            self.arrived()
            return
        confirm(
            self,
            self._go_home,
            title=_("Without sheets everything can be lost"),
            what=_("If the passphrase is lost, nobody can open this archive again. Its first page will remind you."),
            yes=_("Do it later"),
            no=_("Do it now"),
        )

    def _go_home(self) -> None:
        self._is_put_off = True
        self.go.emit("home", None)

    def _done(self, sentence: str) -> None:
        self._is_busy = False
        if self._wanted == FIRST:
            self._go_home()
            return
        self._wanted = None
        self._stack.setCurrentWidget(self._ways)
        self._ways.show_done(sentence)
        self.arrived()

    def _refused(self, page: Refuses) -> Callable[[Exception], None]:
        def show(error: Exception) -> None:
            self._is_busy = False
            page.show_wrong(alerts.field_text(error))

        return show

    def _show_error(self, error: Exception) -> None:
        self._is_busy = False
        self.noticed.emit(alerts.banner(error))
