# SPDX-License-Identifier: Apache-2.0
"""The program's own text, as the house tests read it."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "testimony_app"
_OURS = ("testimony_app", "tests", "installer", "bench")


def program() -> list[Path]:
    """Return the program's Python files."""
    return sorted(file for file in PACKAGE.rglob("*.py") if "_resources" not in file.parts)


def everything() -> list[Path]:
    """Return all our Python files, tests and build scripts included."""
    found = (file for folder in _OURS for file in (ROOT / folder).rglob("*.py"))
    return sorted(file for file in found if "node_modules" not in file.parts and "_resources" not in file.parts)


def stories() -> list[Path]:
    """Return the files that hold tests."""
    return sorted((ROOT / "tests").rglob("test_*.py"))


@cache
def tree(file: Path) -> ast.Module:
    """Return a file as a syntax tree."""
    return ast.parse(file.read_text(encoding="utf-8"))


def inside(file: Path) -> str:
    """Return a file's name as these tests show it: testimony_app/vault/blobs.py."""
    return file.relative_to(ROOT).as_posix()


def functions(file: Path) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Yield every function and method of a file."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def classes(file: Path) -> Iterator[ast.ClassDef]:
    """Yield every class of a file."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.ClassDef):
            yield node


def calls(file: Path) -> Iterator[tuple[str, int]]:
    """Yield the last name of everything that is called, and its line: `threading.Thread(...)` is Thread."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Call):
            called = node.func
            name = called.attr if isinstance(called, ast.Attribute) else getattr(called, "id", "")
            yield name, node.lineno


def imports(file: Path) -> Iterator[tuple[str, int]]:
    """Yield the full name of everything that is imported, and its line."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Import):
            for alias in node.names:
                yield alias.name, node.lineno
        elif isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                yield f"{node.module}.{alias.name}", node.lineno


def strings(file: Path) -> Iterator[str]:
    """Yield every string constant of a file."""
    for node in ast.walk(tree(file)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str):
            yield node.value


def kept_text() -> list[Path]:
    """Return every text file that is kept in the project's history; without git, our Python files and pages."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True)
    if listed.returncode:
        return [*everything(), *ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md")]
    files = [ROOT / name for name in listed.stdout.decode().split("\0") if name]
    return [file for file in files if file.is_file() and b"\0" not in file.read_bytes()[:4096]]
