# SPDX-License-Identifier: Apache-2.0
"""What a command may say and ask: results on standard output, progress and errors on standard error."""

from __future__ import annotations

import getpass
import sys
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import msgspec

from testimony_app.clock import Clock, SystemClock
from testimony_app.crypto.passphrase import Cost, from_text
from testimony_app.crypto.secret import Secret
from testimony_app.crypto.strength import Level, estimate
from testimony_app.errors import Refusal
from testimony_app.i18n.catalogue import _
from testimony_app.machine import Awake, Unheld

if TYPE_CHECKING:
    from testimony_app.audio.ports import Microphone

STDIN = Path("-")
BAR_WIDTH = 30


class NoPassphrase(Refusal):
    """No passphrase was given, or the file that should hold it can't be read."""

    code = "cli.no-passphrase"


class PassphrasesDiffer(Refusal):
    """The passphrase and its repetition differ."""

    code = "cli.passphrases-differ"


class NoMicrophoneHere(Refusal):
    """This way of starting the program has no microphone."""

    code = "cli.no-microphone"


@dataclass
class Terminal:
    """The three streams, the clock and the microphone that a command works with."""

    out: TextIO = field(default_factory=lambda: sys.stdout)
    err: TextIO = field(default_factory=lambda: sys.stderr)
    stdin: TextIO = field(default_factory=lambda: sys.stdin)
    clock: Clock = field(default_factory=SystemClock)
    microphone: Callable[[], Microphone] | None = None
    awake: Callable[[], Awake] = Unheld
    """What keeps the computer from sleeping while a command records."""
    cost: Cost | None = None
    """Of the key derivation for a new vault; measured on this machine when None."""
    as_json: bool = False
    _last_step: int = -1

    def say(self, text: str) -> None:
        """Print a line for a person; silent when JSON was asked for."""
        if not self.as_json:
            print(text, file=self.out)

    def answer(self, document: object) -> None:
        """Print the one JSON document of this command, when JSON was asked for."""
        if self.as_json:
            print(msgspec.json.encode(document).decode("utf-8"), file=self.out)

    def warn(self, text: str) -> None:
        """Print a line on standard error."""
        print(text, file=self.err)

    def progress(self, label: str, done: int, total: int) -> None:
        """Show how far a job is: a bar on a terminal, a line for each tenth otherwise."""
        percent = 100 * done // total if total else 100
        if self.err.isatty():
            filled = BAR_WIDTH * percent // 100
            bar = "=" * filled + " " * (BAR_WIDTH - filled)
            end = "\n" if percent >= 100 else ""
            print(f"\r{label} [{bar}] {percent:3d} %", end=end, file=self.err, flush=True)
        elif percent // 10 != self._last_step:
            self._last_step = percent // 10
            print(f"{label}: {percent} %", file=self.err)

    def open_microphone(self) -> Microphone:
        """Return the computer's microphone; raises NoMicrophoneHere."""
        if self.microphone is None:
            raise NoMicrophoneHere
        return self.microphone()

    def new_passphrase(self, source: Path | None) -> Secret:
        """Return a passphrase that is new, and say so if it is weak; raises as `passphrase`."""
        new = self.passphrase(source, is_new=True)
        if estimate(new.view.decode()).level is Level.WEAK:
            self.warn(_("This passphrase is weak: a seized laptop could be opened by guessing."))
        return new

    def passphrase(self, source: Path | None, *, is_new: bool = False) -> Secret:
        """Return a passphrase from a file's first line, or from a prompt that shows nothing.

        Raises NoPassphrase, or PassphrasesDiffer when a new one is typed twice and differs.
        """
        if source is not None:
            return self._from_file(source)
        if not sys.stdin.isatty():
            raise NoPassphrase
        typed = getpass.getpass(_("New passphrase: ") if is_new else _("Passphrase: "), stream=self.err)
        if is_new and getpass.getpass(_("Again: "), stream=self.err) != typed:
            raise PassphrasesDiffer
        return _secret(typed)

    def _from_file(self, source: Path) -> Secret:
        try:
            if source == STDIN:
                return _secret(self.stdin.readline().rstrip("\r\n"))
            with source.open(encoding="utf-8-sig") as file:
                return _secret(file.readline().rstrip("\r\n"))
        except (OSError, UnicodeDecodeError) as error:
            raise NoPassphrase from error


def _secret(text: str) -> Secret:
    if not text:
        raise NoPassphrase
    return from_text(text)
