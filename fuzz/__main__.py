# SPDX-License-Identifier: Apache-2.0
"""Gives every parser invented input: `make fuzz`, `make fuzz ARGS=60` for sixty seconds each, `ARGS="60 card"` for one.

Each has its seconds twice where atheris is at hand: under Hypothesis here, and guided in a process of its own. What
must hold: nothing but a refusal is raised, and what parses is written back to the same bytes. What a guided run
found worth keeping stays in build/fuzz for the next. Exit status 1 when a rule was broken.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import time
import traceback
from pathlib import Path

from fuzz import invented
from fuzz.target import Target
from fuzz.targets import everything

SECONDS = 10.0
KEPT = Path("build") / "fuzz"
_DONE = re.compile(r"Done (\d+) runs")


def main(words: list[str]) -> int:
    """Run what was asked for; tell how many inputs each parser was given, and which broke a rule."""
    seconds = float(words[0]) if words and words[0].replace(".", "", 1).isdigit() else SECONDS
    names = [word for word in words if not word.replace(".", "", 1).isdigit()]
    is_guided = importlib.util.find_spec("atheris") is not None
    if not is_guided:
        print("atheris is not here (it has wheels for Linux on x86-64): Hypothesis alone")
    begun, total, broken = time.monotonic(), 0, 0
    for target in everything():
        if names and target.name not in names:
            continue
        by_hypothesis, by_atheris = _invented(target, seconds), _guided(target, seconds) if is_guided else 0
        counts = [count for count in (by_hypothesis, by_atheris) if count is not None]
        broken += 2 - len(counts)
        total += sum(counts)
        shown = ["broken" if count is None else f"{count:>9,}" for count in (by_hypothesis, by_atheris)]
        print(f"{target.name:<16} Hypothesis {shown[0]:>9}   atheris {shown[1]:>9}", flush=True)
    print(f"{total:,} inputs in {time.monotonic() - begun:.0f} s, {broken} broken")
    return 1 if broken or not total else 0


def _invented(target: Target, seconds: float) -> int | None:
    try:
        return invented.run(target, seconds)
    except Exception:
        traceback.print_exc()
        return None


def _guided(target: Target, seconds: float) -> int | None:
    folder = KEPT / target.name
    folder.mkdir(parents=True, exist_ok=True)
    # Whole seconds, and never none: that would mean without end.
    command = [sys.executable, "-m", "fuzz.guided", target.name, str(max(1, round(seconds))), str(folder)]
    told = subprocess.run(command, capture_output=True, text=True, errors="replace")
    found = _DONE.search(told.stderr)
    if told.returncode or found is None:
        print(told.stdout[-4000:], told.stderr[-4000:], sep="\n", file=sys.stderr)
        return None
    return int(found[1])


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
