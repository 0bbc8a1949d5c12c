# SPDX-License-Identifier: Apache-2.0
"""Runs the measurements beside it: `make bench`, or `make bench ARGS=payload` for those with that word in their name.

A measurement is a module `bench_*.py` with `measure(folder)`, which yields figures. Speeds are ratios against public
tools on the same bytes in the same run, since a number of seconds says more about the computer than about us.
Exit status 1 when a figure misses its bound.
"""

from __future__ import annotations

import importlib
import sys
import tempfile
from pathlib import Path

from bench.figure import Figure


def chosen(words: list[str]) -> list[str]:
    """Return the names of the measurements that the words ask for; all, when there are none."""
    names = sorted(file.stem for file in Path(__file__).parent.glob("bench_*.py"))
    return [name for name in names if not words or any(word in name for word in words)]


def run(name: str) -> list[Figure]:
    """Run one measurement in a folder of its own and show what it found."""
    print(name.removeprefix("bench_").replace("_", " "))
    figures = []
    with tempfile.TemporaryDirectory(prefix="govah-bench-") as folder:
        for figure in importlib.import_module(f"bench.{name}").measure(Path(folder)):
            print(figure.line(), flush=True)
            figures.append(figure)
    return figures


def main() -> int:
    """Run what was asked for; say how many bounds were missed."""
    figures = [figure for name in chosen(sys.argv[1:]) for figure in run(name)]
    missed = [figure for figure in figures if not figure.keeps_its_bound]
    print(f"{len(figures)} figures, {len(missed)} outside their bound")
    return 1 if missed or not figures else 0


if __name__ == "__main__":
    sys.exit(main())
