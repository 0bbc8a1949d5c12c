# SPDX-License-Identifier: Apache-2.0
"""The places that were named: a line to add one, and a button for each to take it away again."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import auto
from testimony_app.model.ids import new_id
from testimony_app.model.person import NamedPlace
from testimony_app.ui.flow_layout import FlowLayout
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.widgets.bidi_edit import BidiLine
from testimony_app.ui.widgets.parts import button, label


class PlacesLine(QWidget):
    """Places as they were said, each once."""

    edited = Signal()

    def __init__(self) -> None:
        """Start without places."""
        super().__init__()
        self._places: tuple[NamedPlace, ...] = ()
        self._field = BidiLine(_("A place that was named"), name="place_name")
        self._field.setPlaceholderText(_("A place that was named"))
        self._add = button(_("Add this place"), "add_place")
        shown = QWidget()
        self._flow = FlowLayout(shown)
        fill(
            column(self),
            label(_("Places"), "strong", wraps=False),
            fill(row(gap=12), self._field, self._add),
            shown,
        )
        self._add.clicked.connect(self._on_entered)
        self._field.returnPressed.connect(self._on_entered)

    def show_places(self, places: tuple[NamedPlace, ...]) -> None:
        """Show these places."""
        self._places = places
        emptied(self._flow)
        for number, place in enumerate(places, 1):
            name = auto(place.names[0])
            pressed = button(f"{name}  ×", f"place_{number}", said=_("Remove {place}").format(place=name))
            pressed.clicked.connect(lambda _is_on=False, gone=place: self._on_removed(gone))
            self._flow.addWidget(pressed)

    def places(self) -> tuple[NamedPlace, ...]:
        """Return the places."""
        return self._places

    def flush(self) -> None:
        """Enter what stands in the field."""
        if self._field.text().strip():
            self._on_entered()

    def _on_entered(self) -> None:
        name = self._field.text().strip()
        self._field.clear()
        self._field.setFocus()
        if name and not any(name in place.names for place in self._places):
            self.show_places((*self._places, NamedPlace(id=new_id(), names=(name,))))
            self.edited.emit()

    def _on_removed(self, gone: NamedPlace) -> None:
        self.show_places(tuple(place for place in self._places if place.id != gone.id))
        self.edited.emit()
