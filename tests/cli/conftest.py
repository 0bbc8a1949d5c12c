# SPDX-License-Identifier: Apache-2.0
"""The command line in this process: real vaults, real files, a terminal whose streams can be read."""

from __future__ import annotations

import io
import json
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from testimony_app.cli.main import main
from testimony_app.cli.terminal import Terminal
from testimony_app.clock import SystemClock
from testimony_app.crypto.passphrase import CHEAP

PASSPHRASE = "seven lanterns beside the old well"


@dataclass
class Said:
    """What one command gave back."""

    status: int
    out: str
    err: str

    @property
    def json(self):
        """The one JSON document on standard output."""
        return json.loads(self.out)


@dataclass
class CommandLine:
    """A person at a terminal, with a passphrase file."""

    folder: Path
    microphone: object = None
    clock: object = field(default_factory=SystemClock)
    passphrase_file: Path = field(init=False)

    def __post_init__(self) -> None:
        self.passphrase_file = self.folder / "passphrase"
        self.passphrase_file.write_text(PASSPHRASE + "\nsecond line\n", encoding="utf-8")

    def __call__(self, *words: object, passphrase: bool = True, as_json: bool = True) -> Said:
        argv = [str(word) for word in words]
        argv += ["--passphrase-file", str(self.passphrase_file)] if passphrase else []
        argv += ["--json"] if as_json else []
        out, err = io.StringIO(), io.StringIO()
        opened = (lambda: self.microphone) if self.microphone is not None else None
        terminal = Terminal(out=out, err=err, stdin=io.StringIO(), cost=CHEAP, microphone=opened, clock=self.clock)
        try:
            status = main(argv, terminal=terminal)
        except SystemExit as ended:
            status = int(ended.code or 0)
        return Said(status, out.getvalue(), err.getvalue())


@pytest.fixture
def govah(tmp_path):
    """Return the command line."""
    return CommandLine(tmp_path)


@dataclass
class Pair:
    """A collector and an archive that trust each other."""

    collector: Path
    archive: Path
    stick: Path


@pytest.fixture
def pair(govah, tmp_path):
    """Return two vaults whose cards were exchanged through the command line."""
    vaults = Pair(tmp_path / "collector", tmp_path / "archive", tmp_path / "stick")
    vaults.stick.mkdir()
    numbers = {}
    for role in ("collector", "archive"):
        folder = getattr(vaults, role)
        made = govah("create", folder, "--role", role, "--name", f"the {role}")
        assert made.status == 0, made.err
        numbers[role] = made.json["safety_number"]
        assert govah("card", folder, "--out", tmp_path / f"{role}.card").status == 0
    for one, other in (("collector", "archive"), ("archive", "collector")):
        card = tmp_path / f"{other}.card"
        trusted = govah("trust", getattr(vaults, one), card, "--safety-number", numbers[other])
        assert trusted.status == 0, trusted.err
    return vaults
