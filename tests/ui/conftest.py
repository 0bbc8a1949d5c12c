# SPDX-License-Identifier: Apache-2.0
"""What every test of a window gets: the program's look, in English, light, at 100 %."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt

from testimony_app.settings import Settings
from testimony_app.ui import quietly, theme
from testimony_app.ui.application import Application
from testimony_app.ui.jobs import Jobs


@pytest.fixture(autouse=True)
def running(qapp):
    """Have an application in every test here, in its first look: a widget made without one ends the interpreter."""
    qapp.setLayoutDirection(Qt.LayoutDirection.LeftToRight)
    theme.apply(qapp, "light", 100)


@pytest.fixture(autouse=True)
def headphones():
    """Let everybody wear headphones: only a test of the question asks it."""
    quietly.answered()
    yield
    quietly.answered(is_answered=False)


@pytest.fixture
def kept():
    """Return the settings that were kept, in order."""
    return []


@pytest.fixture
def application(qapp, kept):
    """Return the program's look over pytest-qt's application."""
    made = Application(qapp, Settings(theme="light"), kept.append)
    yield made
    qapp.styleHints().colorSchemeChanged.disconnect(made._on_system_changed)
    made.deleteLater()


@pytest.fixture
def jobs(qapp):
    """Return the vault thread and the bench, ended after the test."""
    made = Jobs()
    yield made
    made.shut_down()
    made.deleteLater()
