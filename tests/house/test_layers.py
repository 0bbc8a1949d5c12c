# SPDX-License-Identifier: Apache-2.0
"""An import points down, never up, never between strangers; and each contract breaks when it should."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.house.source import PACKAGE, ROOT

LAYERS = "An import points down the list, never up, never between strangers"
QT = "Qt stays in ui, devices and desktop"
SQL = "SQL stays in the vault"
SIBLINGS = "No two neighbours import each other, at any depth"
SCREENS = "In ui, only a flow's screen.py talks to a service"
NETWORK = "No network, anywhere"

BREACHES = [
    ("helpers.py", "", LAYERS),
    ("archive/breach.py", "import testimony_app.exchange.pack", LAYERS),
    ("ui/breach.py", "import testimony_app.devices.microphone", LAYERS),
    ("audio/breach.py", "import testimony_app.crypto.age", LAYERS),
    ("vault/breach.py", "import testimony_app.workspace", LAYERS),
    ("intake/breach.py", "import PySide6.QtCore", QT),
    ("workspace.py", "import PySide6", QT),
    ("archive/breach.py", "import sqlcipher3", SQL),
    ("vault/breach.py", "import sqlite3", SQL),
    ("ui/intake/breach_page.py", "import testimony_app.intake.recorder", SCREENS),
    ("ui/archive/breach_model.py", "import testimony_app.archive.catalogue", SCREENS),
    ("diagnostics.py", "import urllib.request", NETWORK),
    ("exchange/breach.py", "import socket", NETWORK),
]


def lint_imports(folder: Path) -> str:
    """Run import-linter on the package in a folder; return what it prints, the exit status first."""
    command = [sys.executable, "-c", "from importlinter.cli import lint_imports_command as c; c()", "--no-cache"]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, env={"PYTHONPATH": str(folder)})
    return f"{done.returncode}\n{done.stdout}{done.stderr}"


@pytest.fixture(scope="module")
def copy(tmp_path_factory):
    """Return a folder with a copy of the package and its contracts, for planting breaches in."""
    folder = tmp_path_factory.mktemp("house")
    shutil.copy(ROOT / "pyproject.toml", folder)
    shutil.copytree(PACKAGE, folder / "testimony_app", ignore=shutil.ignore_patterns("__pycache__", "_resources"))
    return folder


def test_every_contract_is_kept():
    """The program as it stands keeps all six contracts."""
    said = lint_imports(ROOT)

    assert said.startswith("0\n"), said
    assert "6 kept, 0 broken" in said


@pytest.mark.parametrize(("name", "line", "contract"), BREACHES, ids=lambda value: str(value)[:40])
def test_a_breach_is_caught(copy, name, line, contract):
    """A planted import that a contract forbids breaks that contract."""
    file = copy / "testimony_app" / name
    before = file.read_text(encoding="utf-8") if file.exists() else None
    file.write_text(f"{before or ''}\n{line}\n", encoding="utf-8")

    said = lint_imports(copy)

    file.unlink() if before is None else file.write_text(before, encoding="utf-8")
    assert said.startswith("1\n"), said
    assert f"{contract} BROKEN" in said


def test_two_neighbours_importing_each_other_are_caught(copy):
    """A circle between two modules of one room breaks the contract about neighbours."""
    one, other = (copy / "testimony_app" / "crypto" / name for name in ("breach_one.py", "breach_other.py"))
    one.write_text("import testimony_app.crypto.breach_other\n", encoding="utf-8")
    other.write_text("import testimony_app.crypto.breach_one\n", encoding="utf-8")

    said = lint_imports(copy)

    one.unlink()
    other.unlink()
    assert f"{SIBLINGS} BROKEN" in said
