# SPDX-License-Identifier: Apache-2.0
"""The program as the system sees it: its names say nothing, its dialogs leave no trace."""

from __future__ import annotations

import subprocess
import sys

DIALOG = """
import shiboken6
from PySide6.QtWidgets import QFileDialog
from testimony_app.settings import Settings
from testimony_app.ui.application import Application, make_qt

app = make_qt()
Application(app, Settings(), lambda _settings: None)
dialog = QFileDialog()
dialog.setOption(QFileDialog.Option.DontUseNativeDialog)
dialog.setDirectory({folder!r})
dialog.show()
app.processEvents()
dialog.accept()
dialog.close()
shiboken6.delete(dialog)
print(app.applicationDisplayName(), app.cursorFlashTime())
"""


def test_a_folder_that_was_looked_at_is_written_down_nowhere(home, tmp_path):
    """Qt's own dialog would keep a history in the home folder; ours keeps none. And nothing blinks."""
    folder = tmp_path / "T-7K2F-of-Sima"
    folder.mkdir()

    program = [sys.executable, "-c", DIALOG.format(folder=str(folder))]
    ran = subprocess.run(program, capture_output=True, text=True, check=True, timeout=60)

    left = [path for path in home.rglob("*") if path.is_file() and b"Sima" in path.read_bytes()]
    assert left == []
    assert ran.stdout.split() == ["Govah", "0"]
