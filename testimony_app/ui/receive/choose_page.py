# SPDX-License-Identifier: Apache-2.0
"""Where to import from: a stick, a folder, or single files; then how far the checking is."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFileDialog, QStackedWidget, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.measures import counted
from testimony_app.ui import wording
from testimony_app.ui.layouts import column, fill, row
from testimony_app.ui.places import Place
from testimony_app.ui.places_list import PlacesList
from testimony_app.ui.widgets.parts import Column, button, card, label
from testimony_app.ui.widgets.progress_panel import ProgressPanel


class ChoosePage(QWidget):
    """Tells the paths that somebody chose; looks into none of them."""

    import_wanted = Signal(object, str)
    """Paths, and what the place is called."""
    place_chosen = Signal(object)
    cancelled = Signal()

    def __init__(self) -> None:
        """Show that no stick is there."""
        super().__init__()
        self.setObjectName("choose_page")
        self.places = PlacesList()
        self._found = label("", "strong", name="bundles_found")
        self._import = button(_("Import"), "import_button", "main")
        self._import.setEnabled(False)
        self._files = button(_("Choose files…"), "choose_files")
        self._progress = ProgressPanel("", name="import_progress")
        self._stack = QStackedWidget()
        self._stack.addWidget(self._choosing())
        self._stack.addWidget(self._checking())
        fill(column(self), self._stack)
        self.places.chosen.connect(self._on_place)
        self._import.clicked.connect(self._on_import)
        self._files.clicked.connect(self._on_files)
        self._progress.cancel_requested.connect(self.cancelled)

    def show_found(self, count: int) -> None:
        """Show how many bundles lie at the chosen place."""
        told = counted(count, "{count} bundle lies there.", "{count} bundles lie there.")
        self._found.setText(told if count else _("No bundles lie there."))
        self._import.setEnabled(count > 0)

    def show_begun(self, place: str) -> None:
        """Show that the checking has begun."""
        self._progress.begin(_("Importing from {place}").format(place=wording.quoted(place)))
        self._stack.setCurrentIndex(1)

    def show_progress(self, done: int, total: int) -> None:
        """Show how far it is."""
        self._progress.show_progress(done, total, _("Opened, signature checked, every byte compared"))

    def show_choice(self) -> None:
        """Show the choice again."""
        self._stack.setCurrentIndex(0)

    def _choosing(self) -> QWidget:
        page = Column(860)
        where = card(name="places_card")
        fill(
            column(where, edge=20, gap=12),
            label(_("Where from"), "heading"),
            self.places,
            fill(row(), self._files, None),
        )
        fill(
            page.box,
            label(_("Import bundles"), "title"),
            label(_("Each bundle is opened and checked before anything enters the archive."), "lead"),
            8,
            where,
            fill(row(gap=16), self._found, None, self._import),
            None,
        )
        return page

    def _checking(self) -> QWidget:
        page = Column(640)
        fill(page.box, 80, self._progress, None)
        return page

    def _on_place(self, place: Place | None) -> None:
        self._found.setText("")
        self._import.setEnabled(False)
        self.place_chosen.emit(place)

    def _on_import(self) -> None:
        place = self.places.place()
        if place is not None:
            self.import_wanted.emit((place.path,), place.name)

    def _on_files(self) -> None:
        chooser = QFileDialog(self, _("Choose files"))
        chooser.setObjectName("files_dialog")
        chooser.setFileMode(QFileDialog.FileMode.ExistingFiles)
        chooser.filesSelected.connect(self.choose_files)
        chooser.open()

    def choose_files(self, names: list[str]) -> None:
        """Import single files, as if somebody had picked them."""
        paths = tuple(Path(name) for name in names)
        if paths:
            self.import_wanted.emit(paths, paths[0].parent.name)
