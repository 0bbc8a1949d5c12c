# SPDX-License-Identifier: Apache-2.0
"""What the keepers read in an envelope: the name, and whatever it may be dangerous to know."""

from __future__ import annotations

import msgspec
from PySide6.QtWidgets import QLabel

from testimony_app.archive.envelope import open_envelope
from testimony_app.crypto.age import HybridIdentity
from testimony_app.exchange.payloads import seal_identity
from testimony_app.model.person import Identity
from testimony_app.model.risks import DANGER, GO, RiskTalk
from testimony_app.ui.identity.identity_page import IdentityPage
from testimony_app.ui.identity.values import ShownIdentity

TALK = RiskTalk(answers=((DANGER, "serious"), ("travel", "a journey in spring")), decision=GO, reason="asked twice")
WHOLE = Identity(names=("A Real Name",), guardian="an aunt", proxy="her daughter", risks=TALK)


def test_an_envelope_holds_all_of_it(qtbot, application):
    """Guardian, proxy and risks travel with the name, come out as they went in, and are shown in words."""
    key = HybridIdentity.generate()
    sealed = seal_identity(WHOLE, [key.recipient().text()])

    opened = open_envelope(sealed, key)
    page = IdentityPage()
    qtbot.addWidget(page)
    page.show_identity("T-7K2F-Q9", ShownIdentity(**msgspec.structs.asdict(opened)))

    assert opened == WHOLE
    told = "\n".join(one.text() for one in page.findChildren(QLabel))
    for part in ("an aunt", "her daughter", "Serious", "a journey in spring", "asked twice", "Decided: to go on."):
        assert part in told


def test_risks_alone_are_worth_an_envelope_and_nothing_is_none():
    """Whoever gave no name is protected all the same; an empty identity makes no envelope."""
    key = HybridIdentity.generate().recipient().text()

    assert seal_identity(Identity(risks=TALK), [key])
    assert seal_identity(Identity(), [key]) == b""
