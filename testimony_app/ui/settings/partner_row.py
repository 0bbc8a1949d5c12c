# SPDX-License-Identifier: Apache-2.0
"""One partner: name, purpose, since when trusted."""

from __future__ import annotations

from PySide6.QtWidgets import QHBoxLayout, QVBoxLayout, QWidget

from testimony_app.i18n.catalogue import _
from testimony_app.i18n.languages import auto, ltr
from testimony_app.model.partner import Partner
from testimony_app.ui.frame.top_bar import role_words
from testimony_app.ui.widgets.chip import Chip
from testimony_app.ui.widgets.parts import label


class PartnerRow(QWidget):
    """A partner as the list shows it."""

    def __init__(self, partner: Partner) -> None:
        super().__init__()
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 4, 0, 4)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(label(auto(partner.card.name), "strong"))
        words.addWidget(label(_("Fingerprint {hex}").format(hex=ltr(_in_groups(partner.fingerprint))), "small"))
        row.addLayout(words, 1)
        row.addWidget(Chip(role_words(partner.card.role), "action"))
        row.addWidget(Chip(_("Revoked"), "record") if partner.revoked_at else Chip(_("Trusted"), "sealed"))


def _in_groups(fingerprint: str) -> str:
    first = fingerprint[:16]
    return " ".join(first[place : place + 4] for place in range(0, len(first), 4))
