# SPDX-License-Identifier: Apache-2.0
"""The only door to resources/, the same from source, from a wheel and from the frozen app.

A name is relative, uses forward slashes, and never leaves the folder: no `..`, no absolute path, no drive.
"""

from __future__ import annotations

from pathlib import Path, PurePosixPath

_PACKAGED = Path(__file__).resolve().parent / "_resources"
_SOURCE = Path(__file__).resolve().parent.parent / "resources"


def root() -> Path:
    """Return the folder that holds all resources."""
    return _PACKAGED if _PACKAGED.is_dir() else _SOURCE


def path(name: str) -> Path:
    """Return where a resource lies on this computer; it need not exist.

    Raises ValueError for a name that would leave the folder: that is a bug, not a person's mistake.
    """
    pure = PurePosixPath(name)
    if not name or pure.is_absolute() or ".." in pure.parts or "\\" in name or ":" in name:
        raise ValueError("a resource name must be relative and stay inside")
    return root().joinpath(*pure.parts)


def binary(name: str) -> bytes:
    """Return a resource's bytes."""
    return path(name).read_bytes()


def text(name: str) -> str:
    """Return a resource as text; line ends become a plain newline."""
    return path(name).read_text(encoding="utf-8")


def names(folder: str) -> list[str]:
    """Return the names of all files under a folder, at any depth, sorted; an absent folder has none."""
    top = path(folder)
    found = (item.relative_to(root()).as_posix() for item in top.rglob("*") if item.is_file())
    return sorted(name for name in found if not PurePosixPath(name).name.startswith("."))
