# SPDX-License-Identifier: Apache-2.0
"""The parts of every screen: what they show, what they tell, what they keep to themselves."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication, QKeyEvent
from PySide6.QtWidgets import QLineEdit

from testimony_app.ui.widgets.bidi_edit import BidiEdit, BidiLine
from testimony_app.ui.widgets.card_button import CardButton
from testimony_app.ui.widgets.check import Check
from testimony_app.ui.widgets.confirm import confirm
from testimony_app.ui.widgets.level_meter import LevelMeter
from testimony_app.ui.widgets.parts import button, label
from testimony_app.ui.widgets.passphrase_field import PassphraseField
from testimony_app.ui.widgets.progress_panel import ProgressPanel
from testimony_app.ui.widgets.step_bar import ShownStep, StepBar
from testimony_app.ui.widgets.table import Cell, Column, Table, TableRow
from testimony_app.ui.widgets.timer_label import show_time, timer_label
from testimony_app.ui.widgets.waveform import Waveform

PERSIAN = "\u0633\u0644\u0627\u0645"  # seen, lam, alef, meem: a greeting


@pytest.fixture
def shown(qtbot, application):
    """Return a function that shows a widget at a size and keeps it until the test ends."""

    def show(widget, width=600, height=300):
        qtbot.addWidget(widget)
        widget.resize(width, height)
        widget.show()
        qtbot.waitExposed(widget)
        return widget

    return show


def test_markup_is_shown_as_it_was_written():
    """A name with angle brackets is a name, never markup."""
    made = label("<b>Sima</b>")

    assert made.textFormat() is Qt.TextFormat.PlainText


@pytest.mark.parametrize("weight", ["main", "record", "plain", "flat", "narrow", "flatnarrow", "erase"])
def test_every_button_is_large_enough_for_a_finger(shown, weight):
    """Each weight is at least 44 px both ways and has a name."""
    made = button("OK", "ok", weight)

    assert made.sizeHint().width() >= 44
    assert made.sizeHint().height() >= 44
    assert made.accessibleName() == "OK"


def test_a_passphrase_is_taken_once_and_then_gone(shown):
    """Taking it hands out the bytes and empties the field."""
    field = shown(PassphraseField("Passphrase"))
    field.fill("four  words of mine")

    with field.take() as secret:
        taken = bytes(secret.view)

    assert taken == b"four words of mine"
    assert field.is_empty()


def test_a_passphrase_can_not_be_copied(shown, qtbot):
    """Neither hidden nor shown does it reach the clipboard or a selection."""
    field = shown(PassphraseField("Passphrase"))
    line = field.findChild(QLineEdit, "passphrase")
    QGuiApplication.clipboard().setText("before")
    field.fill("four words of mine")
    field._reveal.click()

    line.selectAll()
    qtbot.keyClick(line, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    qtbot.keyClick(line, Qt.Key.Key_X, Qt.KeyboardModifier.ControlModifier)

    assert line.echoMode() is QLineEdit.EchoMode.Normal
    assert not line.hasSelectedText()
    assert QGuiApplication.clipboard().text() == "before"
    assert not field.is_empty()


def test_locked_capitals_are_told(shown, qtbot):
    """A capital without Shift means that capitals are locked; a small letter that they are not."""
    field = shown(PassphraseField("Passphrase"))
    line = field.findChild(QLineEdit, "passphrase")

    qtbot.keyClicks(line, "A", Qt.KeyboardModifier.NoModifier)
    told = field._hint.text()
    qtbot.keyClicks(line, "a")

    assert "Capitals" in told
    assert "Capitals" not in field._hint.text()


def test_the_letters_that_the_keyboard_gives_are_told(shown, qtbot):
    """A passphrase typed in the wrong layout is noticed before it is tried."""
    field = shown(PassphraseField("Passphrase"))
    line = field.findChild(QLineEdit, "passphrase")
    before = field._hint.text()

    qtbot.keyClicks(line, "a")
    latin = field._hint.text()
    QGuiApplication.sendEvent(line, QKeyEvent(QEvent.Type.KeyPress, 0, Qt.KeyboardModifier.NoModifier, PERSIAN[0]))

    assert before == ""
    assert "Latin" in latin
    assert "Persian" in field._hint.text()


def test_what_went_wrong_goes_when_it_is_typed_again(shown, qtbot):
    """The sentence beside the field stays until the next key."""
    field = shown(PassphraseField("Passphrase"))
    field.show_wrong("That is not it.")
    stood = field._wrong.isVisible()

    qtbot.keyClicks(field.findChild(QLineEdit, "passphrase"), "a")

    assert stood
    assert not field._wrong.isVisible()


def test_each_paragraph_finds_its_side(shown):
    """Persian stands at the right and English at the left, in one text."""
    edit = shown(BidiEdit("Statement", name="statement"))

    edit.show_text(f"{PERSIAN}\nhello")

    first = edit.document().begin()
    assert first.textDirection() is Qt.LayoutDirection.RightToLeft
    assert first.next().textDirection() is Qt.LayoutDirection.LeftToRight


def test_a_draft_is_told_soon_after_typing_and_at_once_when_asked(shown, qtbot):
    """What was typed is told within two seconds, or by `flush`; what was only shown is not."""
    edit = shown(BidiEdit("Statement", name="statement"))
    told = []
    edit.draft_changed.connect(told.append)
    edit.show_text("kept")
    edit.flush()

    qtbot.keyClicks(edit, "new ")
    edit.flush()
    qtbot.keyClicks(edit, "and ")
    qtbot.waitUntil(lambda: len(told) == 2, timeout=20_000)

    assert told == ["new kept", "new and kept"]


def test_a_line_changes_sides_with_its_text(shown):
    """The first letter with a direction decides."""
    line = shown(BidiLine("Name", name="name"))
    line.setText("Sima")
    before = line.layoutDirection()

    line.setText(PERSIAN)

    assert before is Qt.LayoutDirection.LeftToRight
    assert line.layoutDirection() is Qt.LayoutDirection.RightToLeft


STEPS = [
    ShownStep("witness", "Witness", is_done=True),
    ShownStep("consent", "Consent", is_done=True),
    ShownStep("recording", "Recording"),
    ShownStep("people", "People and places"),
    ShownStep("review", "Review and seal", may_enter=False),
]


def test_steps_are_shown_in_full_or_as_one_word(shown):
    """Where there is no room for all, the present step stands alone and opens the others."""
    bar = shown(StepBar(), width=1200, height=60)
    bar.show_steps(STEPS, "recording")
    in_full = [made.isVisible() for made in bar._buttons]

    bar.resize(260, 60)

    assert all(in_full)
    assert not any(made.isVisible() for made in bar._buttons)
    assert bar._short.text() == "3 of 5 · Recording"
    assert [act.isEnabled() for act in bar._short.menu().actions()] == [True, True, True, True, False]


def test_a_step_is_chosen_only_when_it_may_be_entered(shown, qtbot):
    """Pressing an open step tells its name; a closed one tells nothing."""
    bar = shown(StepBar(), width=1200, height=60)
    bar.show_steps(STEPS, "recording")
    chosen = []
    bar.chosen.connect(chosen.append)

    for made in bar._buttons:
        qtbot.mouseClick(made, Qt.MouseButton.LeftButton)

    assert chosen == ["witness", "consent", "recording", "people"]


def a_table(shown, width=900):
    """Return a table of two rows with a column that may go."""
    table = Table([Column("Code"), Column("Witness", stretches=True), Column("Note", may_go=True)], name="t", title="T")
    shown(table, width=width)
    table.show_rows(
        [
            TableRow("1", (Cell("T-1", "code"), Cell("Sima"), Cell("A long remark about this one"))),
            TableRow("2", (Cell("T-2", "code"), Cell("Daughter"), Cell("Sealed", "chip", "sealed"))),
        ]
    )
    return table


def test_a_row_is_opened_with_enter_and_with_a_press(shown, qtbot):
    """Both ways tell the row's key."""
    table = a_table(shown)
    opened = []
    table.opened.connect(opened.append)
    table.choose("2")

    qtbot.keyClick(table, Qt.Key.Key_Return)
    first = table.visualRect(table.model().index(0, 0)).center()
    qtbot.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=first)

    assert opened == ["2", "1"]


