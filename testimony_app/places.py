# SPDX-License-Identifier: Apache-2.0
"""Where vaults, settings and notes for the helper live on this computer."""

from __future__ import annotations

import os
import sys
from pathlib import Path

_NAME = "govah"


def settings_file() -> Path:
    """Return the file that holds the choices that are no secret; it need not exist."""
    return _settings_folder() / "settings.json"


def notes_file() -> Path:
    """Return the file for a helper's diagnostic notes; it is written only when somebody asks for it."""
    return _settings_folder() / "notes.log"


def default_vault_folder() -> Path:
    """Return where a first vault is proposed; it need not exist."""
    if sys.platform == "win32":
        base = _from_environment("LOCALAPPDATA", Path.home() / "AppData" / "Local")
    elif sys.platform == "darwin":
        base = Path.home() / "Library" / "Application Support"
    else:
        base = _from_environment("XDG_DATA_HOME", Path.home() / ".local" / "share")
    return base / _NAME / "vault"


def _settings_folder() -> Path:
    if sys.platform == "win32":
        return _from_environment("APPDATA", Path.home() / "AppData" / "Roaming") / _NAME
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Preferences" / _NAME
    return _from_environment("XDG_CONFIG_HOME", Path.home() / ".config") / _NAME


def _from_environment(variable: str, otherwise: Path) -> Path:
    """Return an absolute folder named by the environment; the XDG rules say to ignore a relative one."""
    value = os.environ.get(variable, "")
    return Path(value) if Path(value).is_absolute() else otherwise
