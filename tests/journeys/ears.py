# SPDX-License-Identifier: Apache-2.0
"""Somebody who can't see the display: a real program, a display of its own, real keys, and a screen reader's ears.

Nothing here knows a widget. What there is, is found by the name and the role that a screen reader would say; where
we are, is known from what was heard. Display, buses and program belong to one test and end with it.
"""

from __future__ import annotations

import contextlib
import json
import os
import queue
import shutil
import signal
import subprocess
import sys
import tempfile
import threading
import time
from dataclasses import dataclass, field
from pathlib import Path

import pytest

PATIENCE_SECONDS = 30
OF_ANOTHER_DISPLAY = ("WAYLAND_DISPLAY", "XAUTHORITY", "AT_SPI_BUS_ADDRESS")
BUS = Path("/usr/share/dbus-1/services/org.a11y.Bus.service")
CHILD = Path(__file__).with_name("ears_child.py")
_MARKS = dict.fromkeys((0x200E, 0x200F, *range(0x2066, 0x206A)))
BULLETS = "\N{BLACK CIRCLE}\N{BULLET}"
PRESSED = ("push button", "check box", "toggle button", "radio button")
WRITTEN_INTO = ("text", "entry", "password text")
NEEDED = ("Xvfb", "dbus-daemon", "xdotool", "setxkbmap")


def lacking() -> str:
    """Return what this computer lacks for listening to a program, or nothing."""
    if sys.platform != "linux":
        return "AT-SPI is there on Linux only"
    absent = [name for name in NEEDED if shutil.which(name) is None]
    if absent:
        return f"not installed: {', '.join(absent)}"
    if not BUS.is_file():
        return "no accessibility bus is installed (at-spi2-core)"
    return "" if python_with_gi() else "no Python here has the bindings of AT-SPI"


def python_with_gi() -> str:
    """Return the system's Python that can speak AT-SPI, or nothing."""
    code = "import gi; gi.require_version('Atspi', '2.0'); from gi.repository import Atspi"
    for candidate in ("/usr/bin/python3", shutil.which("python3") or ""):
        if candidate and subprocess.run([candidate, "-c", code], capture_output=True, timeout=30).returncode == 0:
            return candidate
    return ""


class NotHere(pytest.skip.Exception):
    """This computer has what is needed, but it does not run here: a test that says so is skipped."""


@dataclass(frozen=True)
class Heard:
    """One thing that a screen reader would say, or keep to itself."""

    kind: str
    """focus, announcement, text-changed or state-changed."""
    words: str
    """What was announced or typed."""
    name: str
    description: str
    role: str
    states: tuple[str, ...] = ()

    @property
    def said(self) -> str:
        """Everything in it that is words."""
        return " ".join(part for part in (self.words, self.name, self.description) if part)


