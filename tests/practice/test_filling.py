# SPDX-License-Identifier: Apache-2.0
"""The invented material: something waits at every step, and nothing of it can be mistaken for real."""

from __future__ import annotations

import pytest

from testimony_app.clock import SystemClock
from testimony_app.crypto.passphrase import from_text
from testimony_app.dropbox.founding import found
from testimony_app.exchange.worlds import CardNotOfPractice, CardOfPractice
from testimony_app.model.bundle import Outcome
from testimony_app.model.partner import Role
from testimony_app.model.testimony import State
from testimony_app.practice.filling import fill
from testimony_app.practice.ground import PASSPHRASE, Ground
from testimony_app.practice.material import material
from testimony_app.vault.errors import NotAPracticeVault, PracticeVault
from testimony_app.workspace import create_workspace, open_workspace


@pytest.fixture(scope="module")
def ground(tmp_path_factory):
    """Return a practice folder, filled in Persian, as the desktop fills it."""
    made = Ground.make(tmp_path_factory.mktemp("practice"))
    fill(made, "fa", SystemClock())
    yield made
    made.destroy()


def opened(ground, role, *, is_practice=True):
    """Return one of the practice vaults, open."""
    with from_text(PASSPHRASE) as secret:
        return open_workspace(ground.vault(role), secret, clock=SystemClock(), is_practice=is_practice)


def states(workspace):
    """Return the state of each testimony, sorted."""
    return sorted(row.state for row in workspace.vault.testimonies.rows(0, 20).rows)


def test_something_waits_at_every_step(ground):
    """The interviewer has a draft and a sealed testimony, the stick holds one, the archive one to review."""
    collector = opened(ground, Role.COLLECTOR)
    try:
        assert states(collector) == sorted([State.DRAFT, State.SEALED, State.CARRIED, *[State.RECEIVED] * 3])
    finally:
        collector.close()
    archive = opened(ground, Role.ARCHIVE)
    try:
        assert states(archive) == sorted([State.TO_REVIEW, State.CATALOGUED, State.CATALOGUED])
        report = archive.import_bundles([ground.stick])
        assert [finding.outcome for finding in report.findings] == [Outcome.IMPORTED]
        assert archive.catalogue.search(material("fa").testimony[0].places[1]).hits
    finally:
        archive.close()


def test_practice_and_real_never_trust_each_other(ground, tmp_path, cheap):
    """A real vault refuses a practice card and so never seals to it; a practice vault refuses a real one."""
    mark = "\N{LOZENGE} "
    with from_text("seven lanterns beside the old well") as secret:
        real = create_workspace(
            tmp_path / "real", secret, role=Role.ARCHIVE, name=mark + "archive", clock=SystemClock(), cost=cheap
        )
    practice = opened(ground, Role.COLLECTOR)
    try:
        real.write_card(tmp_path / "real.card")
        practice.write_card(tmp_path / "practice.card")
        with pytest.raises(CardOfPractice):
            real.trust(tmp_path / "practice.card", practice.safety_number())
        with pytest.raises(CardNotOfPractice):
            practice.trust(tmp_path / "real.card", real.safety_number())
        assert real.vault.name == "archive"
        assert practice.vault.name.startswith(mark)
    finally:
        practice.close()
        real.close()


def test_a_real_archive_can_not_take_in_what_practice_sealed(ground, tmp_path, cheap):
    """A practice bundle that came to a real archive is not for it: its key opens none of them."""
    with from_text("seven lanterns beside the old well") as secret:
        real = create_workspace(
            tmp_path / "real", secret, role=Role.ARCHIVE, name="archive", clock=SystemClock(), cost=cheap
        )
    try:
        report = real.import_bundles([ground.stick])

        assert [finding.outcome for finding in report.findings] == [Outcome.NOT_FOR_US]
        assert real.vault.testimonies.rows(0, 5).total == 0
    finally:
        real.close()


def test_no_drop_box_is_made_for_a_practice_archive(ground, tmp_path):
    """What is told into a drop box is real: it is never sealed to a card of practice."""
    with pytest.raises(CardOfPractice):
        found(tmp_path / "box", ground.folder / "archive.card", clock=SystemClock())

    assert not (tmp_path / "box").exists()


def test_a_real_vault_does_not_open_in_practice(tmp_path, cheap):
    """Practice opens what is marked as practice and nothing else."""
    with from_text("seven lanterns beside the old well") as secret:
        clock = SystemClock()
        create_workspace(tmp_path / "real", secret, role=Role.ARCHIVE, name="a", clock=clock, cost=cheap).close()
        with pytest.raises(NotAPracticeVault):
            open_workspace(tmp_path / "real", secret, clock=clock, is_practice=True)
        open_workspace(tmp_path / "real", secret, clock=clock).close()


def test_every_language_has_the_same_testimonies():
    """English and Persian differ in words only: stages, lengths, and who is named."""
    english, persian = material("en"), material("fa")

    assert [(t.stage, t.seconds, len(t.people), len(t.places), t.no) for t in english.testimony] == [
        (t.stage, t.seconds, len(t.people), len(t.places), t.no) for t in persian.testimony
    ]
    assert material("sv") == english


def test_a_practice_vault_opens_in_practice_only(ground):
    """Opened as if it were real it is refused, and closed again."""
    with pytest.raises(PracticeVault):
        opened(ground, Role.ARCHIVE, is_practice=False)

    opened(ground, Role.ARCHIVE).close()
