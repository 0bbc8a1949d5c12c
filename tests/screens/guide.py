# SPDX-License-Identifier: Apache-2.0
"""The guide beside the work: at a chapter with a picture, at one with steps, and searched."""

from __future__ import annotations

from PySide6.QtWidgets import QLineEdit

from testimony_app.ui.guide.guide import GuideWindow


def guide(anchor, sought=""):
    """Return the guide open at an anchor, its headings searched."""
    window = GuideWindow()
    window.page.show_anchor(anchor)
    if sought:
        window.page.findChild(QLineEdit, "guide_search").setText(sought)
    return window


def screens():
    """Yield the guide at some of its places."""
    yield "guide-1-recording", lambda: guide("interview-recording")
    yield "guide-2-trouble", lambda: guide("trouble-passphrase")
    yield "guide-3-nothing-found", lambda: guide("start", "xyz")
