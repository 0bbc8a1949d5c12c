# SPDX-License-Identifier: Apache-2.0
"""English before and after each test, and Persian on request from the project's own file of translations."""

from __future__ import annotations

import gettext
import importlib.util
import io
from pathlib import Path

import pytest

from testimony_app.i18n import catalogue, dates

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture(autouse=True)
def english():
    """Start and end in English with no calendar chosen."""
    catalogue.set_language("en")
    dates.set_calendar("")
    yield
    catalogue.set_language("en")
    dates.set_calendar("")


@pytest.fixture(scope="session")
def translations():
    """Return the tool that extracts and compiles, as the build uses it."""
    spec = importlib.util.spec_from_file_location("translations", ROOT / "installer" / "translations.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture(scope="session")
def persian_words(translations):
    """Return the Persian catalogue, compiled in memory from what is committed."""
    return gettext.GNUTranslations(io.BytesIO(translations.compiled(translations.read("fa"))))


@pytest.fixture
def persian(persian_words):
    """Speak Persian for the length of a test."""
    catalogue.set_language("fa", persian_words)
