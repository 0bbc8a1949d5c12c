# SPDX-License-Identifier: Apache-2.0
"""One measured number, and the bound it must keep, if there is one."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Figure:
    """A number with its unit; `at_least` and `at_most` are promises, a figure without either is for information."""

    name: str
    value: float
    unit: str
    at_least: float | None = None
    at_most: float | None = None

    @property
    def keeps_its_bound(self) -> bool:
        """Whether the number is within what was promised."""
        low = self.at_least is None or self.value >= self.at_least
        return low and (self.at_most is None or self.value <= self.at_most)

    def line(self) -> str:
        """Return the figure as a line of a table."""
        bound = ""
        if self.at_least is not None:
            bound = f"at least {self.at_least:g}"
        if self.at_most is not None:
            bound = f"at most {self.at_most:g}"
        sign = "  " if self.keeps_its_bound else "! "
        return f"{sign}{self.name:<58} {self.value:>10.3g} {self.unit:<6} {bound}".rstrip()
