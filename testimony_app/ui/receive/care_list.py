# SPDX-License-Identifier: Apache-2.0
"""What somebody should look after once an import is over: each file that wasn't taken in, each warning, in words."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import ltr
from testimony_app.ui import wording
from testimony_app.ui.layouts import column, emptied, fill, row
from testimony_app.ui.receive.outcome_words import (
    fingerprint_told,
    is_safe,
    outcome_tone,
    outcome_word,
    signer_told,
)
from testimony_app.ui.receive.values import FoundLine
from testimony_app.ui.widgets.chip import Chip
from testimony_app.ui.widgets.parts import card, label


class CareList(QWidget):
    """One card for each file, the worst first; not there at all when everything is well."""

    def __init__(self) -> None:
        """Show nothing."""
        super().__init__()
        self.setObjectName("care_list")
        self._cards = column(gap=12)
        fill(column(self, gap=12), label(_("To look after"), "heading"), self._cards)
        self.hide()

    def show_lines(self, lines: list[FoundLine]) -> None:
        """Show these files, as far as there is something to say about them."""
        emptied(self._cards)
        told = [line for line in lines if needs_care(line)]
        for number, line in enumerate(told, start=1):
            self._cards.addWidget(_card(number, line))
        self.setVisible(bool(told))


def needs_care(line: FoundLine) -> bool:
    """Tell whether a file is more than safely in the archive."""
    return bool(line.warnings) or not is_safe(line.outcome)


def _card(number: int, line: FoundLine) -> QWidget:
    holder = card(name=f"care_{number}")
    named = ltr(line.code) if line.code else _("File {name}").format(name=wording.quoted(line.file))
    tone = "care" if is_safe(line.outcome) else outcome_tone(line.outcome)
    head = fill(row(gap=12), label(named, "strong"), Chip(outcome_word(line.outcome), tone))
    head.setStretch(0, 1)
    box = fill(column(holder, edge=20, gap=8), head)
    signed = label(signer_told(line.outcome, line.signer), "soft", name=f"care_signer_{number}")
    if line.fingerprint:
        signed.setText(f"{signed.text()} {fingerprint_told(line.fingerprint)}")
    told = [label(line.told, name=f"care_told_{number}")] if line.told and not is_safe(line.outcome) else []
    told += [label(warning, name=f"care_warning_{number}", tone="care") for warning in line.warnings]
    told += [label(line.safe, "soft")] if line.safe else []
    told += [label(line.next_step, "strong", name=f"care_next_{number}")] if line.next_step else []
    fill(box, *told, signed)
    return holder
