# SPDX-License-Identifier: Apache-2.0
"""The guide: the same in both languages, every picture and every screen's place in it there; read beside the work."""

from __future__ import annotations

import ast
import importlib.util
import re

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage, QKeySequence, QShortcut
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QLineEdit, QListWidget, QPushButton, QTextBrowser

from testimony_app import resources
from testimony_app.ui.guide import paging
from testimony_app.ui.guide.chapters import LANGUAGES, PICTURES, Kind, chapters, language_for, read
from testimony_app.ui.guide.guide import Guide, GuideWindow
from testimony_app.ui.guide.topics import ARCHIVE_HOME, FIRST, STEPS, TOPICS, topic
from testimony_app.ui.screens import Screen
from testimony_app.ui.window import Window
from tests.house.source import PACKAGE, ROOT, tree

LARGEST_PICTURE = 60_000
BUILDERS = {ast.Lambda, ast.Attribute, ast.Name}
WHERE_SCREENS_ARE_NAMED = ("desktop.py", "flows.py", "practice_desktop.py", "ui/handover/screen.py")


@pytest.fixture(scope="module")
def tool():
    """Return the build's own tool for the guide."""
    spec = importlib.util.spec_from_file_location("guide_tool", ROOT / "installer" / "guide.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def sections(language):
    """Return every section of the guide."""
    return [section for chapter in chapters(language) for section in chapter.sections]


def factories(file):
    """Return the names under which a file makes screens known: the keys of its mappings to what builds one."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Dict) and {type(value) for value in node.values} & BUILDERS:
            yield from (key.value for key in node.keys if isinstance(key, ast.Constant))


def shape(section):
    """Return what must be the same in every language: place, kinds of blocks, lengths of steps, pictures."""
    blocks = [(b.kind, b.picture, len(b.lines) if b.kind is Kind.STEPS else 0) for b in section.blocks]
    return section.anchor, section.is_chapter, blocks


def test_both_languages_have_the_same_chapters():
    """Anchors, order, steps and pictures agree; no anchor stands twice."""
    english, persian = sections("en"), sections("fa")
    anchors = [section.anchor for section in english]

    assert [shape(one) for one in english] == [shape(one) for one in persian]
    assert len(set(anchors)) == len(anchors)
    assert resources.names("guide/en") == [name.replace("/fa/", "/en/") for name in resources.names("guide/fa")]


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_link_and_picture_is_there(language, tool):
    """Links lead to an anchor; each picture exists, can be opened, is small, and is one that the build makes."""
    text = "\n".join(resources.text(name) for name in resources.names(f"guide/{language}"))
    anchors = {section.anchor for section in sections(language)}
    pictures = {block.picture for section in sections(language) for block in section.blocks if block.picture}

    assert set(re.findall(r"\]\(#([a-z0-9-]+)\)", text)) <= anchors
    assert pictures == set(tool.FROM)
    for name in pictures:
        kept = resources.binary(f"{PICTURES}/{name}-{language}.png")
        assert len(kept) < LARGEST_PICTURE
        assert QImage.fromData(kept).width() == tool.WIDTH


def test_every_screen_has_a_place_in_the_guide():
    """Each screen that can be opened by name, and each step of the interview, leads to an anchor that exists."""
    named = {name for file in WHERE_SCREENS_ARE_NAMED for name in factories(PACKAGE / file)}
    anchors = {section.anchor for section in sections("en")}

    assert {"home", "interview", "unlock", "export", "practice", "kiosk"} <= named
    assert named - set(TOPICS) == set()
    assert {*TOPICS.values(), *STEPS.values(), ARCHIVE_HOME, FIRST} <= anchors


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_pages_in_docs_say_the_same(language, tool):
    """docs/guide is what the build makes of resources/guide."""
    kept = (ROOT / "docs" / "guide" / f"{language}.md").read_text(encoding="utf-8")

    assert kept == tool.page(language)


def test_a_page_reads_as_it_is_marked():
    """Steps are numbered as the reader counts, names of files stay left to right, and no mark is left over."""
    chapter = read("# One {#one}\n\n1. Take `out` & **go**.\n2. [On](#one).\n\n> Care.\n\n- a\n- b")

    shown = paging.page(chapter, is_right_to_left=True, picture_width=100)

    assert "1.&nbsp; Take <b>\u2066out\u2069</b> &amp; <b>go</b>." in shown
    assert "2.&nbsp; <a href='#one'>On</a>." in shown
    assert shown.count("<li dir='rtl'>") == 2
    assert "<p class='care' dir='rtl'>Care.</p>" in shown


def test_a_mark_that_nobody_knows_is_noticed():
    """A heading without an anchor is a mistake of whoever wrote it."""
    with pytest.raises(ValueError, match="Without"):
        read("# Without an anchor\n\nWords.")


def test_who_reads_another_language_reads_english():
    """The guide is there for everybody, in one of its languages."""
    assert [language_for(code) for code in ("fa", "en", "ckb", "sv")] == ["fa", "en", "en", "en"]


def test_headings_are_searched_and_opened(qtbot, application):
    """In Persian: part of a heading in an Arabic spelling finds it, and Enter opens it."""
    application.change(language="fa")
    window = GuideWindow()
    qtbot.addWidget(window)
    window.show_anchor("start")
    search, headings = window.findChild(QLineEdit, "guide_search"), window.findChild(QListWidget)
    wanted = next(one for one in sections("fa") if one.anchor == "carry-receipts")

    search.setText(wanted.title[:4].replace(chr(0x06CC), chr(0x064A)))
    found = [headings.item(row).data(Qt.ItemDataRole.UserRole) for row in range(headings.count())]
    QTest.keyClick(search, Qt.Key.Key_Return)

    assert "carry-receipts" in found
    assert len(found) < 5
    assert window.page.anchor == found[0]
    assert window.page.layoutDirection() is Qt.LayoutDirection.RightToLeft


def test_a_link_leads_on(qtbot, application):
    """Following a link opens the chapter it names."""
    window = GuideWindow()
    qtbot.addWidget(window)
    window.show_anchor("start")
    text = window.findChild(QTextBrowser)

    text.anchorClicked.emit("#practice")

    assert window.page.anchor == "practice"
    assert "invented" in text.toPlainText()


def test_f1_and_the_button_ask_for_help(qtbot, application, jobs):
    """The key and the button in the bar ask for the guide."""
    window = Window(application, jobs)
    qtbot.addWidget(window)
    asked = []
    window.help_requested.connect(lambda: asked.append(1))
    window.show_screen(Screen())
    wanted = QKeySequence(QKeySequence.StandardKey.HelpContents)

    window.findChild(QPushButton, "help_button").click()
    next(one for one in window.findChildren(QShortcut) if one.key() == wanted).activated.emit()

    assert len(asked) == 2


def test_the_guide_follows_the_language_and_closes_with_escape(qtbot, application, jobs):
    """Changed to Persian while it is open, it stands at the same place in Persian."""
    owner = Window(application, jobs)
    qtbot.addWidget(owner)
    guide = Guide(application, owner)
    guide.open(topic("interview", ("an identifier", "recording")))

    application.change(language="fa")
    title = next(one.title for one in sections("fa") if one.anchor == "interview-recording")
    shown = guide.window.page

    assert shown.anchor == "interview-recording"
    assert title in shown.findChild(QTextBrowser).toPlainText()
    guide.close()
    assert guide.window is None


def test_each_step_and_each_role_has_its_own_place():
    """Help opens where somebody is: at the step of the interview, at the archive's work on the archive's home."""
    assert topic("interview", ("an identifier", "consent")) == "interview-consent"
    assert topic("interview", "an identifier") == "interview"
    assert topic("home") == "start-home"
    assert topic("home", is_archive=True) == "archive"
    assert topic("something new") == FIRST
