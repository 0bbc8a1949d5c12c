# SPDX-License-Identifier: Apache-2.0
"""Asks for a folder with the system's own dialog."""

from __future__ import annotations

from PySide6.QtWidgets import QFileDialog, QWidget

from testimony_app.i18n.catalogue import _


def ask_folder(parent: QWidget, start: str) -> str:
    """Return the folder that was chosen, or nothing."""
    return QFileDialog.getExistingDirectory(parent, _("Choose a folder"), start)
