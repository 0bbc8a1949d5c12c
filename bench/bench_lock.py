# SPDX-License-Identifier: Apache-2.0
"""The quick lock: from Ctrl+L to the moment at which the process may end, with every key forgotten.

Measured on the whole desktop without a display: a collector's vault with drafts, its home on the screen.
"""

from __future__ import annotations

import os
import statistics
import time
from collections.abc import Iterator
from pathlib import Path

from bench.figure import Figure
from testimony_app.clock import SystemClock
from testimony_app.crypto.passphrase import CHEAP, from_text
from testimony_app.model.partner import Role
from testimony_app.workspace import create_workspace

DRAFTS, RUNS, MOST_SECONDS = 200, 5, 1.0
PASSPHRASE = "seven lanterns beside the old well"
PATIENCE_SECONDS = 30


def measure(folder: Path) -> Iterator[Figure]:
    """Yield the middle and the slowest time of a lock."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    vault = _made(folder / "vault")
    seconds = [_locked(folder, vault) for _ in range(RUNS)]
    yield Figure(
        f"quick lock, {DRAFTS} drafts, middle of {RUNS}", statistics.median(seconds), "s", at_most=MOST_SECONDS
    )
    yield Figure("quick lock, the slowest", max(seconds), "s", at_most=MOST_SECONDS)


def _made(folder: Path) -> Path:
    with from_text(PASSPHRASE) as secret:
        workspace = create_workspace(folder, secret, role=Role.COLLECTOR, name="bench", clock=SystemClock(), cost=CHEAP)
    for _ in range(DRAFTS):
        draft = workspace.interviews.start(languages=("pes",))
        workspace.interviews.save_statement(draft.id, "said " * 400, "eng")
    workspace.close()
    return folder


def _locked(folder: Path, vault: Path) -> float:
    from PySide6.QtWidgets import QApplication  # noqa: PLC0415

    from testimony_app.desktop import Desktop, Surroundings  # noqa: PLC0415 - Qt, after its platform is chosen
    from testimony_app.ui.application import make_qt  # noqa: PLC0415

    app = QApplication.instance() or make_qt()
    ended: list[float] = []
    world = Surroundings(
        settings_file=folder / "settings.json", relaunch=lambda _vault: ended.append(time.monotonic()), cost=CHEAP
    )
    desktop = Desktop(app, world)
    desktop.start(vault)
    desktop.screens.current.page.unlock_requested.emit(from_text(PASSPHRASE))
    deadline = time.monotonic() + PATIENCE_SECONDS
    while desktop.screens.name != "home" and time.monotonic() < deadline:
        app.processEvents()
    open_vault = desktop.workspace.vault
    began = time.monotonic()
    desktop.window.lock()
    if not (ended and open_vault.is_locked):
        raise RuntimeError("the lock has not come to its end")
    return ended[0] - began