def test_a_narrow_table_lets_a_column_go(shown):
    """The column that may go, goes; the others stay whole."""
    table = a_table(shown)
    was_hidden = table.isColumnHidden(2)

    table.resize(220, 300)

    assert not was_hidden
    assert table.isColumnHidden(2)
    assert not table.isColumnHidden(0)


def test_a_chosen_row_stays_chosen_when_rows_are_shown_anew(shown):
    """Refreshing a list does not lose the place."""
    table = a_table(shown)
    table.choose("2")

    table.show_rows([TableRow(key, (Cell(f"T-{key}"), Cell(), Cell())) for key in ("0", "2")])

    assert table.current_key() == "2"


@pytest.mark.parametrize(("language", "at", "seconds"), [("en", 0.25, 25.0), ("fa", 0.25, 75.0)])
def test_the_time_of_a_waveform_runs_with_the_language(shown, application, qtbot, language, at, seconds):
    """In Persian the beginning of a recording stands at the right."""
    application.change(language=language)
    wave = shown(Waveform(), width=400, height=100)
    wave.show_recording([0.5] * 100, 100)
    sought = []
    wave.seek_requested.connect(sought.append)

    qtbot.mouseClick(wave, Qt.MouseButton.LeftButton, pos=QPoint(round(wave.width() * at), 50))

    assert sought == [pytest.approx(seconds, abs=0.5)]


