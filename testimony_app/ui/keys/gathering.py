# SPDX-License-Identifier: Apache-2.0
"""Gathers recovery sheets as they are handed over, each read off the main thread, and tells which are here."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Protocol

from PySide6.QtCore import QObject, Signal

from testimony_app.ui import alerts
from testimony_app.ui.jobs import Runs
from testimony_app.ui.keys.sheets_entry import SheetsEntry
from testimony_app.ui.keys.values import ReadSheet


class ReadsSheets(Protocol):
    """Turns text and files into sheets; raises what is wrong with one of them, by its number."""

    def read_text(self, text: str, before: tuple[ReadSheet, ...]) -> tuple[ReadSheet, ...]:
        """Return the sheets there were before and those of a text (bench)."""

    def read_files(self, paths: Sequence[Path], before: tuple[ReadSheet, ...]) -> tuple[ReadSheet, ...]:
        """Return the sheets there were before and those of some files (bench)."""


class Gathering(QObject):
    """Holds the sheets that are here until they were used."""

    changed = Signal(object)
    """The sheets."""

    def __init__(self, entry: SheetsEntry, jobs: Runs, reads: ReadsSheets) -> None:
        """Listen to an entry."""
        super().__init__(entry)
        self._entry, self._jobs, self._reads = entry, jobs, reads
        self.sheets: tuple[ReadSheet, ...] = ()
        entry.text_given.connect(self._on_text)
        entry.files_given.connect(self._on_files)
        entry.begun_anew.connect(self.forget)

    def forget(self) -> None:
        """Let go of every sheet."""
        self._show(())

    def words(self) -> tuple[str, ...]:
        """Return the words of all sheets that are here."""
        return tuple(sheet.words for sheet in self.sheets)

    def _on_text(self, text: str) -> None:
        before = self.sheets
        self._jobs.run(self, lambda: self._reads.read_text(text, before), self._show, self._refuse, heavy=True)

    def _on_files(self, paths: list[Path]) -> None:
        before = self.sheets
        self._jobs.run(self, lambda: self._reads.read_files(paths, before), self._show, self._refuse, heavy=True)

    def _show(self, sheets: tuple[ReadSheet, ...]) -> None:
        self.sheets = sheets
        self._entry.show_given(sheets)
        self.changed.emit(sheets)

    def _refuse(self, error: Exception) -> None:
        self._entry.show_wrong(alerts.field_text(error))
