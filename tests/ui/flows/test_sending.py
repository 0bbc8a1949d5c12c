# SPDX-License-Identifier: Apache-2.0
"""A sealed testimony leaves on a stick, is taken in by an archive, heard there, and its receipt comes back."""

from __future__ import annotations

import pytest
from PySide6.QtWidgets import QLabel

from testimony_app.audio.synthetic import voice
from testimony_app.intake import consent
from testimony_app.intake.taking import RecordingSession
from testimony_app.model.consent import Answer
from testimony_app.model.person import Witness
from testimony_app.model.testimony import Session, State
from testimony_app.ui.archive.results_model import RESULT
from testimony_app.ui.archive.screen import ArchiveScreen, Shelves
from testimony_app.ui.archive.search_box import SearchBox
from testimony_app.ui.home.home_page import HomePage
from testimony_app.ui.home.screen import Holdings, HomeScreen
from testimony_app.ui.intake.screen import Listens
from testimony_app.ui.receive.screen import ReceiveScreen, Receiving
from testimony_app.ui.send.screen import Sending, SendScreen
from testimony_app.ui.widgets.table import Table

SAID = "They took us to the old prison in the autumn."


def shown(screen, name):
    """Return the text of the visible label of a name."""
    return next((one.text() for one in screen.findChildren(QLabel, name) if one.isVisible()), "")


def sealed_testimony(house):
    """Return the code of a testimony taken and sealed without a screen."""
    here = house.collector

    def take():
        draft = here.interviews.start()
        here.interviews.set_witness(
            draft.id, witness=Witness(pseudonym="Sima"), session=Session(place="Berlin"), languages=("pes",)
        )
        agreed = consent.answered(consent.text("en"), {"P1": Answer.YES}, house.clock, understood=True)
        here.interviews.give_consent(draft.id, agreed)
        here.interviews.save_statement(draft.id, SAID, "eng")
        recording = RecordingSession(here.vault, house.microphone, house.clock)
        recording.begin(draft.id)
        recording.start()
        house.microphone.stream.say(voice(2, 48_000, 7).reshape(-1, 1))
        recording.stop()
        recording.finish()
        here.sealing.seal(draft.id)
        return draft.code

    return house.on_vault(take)


def exported(house, folder):
    """Export everything that waits to a folder, through the screen."""
    screen = house.shown(SendScreen(house.jobs, Sending(house.collector.vault), house.sticks))
    screen.choose_folder(folder)
    house.press(screen, "export_button")
    house.wait(lambda: bool(shown(screen, "export_done")))
    return screen


def imported(house, folder):
    """Import a folder, through the screen, up to the report."""
    screen = house.shown(ReceiveScreen(house.jobs, Receiving(house.archive.vault), house.sticks))
    screen.choose_folder(folder)
    house.press(screen, "import_button")
    house.wait(lambda: bool(shown(screen, "report_title")))
    return screen


def lines(screen):
    """Return the first cells of the report's rows."""
    model = screen.findChild(Table, "findings").model()
    return [model.index(number, 0).data() for number in range(model.rowCount())]


@pytest.fixture
def stick(tmp_path):
    """Return a folder that stands for a stick."""
    folder = tmp_path / "stick"
    folder.mkdir()
    return folder


def test_a_testimony_goes_from_the_collector_to_the_archive(house, stick):
    """Exported, read back, imported, verified, listed, and its words found."""
    house.trust_each_other()
    code = sealed_testimony(house)

    sent = exported(house, stick)
    report = imported(house, stick)

    assert code in shown(sent, "export_codes")
    assert lines(report) == ["Verified"]
    assert "safely" in shown(report, "report_title")
    state = house.on_vault(lambda: house.collector.interviews.by_code(code)).state
    assert state is State.CARRIED


def test_what_was_carried_can_be_carried_once_more(house, stick):
    """Carried already, nothing waits; asked for from home by its code, it is written to another stick all the same."""
    house.trust_each_other()
    code = sealed_testimony(house)
    exported(house, stick)
    home = house.shown(HomeScreen(house.jobs, Holdings(house.collector.vault, house.collector.interviews)))
    wanted = []
    home.go.connect(lambda name, argument: wanted.append((name, argument)))
    house.wait(lambda: home.findChild(Table).model().rowCount() > 0)
    page = home.findChild(HomePage)
    menu = page.menu_for(next(iter(page._rows.values())))
    next(act for act in menu.actions() if act.objectName() == "export_again").trigger()
    menu.close()

    again = house.shown(SendScreen(house.jobs, Sending(house.collector.vault), house.sticks, wanted[0][1]))
    other = stick.parent / "other"
    other.mkdir()
    again.choose_folder(other)
    house.press(again, "export_button")
    house.wait(lambda: bool(shown(again, "safe_to_remove")))

    assert wanted == [("export", code)]
    assert len(list(other.glob("*.AGE"))) == len(list(stick.glob("*.AGE"))) == 1


def test_importing_again_says_that_it_is_here(house, stick):
    """The same stick a second time changes nothing and says so."""
    house.trust_each_other()
    sealed_testimony(house)
    exported(house, stick)
    imported(house, stick)

    again = imported(house, stick)

    model = again.findChild(Table, "findings").model()
    assert model.index(0, 4).data() == "Already here, unchanged"
    page = house.on_vault(lambda: house.archive.vault.testimonies.rows(0, 10))
    assert page.total == 1