def test_a_waveform_is_sought_in_with_the_keys(shown, qtbot):
    """The arrow keys move five seconds; Home and End go to the ends."""
    wave = shown(Waveform(), width=400, height=100)
    wave.show_recording([0.5] * 100, 100)
    wave.show_position(50)
    sought = []
    wave.seek_requested.connect(sought.append)

    for key in (Qt.Key.Key_Right, Qt.Key.Key_Left, Qt.Key.Key_Home, Qt.Key.Key_End):
        qtbot.keyClick(wave, key)

    assert sought == [55.0, 45.0, 0.0, 100.0]


def test_the_meter_runs_with_the_language_and_keeps_what_clipped(shown, application):
    """A level half way up is drawn from the leading end; a clip stays until it is cleared."""
    application.change(language="fa")
    meter = shown(LevelMeter(), width=600, height=40)
    meter.show_level(-30, -20, clipped=True)
    meter.show_level(-30, -20)
    span = meter._span(-60, -30)

    clipped = meter._clipped
    meter.clear()

    assert span.left() == pytest.approx(meter.width() / 2)
    assert span.right() == pytest.approx(meter.width())
    assert clipped and not meter._clipped


def test_the_timer_shows_the_digits_of_the_language(shown, application):
    """42 minutes and 17 seconds, in Latin and in Persian digits, set apart."""
    made = shown(timer_label())
    show_time(made, 2537)
    latin = made.text()

    application.change(language="fa")
    show_time(made, 2537)

    assert latin == "\u206600:42:17\u2069"
    assert made.text() == "\u2066\u06f0\u06f0:\u06f4\u06f2:\u06f1\u06f7\u2069"


def test_a_long_job_tells_how_far_it_is_and_can_be_stopped(shown, qtbot):
    """Half way is half way; cancelling is told once and can't be pressed twice."""
    panel = shown(ProgressPanel("Export"))
    asked = []
    panel.cancel_requested.connect(lambda: asked.append(True))
    panel.show_progress(50, 100, "Writing")

    panel.cancel_button.click()
    panel.cancel_button.click()

    assert panel._bar.value() == 500
    assert "50" in panel._left.text()
    assert asked == [True]


def test_the_safe_answer_has_the_focus(shown, qtbot):
    """Enter and Escape leave everything as it is; only the named button erases."""
    parent = shown(label("here"))
    erased = []
    sheet = confirm(parent, lambda: erased.append(1), title="Erase?", what="It goes.", yes="Erase", is_erasing=True)
    qtbot.waitExposed(sheet)

    qtbot.keyClick(sheet, Qt.Key.Key_Escape)
    again = confirm(parent, lambda: erased.append(2), title="Erase?", what="It goes.", yes="Erase", is_erasing=True)
    again.yes_button.click()

    assert erased == [2]


def test_a_card_grows_with_its_words(shown):
    """A narrow card is taller, so that its words are never cut."""
    made = CardButton("New interview", "Consent, recording and notes, step by step", "new")

    assert made.heightForWidth(180) > made.heightForWidth(600)


def test_a_box_is_ticked_by_pressing_its_words(shown, qtbot):
    """The words belong to the target."""
    made = shown(Check("Keep a readable copy", name="keep"), width=400, height=60)

    qtbot.mouseClick(made, Qt.MouseButton.LeftButton, pos=QPoint(300, 30))

    assert made.isChecked()
