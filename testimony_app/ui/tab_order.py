# SPDX-License-Identifier: Apache-2.0
"""The order in which Tab goes: as one reads, whatever was made first.

Qt goes in the order in which widgets were made, so that what is added later, a row, a notice, an answer, would come
after everything else. Here the order is that of the layouts; what erases comes last where it stands.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QGridLayout, QLayout, QScrollArea, QWidget

_PARTS = 10_000  # more than any window has: Tab goes in a ring


def put_in_order(top: QWidget) -> None:
    """Have Tab go through everything inside a widget as one reads."""
    wanted = list(in_order(top))
    if wanted != _as_it_goes(top, set(wanted)):
        for before, after in pairwise(wanted):
            QWidget.setTabOrder(before, after)


def in_order(top: QWidget) -> Iterator[QWidget]:
    """Yield whatever takes the keyboard inside a widget, as one reads."""
    for part in _parts(top):
        if part.isWindow():
            continue
        if part.focusPolicy() & Qt.FocusPolicy.TabFocus and part.focusProxy() is None:
            yield part
        yield from in_order(part)


def _as_it_goes(top: QWidget, wanted: set[QWidget]) -> list[QWidget]:
    """Return the same in the order in which Tab goes now, beginning anywhere in the ring."""
    found: list[QWidget] = []
    part = top.nextInFocusChain()
    for _ in range(_PARTS):
        if part is None or part is top:
            break
        if part in wanted:
            found.append(part)
        part = part.nextInFocusChain()
    return found


def _parts(holder: QWidget) -> list[QWidget]:
    """Return what stands directly in a widget."""
    if isinstance(holder, QScrollArea):
        held = holder.widget()
        return [held] if held is not None else []
    layout = holder.layout()
    laid = list(_laid(layout)) if layout is not None else []
    others = [part for part in holder.children() if isinstance(part, QWidget) and part not in laid]
    return laid + others


def _laid(layout: QLayout) -> Iterator[QWidget]:
    last = []
    for at in _places(layout):
        item = layout.itemAt(at)
        if item is None:
            continue
        widget, nested = item.widget(), item.layout()
        if widget is not None and widget.property("weight") == "erase":
            last.append(widget)
        elif widget is not None:
            yield widget
        elif nested is not None:
            yield from _laid(nested)
    yield from last


def _places(layout: QLayout) -> list[int]:
    places = list(range(layout.count()))
    if isinstance(layout, QGridLayout):
        # A grid gives its items as they were put in, not row by row.
        places.sort(key=lambda at: tuple(layout.getItemPosition(at))[:2])  # type: ignore[arg-type]
    return places
