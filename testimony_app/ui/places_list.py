# SPDX-License-Identifier: Apache-2.0
"""The sticks that are plugged in and, below them, any folder: one of them chosen."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QButtonGroup, QFileDialog, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.ui import wording
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.places import Place
from testimony_app.ui.widgets.parts import button, label


class PlacesList(QWidget):
    """Follows the sticks as they come and go; a folder that was chosen stays in the list."""

    chosen = Signal(object)
    """Place."""

    def __init__(self) -> None:
        """Show that no stick is there."""
        super().__init__()
        self._sticks: tuple[Place, ...] = ()
        self._folder: Place | None = None
        self._places: list[Place] = []
        self._current: Path | None = None
        self._group = QButtonGroup(self)
        self._box = column(gap=4)
        self._none = label(_("No stick is plugged in. Plug one in, and it appears here."), "soft", name="no_stick")
        self._browse = button(_("Choose a folder…"), "choose_folder")
        self._browse.clicked.connect(self._on_browse)
        fill(column(self, gap=8), self._none, self._box, fill(row(), self._browse, None))
        self._group.idClicked.connect(self._on_clicked)

    def show_sticks(self, sticks: tuple[Place, ...]) -> None:
        """Show these sticks; with only one and nothing chosen, that one is chosen."""
        self._sticks = sticks
        if self._current is None and self._folder is None and len(sticks) == 1:
            self._current = sticks[0].path
        self._renew()

    def choose_folder(self, path: Path) -> None:
        """Choose a folder, as if somebody had picked it."""
        self._folder = Place(path=path, name=path.name or str(path), is_folder=True)
        self._current = path
        self._renew()

    def place(self) -> Place | None:
        """Return what is chosen, while it is still there."""
        return next((place for place in self._places if place.path == self._current), None)

    def _renew(self) -> None:
        before = self.place()
        emptied(self._box)
        for old in self._group.buttons():
            self._group.removeButton(old)
        self._places = [*self._sticks, *([self._folder] if self._folder else [])]
        self._none.setVisible(not self._sticks)
        for number, place in enumerate(self._places):
            pressed = button(_words(place), f"place_{number + 1}")
            pressed.setCheckable(True)
            pressed.setChecked(place.path == self._current)
            self._group.addButton(pressed, number)
            self._box.addLayout(fill(row(), pressed, None))
        now = self.place()
        if now != before:
            self.chosen.emit(now)

    def _on_clicked(self, number: int) -> None:
        self._current = self._places[number].path
        self.chosen.emit(self._places[number])

    def _on_browse(self) -> None:
        chooser = QFileDialog(self, _("Choose a folder"))
        chooser.setObjectName("folder_dialog")
        chooser.setFileMode(QFileDialog.FileMode.Directory)
        chooser.setOption(QFileDialog.Option.ShowDirsOnly)
        chooser.fileSelected.connect(lambda name: self.choose_folder(Path(name)))
        chooser.open()


def _words(place: Place) -> str:
    name = wording.quoted(place.name)
    if place.is_folder:
        return _("Folder {name}").format(name=name)
    if place.free_bytes < 0:
        return _("Stick {name}").format(name=name)
    return _("Stick {name}, {room} free").format(name=name, room=wording.size(place.free_bytes))
