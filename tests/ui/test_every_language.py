# SPDX-License-Identifier: Apache-2.0
"""Every language in one walk: self-recording in all of them, everything else in Persian at its usual size."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QSize

from testimony_app.i18n.languages import LANGUAGES
from tests.screenshots import in_window, registered, settle
from tests.ui.test_every_screen import CHECKS

pytestmark = pytest.mark.slow
DRAFTED = [language.code for language in LANGUAGES if language.code not in ("en", "fa")]


def faults(application, jobs, part, language, size):
    """Return what is wrong with the screens of a name in one look, by screen."""
    application.change(language=language, text_size=size)
    found = {}
    for name, factory in registered(part):
        shown = in_window(application, jobs, factory())
        shown.resize(QSize(1280, 800))
        shown.show()
        settle(4)
        wrong = {check.__name__: check(shown) for check in CHECKS}
        if any(wrong.values()):
            found[f"{name} {language} {size}"] = {check: told for check, told in wrong.items() if told}
        shown.hide()
        shown.deleteLater()
        settle(1)
    return found


def test_self_recording_in_every_drafted_language(application, jobs):
    """With the largest letters, no word of any drafted language is wider than its place, and nothing else is wrong."""
    found = {}
    for language in DRAFTED:
        found |= faults(application, jobs, "kiosk", language, 200)

    assert found == {}


def test_every_screen_in_persian_at_its_usual_size(application, jobs):
    """Persian at 100 %, as most people see it; at 200 % each screen has a test of its own."""
    assert faults(application, jobs, "", "fa", 100) == {}
