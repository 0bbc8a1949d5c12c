# SPDX-License-Identifier: Apache-2.0
"""A photograph that came with a testimony is looked at in the archive, as far as the consent allows."""

from __future__ import annotations

from testimony_app.intake import consent
from testimony_app.intake.amending import Amendment
from testimony_app.model.consent import Answer, ConsentKind
from testimony_app.model.person import Witness
from testimony_app.model.testimony import Session
from testimony_app.ui.archive.screen import ArchiveScreen, Shelves
from testimony_app.ui.intake.attachment_page import PictureView
from testimony_app.ui.intake.screen import Listens
from tests.ui.flows.test_beside import a_photograph
from tests.ui.flows.test_interview import visible_text


def brought(house, tmp_path):
    """Return the id of a testimony with a photograph, taken at the collector's and imported at the archive."""
    house.trust_each_other()
    here, there = house.collector, house.archive
    (tmp_path / "stick").mkdir()

    def carry():
        draft = here.interviews.start()
        here.interviews.set_witness(draft.id, witness=Witness(pseudonym="Sima"), session=Session(), languages=("pes",))
        agreed = consent.answered(consent.text("en"), {"P1": Answer.YES}, house.clock, understood=True)
        here.interviews.give_consent(draft.id, agreed)
        here.interviews.attach(draft.id, a_photograph(tmp_path / "yard.jpg"))
        here.sealing.seal(draft.id)
        here.export(tmp_path / "stick")
        there.import_bundles([tmp_path / "stick"])
        return draft.id

    return house.on_vault(carry)


def opened(house, testimony):
    """Return the archive with a testimony open."""
    shelves = Shelves(house.archive.vault, house.archive.catalogue)
    screen = house.shown(ArchiveScreen(house.jobs, shelves, Listens(house.archive.vault), house.speaker, testimony))
    house.wait(lambda: bool(visible_text(screen, "detail_code")))
    return screen


def test_a_photograph_is_seen_in_the_archive(house, tmp_path):
    """From the stick to the screen: it is shown from its ciphertext, and gone when the page is left."""
    screen = opened(house, brought(house, tmp_path))

    house.press(screen, "look_1")
    view = screen.findChild(PictureView)
    house.wait(lambda: view.isVisible() and not view.image.isNull())
    shown = view.image.pixelColor(400, 300)
    house.press(screen, "attachment_back")

    assert shown.green() > 140
    assert view.image.isNull()
    house.wait(lambda: bool(visible_text(screen, "detail_code")))


def test_what_was_withdrawn_meanwhile_is_not_shown(house, tmp_path):
    """Between the opening and the look everything was taken back: it is said, and nothing is seen."""
    testimony = brought(house, tmp_path)
    screen = opened(house, testimony)

    def withdraw():
        code = house.archive.vault.testimonies.get(testimony).code
        house.archive.amend(code, Amendment(kind=ConsentKind.FULL_WITHDRAWAL))

    house.on_vault(withdraw)

    house.press(screen, "look_1")
    house.wait(lambda: "withdrawn" in visible_text(screen, "attachment_waiting"))

    assert screen.findChild(PictureView).image.isNull()
