# SPDX-License-Identifier: Apache-2.0
"""Two laptops, a stick between them, and people who know each other's safety numbers."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from testimony_app.clock import SystemClock
from testimony_app.crypto.passphrase import CHEAP, from_text
from testimony_app.model.partner import Role
from testimony_app.workspace import create_workspace
from tests.journeys.walking import PASSPHRASE


@dataclass
class Places:
    """Where the two vaults and the stick are."""

    collector: Path
    archive: Path
    stick: Path
    folder: Path


@pytest.fixture
def places(tmp_path):
    """Return a collector's and an archive's vault whose cards were compared, and an empty stick."""
    found = Places(tmp_path / "collector", tmp_path / "archive", tmp_path / "stick", tmp_path)
    found.stick.mkdir()
    made = []
    for role in (Role.COLLECTOR, Role.ARCHIVE):
        with from_text(PASSPHRASE) as secret:
            folder = getattr(found, role.value)
            made.append(
                create_workspace(folder, secret, role=role, name=f"the {role.value}", clock=SystemClock(), cost=CHEAP)
            )
    for one, other in (made, reversed(made)):
        card = tmp_path / f"{one.role.value}.card"
        one.write_card(card)
        other.trust(card, one.safety_number())
    for workspace in made:
        workspace.close()
    return found


@pytest.fixture
def hands(qapp, tmp_path):
    """Return what sits down at a laptop: `hands(vault)` starts a desktop; all are closed afterwards."""
    from tests.journeys.hands import Hands

    sitting = []

    def sit_down(vault=None, settings="settings.json"):
        sitting.append(Hands(qapp, tmp_path / settings, vault))
        return sitting[-1]

    yield sit_down
    for one in sitting:
        one.leave()


@pytest.fixture
def booth():
    """Return a display and a bus of our own, for somebody who can't see; skipped where they can't be had."""
    from tests.journeys import ears

    reason = ears.lacking()
    if reason:
        pytest.skip(reason)
    made = ears.Booth()
    try:
        made.open()
        yield made
    finally:
        made.close()