@dataclass
class Booth:
    """A display, a session bus, and nobody else on them."""

    folder: Path = field(default_factory=lambda: Path(tempfile.mkdtemp(prefix="gve-")))
    environment: dict[str, str] = field(default_factory=dict, repr=False)
    _started: list[subprocess.Popen] = field(default_factory=list, repr=False)

    def open(self) -> None:
        """Start display and bus, and wait until both answer."""
        self.folder.chmod(0o700)
        kept = {name: value for name, value in os.environ.items() if name not in OF_ANOTHER_DISPLAY}
        self.environment = {
            **kept,
            "XDG_RUNTIME_DIR": str(self.folder),
            "QT_QPA_PLATFORM": "xcb",
            "QT_LINUX_ACCESSIBILITY_ALWAYS_ON": "1",
            "NO_AT_BRIDGE": "0",
        }
        screen = ["-screen", "0", "1280x800x24", "-nolisten", "tcp", "-noreset"]
        self.environment["DISPLAY"] = ":" + self._answer_of(["Xvfb", "-displayfd", "{}", *screen])
        bus = ["dbus-daemon", "--session", "--nofork", "--nopidfile", "--print-address={}"]
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = self._answer_of(bus)

    def run(self, command: list[str], **how) -> subprocess.Popen:
        """Start a program here; it ends with the booth."""
        made = subprocess.Popen(command, env=self.environment, start_new_session=True, **how)
        self._started.append(made)
        return made

    def give_keyboard(self) -> None:
        """Do what a desktop does with a new window; here is none that would."""
        search = ["xdotool", "search", "--onlyvisible", "--name", "Govah", "windowfocus"]
        subprocess.run(search, env=self.environment, timeout=60, capture_output=True)

    def key(self, *names: str) -> None:
        """Press real keys, one after the other."""
        subprocess.run(["xdotool", "key", "--delay", "30", *names], env=self.environment, check=True, timeout=30)

    def type(self, words: str, layout: str) -> None:
        """Type on a keyboard of a layout."""
        subprocess.run(["setxkbmap", "-layout", layout], env=self.environment, check=True, timeout=30)
        subprocess.run(["xdotool", "type", "--delay", "20", words], env=self.environment, check=True, timeout=60)

    def close(self) -> None:
        """End whatever was started here, and what that started."""
        for process in reversed(self._started):
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait(10)
            for pipe in (process.stdin, process.stdout):
                if pipe is not None:
                    pipe.close()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _answer_of(self, command: list[str]) -> str:
        """Start a server that writes one line to a pipe once it is ready, and return the line."""
        reads, writes = os.pipe()
        words = [word.format(writes) for word in command]
        self.run(words, pass_fds=(writes,), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        os.close(writes)
        with os.fdopen(reads) as answer:
            line = answer.readline().strip()
        if not line:
            raise NotHere(f"{command[0]} does not start")
        return line


class Ears:
    """Listens to one program and works it by what is heard."""

    def __init__(self, booth: Booth, words: list[str]) -> None:
        """Start listening, then the program."""
        self.booth, self.heard = booth, []
        self._answers: queue.Queue = queue.Queue()
        self._change = threading.Condition()
        pipes = {"stdin": subprocess.PIPE, "stdout": subprocess.PIPE, "text": True}
        self._child = booth.run([python_with_gi(), str(CHILD)], **pipes)
        threading.Thread(target=self._listen, daemon=True).start()
        try:
            self._answer()
        except queue.Empty as never:
            raise NotHere("nothing answers on the accessibility bus") from never
        with (booth.folder / "errors").open("wb") as errors:
            self.program = booth.run([sys.executable, "-m", "testimony_app", *words], stderr=errors)
        self._insist_on_keyboard()

    # What is heard.

    @property
    def focus(self) -> Heard | None:
        """Where we are: what had the focus last."""
        return next((one for one in reversed(self.heard) if one.kind == "focus"), None)

    def since(self, mark: int) -> str:
        """Return everything that was said since."""
        return "\n".join(one.said for one in self.heard[mark:] if one.kind in ("focus", "announcement"))

    def hear(self, words: str, since: int = 0) -> Heard:
        """Wait until these words are said, and return how."""
        return self.wait(
            lambda: next((one for one in self.heard[since:] if _says(one, words)), None), f"to hear {words!r}"
        )

    def wait(self, until, what: str, seconds: float = PATIENCE_SECONDS):
        """Wait until something is so and return it."""
        deadline = time.monotonic() + seconds
        with self._change:
            while True:
                found = until()
                if found:
                    return found
                left = deadline - time.monotonic()
                if left <= 0 or self.program.poll() is not None:
                    break
                self._change.wait(min(left, 0.5))
        said = [one.said for one in self.heard[-6:]]
        raise AssertionError(f"waited {what}; last heard: {said}; shown: {self.names()}")

    # What is done.

    def ask(self, do: str, **more):
        """Have something done through the accessibility tree; returns nothing where there is no such thing."""
        self._child.stdin.write(json.dumps({"do": do, "pid": self.program.pid, **more}) + "\n")
        self._child.stdin.flush()
        return self._answer()

    def press(self, name: str) -> None:
        """Press what has this name, once it is there."""
        self._insist("press", name, PRESSED)

    def fill(self, name: str, text: str, layout: str = "ir") -> None:
        """Go to a field of this name and type into it."""
        self.move_to(name)
        self.booth.type(text, layout)

    def move_to(self, name: str) -> None:
        """Put the focus on the field of this name, and wait until it is heard."""
        mark = len(self.heard)
        self._insist("focus", name, WRITTEN_INTO)
        if not (self.focus and self.focus.name == name):
            self.hear(name, mark)

    def everything(self) -> str:
        """Return every word in the tree."""
        nodes = self.ask("tree") or ()
        return "\n".join(" ".join((node["name"], node["description"], node["text"])) for node in nodes)

    def tab_to(self, name: str, *, back: bool = False) -> None:
        """Go on with Tab until this is heard as the focus; only real keys, only what is heard."""
        for _ in range(80):
            if self.focus is not None and self.focus.name == name:
                return
            mark = len(self.heard)
            self.booth.key("shift+Tab" if back else "Tab")
            self.wait(lambda mark=mark: any(one.kind == "focus" for one in self.heard[mark:]), f"for Tab to {name!r}")
        raise AssertionError(f"Tab never came to {name!r}: {[one.name for one in self.heard[-40:]]}")

    def do(self, name: str, then: str, key: str = "Return") -> Heard:
        """Go to something by keyboard, press it, and wait until what follows is said."""
        self.tab_to(name)
        mark = len(self.heard)
        self.booth.key(key)
        return self.hear(then, mark)

    def press_and_hear(self, name: str, then: str) -> Heard:
        """Press what has this name, and wait until what follows is said."""
        mark = len(self.heard)
        self.press(name)
        return self.hear(then, mark)

    def leaked(self, secret: str) -> list[Heard]:
        """Return where a secret was told in clear: letter by letter as it was typed, or in anything that was said."""
        typed = [one for one in self.heard if one.role == "password text" and one.words.strip(BULLETS)]
        return typed + [one for one in self.heard if secret in one.said]

    def names(self) -> list[str]:
        """Return every word that is shown, in order, without what merely holds it."""
        told = [bare(node["name"] or node["text"]) for node in self.ask("tree") or ()]
        return [words for words in told if words]

    def end(self) -> None:
        """End the program as a closed lid would not: at once."""
        self.program.kill()
        self.program.wait(10)

    def _insist_on_keyboard(self) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while self.focus is None:
            if time.monotonic() > deadline or self.program.poll() is not None:
                self._give_up()
            self.booth.give_keyboard()
            with self._change:
                self._change.wait(0.3)

    def _give_up(self) -> None:
        """Tell a computer on which nothing can be heard from a program that says nothing."""
        errors = (self.booth.folder / "errors").read_text(errors="replace")
        if "platform plugin" in errors:
            raise NotHere("Qt finds no way to this display")
        if self.program.poll() is None and self.ask("tree") is None:
            raise NotHere("the program can't reach the accessibility bus")
        raise AssertionError(f"the program took no keyboard: {errors}")

    def _insist(self, do: str, name: str, roles: tuple[str, ...]) -> None:
        deadline = time.monotonic() + PATIENCE_SECONDS
        while time.monotonic() < deadline:
            if self.ask(do, name=bare(name), roles=roles) is not None:
                return
            with self._change:
                self._change.wait(0.2)
        shown = [(node["role"], node["name"]) for node in self.ask("tree") or () if node["name"]]
        raise AssertionError(f"nothing to {do} under the name {name!r}; shown: {shown}")

    def _answer(self):
        answer = self._answers.get(timeout=60)
        return answer["answer"]

    def _listen(self) -> None:
        for line in self._child.stdout:
            told = json.loads(line)
            if "heard" not in told:
                self._answers.put(told)
                continue
            kind = told["heard"]
            words, name, more = (bare(told[part]) for part in ("words", "name", "description"))
            one = Heard(kind, words, name, more, told["role"], tuple(told["states"]))
            with self._change:
                self.heard.append(one)
                self._change.notify_all()


def bare(words: str) -> str:
    """Return words without the marks that keep directions apart: nobody hears them."""
    return words.translate(_MARKS)


def _says(one: Heard, words: str) -> bool:
    return one.kind in ("focus", "announcement") and bare(words) in one.said
