# SPDX-License-Identifier: Apache-2.0
"""The whole desktop, with somebody looking on: another passphrase is given, and another vault's first page comes up."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel, QTableView

from testimony_app.clock import SystemClock
from testimony_app.crypto.passphrase import CHEAP, from_text
from testimony_app.model.partner import Role
from testimony_app.safekeeping import duress
from testimony_app.vault.errors import WrongPassphrase
from testimony_app.workspace import create_workspace
from tests.journeys.walking import opened, unlock

OTHER = "a boat with nine white sails at noon"


@pytest.fixture
def prepared(places):
    """Leave a draft in the collector's vault, and a passphrase under duress that erases; return the draft's code."""
    other = places.folder / "other"
    with from_text(OTHER) as secret:
        create_workspace(other, secret, role=Role.COLLECTOR, name="Choir", clock=SystemClock(), cost=CHEAP).close()
    workspace = opened(places.collector)
    draft = workspace.interviews.start(languages=("pes",))
    workspace.interviews.save_statement(draft.id, "the lamp by the third window", "eng")
    with from_text(OTHER) as secret:
        duress.set_up(workspace.vault, other, secret, erases=True)
    workspace.close()
    return draft.code


def shows(laptop, words):
    """Tell whether a label or a table of the window holds these words."""
    texts = [label.text() for label in laptop.desktop.window.findChildren(QLabel)]
    for model in (table.model() for table in laptop.desktop.window.findChildren(QTableView)):
        cells = ((row, column) for row in range(model.rowCount()) for column in range(model.columnCount()))
        texts += [str(model.index(*cell).data()) for cell in cells]
    return any(words in text for text in texts)


def test_the_other_vault_comes_up_and_the_first_is_closed_for_good(hands, places, prepared):
    """The unlock screen takes it like any passphrase; no word or code of the first vault is on any page after it."""
    owner = hands(places.collector, "owner.json")
    unlock(owner)
    owner.wait(lambda: shows(owner, prepared), "for the draft, as long as its owner is alone")
    owner.leave()

    laptop = hands(places.collector)
    unlock(laptop, OTHER)
    laptop.rest(0.5)
    assert not shows(laptop, prepared) and not shows(laptop, "lamp")
    laptop.desktop.window.lock_requested.emit()
    laptop.leave()
    assert laptop.relaunched == [places.collector]
    assert laptop.desktop.application.settings.last_vault == str(places.collector)

    with pytest.raises(WrongPassphrase):
        opened(places.collector)
    again = opened(places.folder / "other", OTHER)
    assert (again.vault.name, again.vault.testimonies.rows().total) == ("Choir", 0)
    again.close()