def test_a_bundle_altered_by_one_bit_is_not_taken_in(house, stick):
    """The report says damaged, and the archive holds nothing of it."""
    house.trust_each_other()
    sealed_testimony(house)
    exported(house, stick)
    bundle = next(stick.glob("*.AGE"))
    altered = bytearray(bundle.read_bytes())
    altered[len(altered) // 2] ^= 1
    bundle.write_bytes(altered)

    report = imported(house, stick)

    assert lines(report) == ["Damaged"]
    page = house.on_vault(lambda: house.archive.vault.testimonies.rows(0, 10))
    assert page.total == 0


def test_a_bundle_from_a_stranger_is_held_apart(house, stick):
    """Without the interviewer's card the bundle is whole, but nobody here knows who signed it."""
    from testimony_app.exchange import trust

    def pin():
        card = trust.read_card(trust.write_card(house.archive.vault))
        trust.pin(house.collector.vault, card, card.safety_number)

    house.on_vault(pin)
    sealed_testimony(house)
    exported(house, stick)

    report = imported(house, stick)

    assert lines(report) == ["Unknown signer"]


def test_receipts_come_back_and_are_checked(house, stick):
    """The archive writes a receipt to the stick; the collector's export screen offers and checks it."""
    house.trust_each_other()
    code = sealed_testimony(house)
    exported(house, stick)
    report = imported(house, stick)
    house.press(report, "write_receipts")
    house.wait(lambda: "written" in shown(report, "receipts_title"))

    screen = house.shown(SendScreen(house.jobs, Sending(house.collector.vault), house.sticks))
    screen.choose_folder(stick)
    house.press(screen, "check_receipts")
    house.wait(lambda: "good" in shown(screen, "banner_text"))

    state = house.on_vault(lambda: house.collector.interviews.by_code(code)).state
    assert state is State.RECEIVED


def test_the_archive_finds_and_plays_what_it_took_in(house, stick):
    """A word of the statement finds it; the player plays as long as was spoken."""
    house.trust_each_other()
    code = sealed_testimony(house)
    exported(house, stick)
    imported(house, stick)
    vault = house.archive.vault
    screen = house.shown(
        ArchiveScreen(house.jobs, Shelves(vault, house.archive.catalogue), Listens(vault), house.speaker)
    )
    box = screen.bar_leading()[0]
    house.qtbot.addWidget(box)

    house.qtbot.keyClicks(box, "prison")
    results = screen._page.results
    house.wait(lambda: results.model().rowCount() == 1 and screen._text == "prison")
    results.setCurrentIndex(results.model().index(0))
    house.wait(lambda: code in shown(screen, "detail_code"))
    house.press(screen, "play_button")
    house.wait(lambda: house.speaker.reader is not None)

    assert isinstance(box, SearchBox)
    assert house.speaker.reader.frames == 2 * 48_000
    assert "\x02prison\x03" in results.model().index(0).data(RESULT).snippet


def test_filters_narrow_the_list(house, stick):
    """A state without testimonies shows none; pressing it again shows all."""
    house.trust_each_other()
    sealed_testimony(house)
    exported(house, stick)
    imported(house, stick)
    vault = house.archive.vault
    screen = house.shown(
        ArchiveScreen(house.jobs, Shelves(vault, house.archive.catalogue), Listens(vault), house.speaker)
    )
    house.wait(lambda: screen._page.results.model().rowCount() == 1)

    house.press(screen, "filter_catalogued")
    house.wait(lambda: screen._page.results.model().rowCount() == 0)
    house.press(screen, "filter_catalogued")
    house.wait(lambda: screen._page.results.model().rowCount() == 1)


def test_a_folder_that_is_gone_is_said_calmly(house, stick):
    """Exporting to a place that was pulled out keeps everything waiting, and says what happened."""
    house.trust_each_other()
    sealed_testimony(house)
    screen = house.shown(SendScreen(house.jobs, Sending(house.collector.vault), house.sticks))
    screen.choose_folder(stick)
    stick.rmdir()

    with house.qtbot.waitSignal(screen.noticed, timeout=20_000) as told:
        house.press(screen, "export_button")

    assert told.args[0].text
    # The look for receipts in that folder complains as well, and may be first.
    house.wait(screen.may_leave)
    assert len(house.on_vault(Sending(house.collector.vault).plan).loads) == 1


def test_home_counts_what_there_is(house):
    """The home page tells how many there are, and what waits."""
    house.trust_each_other()
    sealed_testimony(house)
    house.on_vault(house.collector.interviews.start)
    screen = house.shown(HomeScreen(house.jobs, Holdings(house.collector.vault, house.collector.interviews)))

    house.wait(lambda: "2 testimonies" in shown(screen, "home_summary"))

    assert "1 draft" in shown(screen, "home_summary")
    assert "1 waiting" in shown(screen, "home_summary")


def test_a_draft_is_erased_from_home_after_one_question(house):
    """Erasing asks once; the safe answer keeps the draft, the other one destroys it."""
    draft = house.on_vault(house.collector.interviews.start)
    screen = house.shown(HomeScreen(house.jobs, Holdings(house.collector.vault, house.collector.interviews)))
    house.wait(lambda: "1 testimony" in shown(screen, "home_summary"))
    row = screen._page._rows[draft.id]

    screen._page.ask_to_erase(row)
    house.press(screen, "confirm_no")
    screen._page.ask_to_erase(row)
    house.press(screen, "confirm_yes")

    house.wait(lambda: shown(screen, "home_summary") == "Nothing here yet.")
