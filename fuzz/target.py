# SPDX-License-Identifier: Apache-2.0
"""One parser under invented input: honest examples to bend, and the rule that every input must keep."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field


@dataclass(frozen=True)
class Target:
    """A parser's name, what it may be given to begin with, and the rule; a broken rule is an AssertionError."""

    name: str
    rule: Callable[[bytes], None]
    seeds: tuple[bytes, ...]
    words: tuple[bytes, ...] = field(default=())
    """Pieces that the parser knows, for an inventor to put in."""
    longest: int = 64 * 1024


def written_back(
    parse: Callable[[bytes], object], write: Callable[[object], bytes], refusals: type[Exception] | tuple
) -> Callable[[bytes], None]:
    """Return the rule of malleability: what parses is written back to the same bytes, all else is refused."""

    def rule(content: bytes) -> None:
        try:
            parsed = parse(content)
        except refusals:
            return
        assert write(parsed) == content, "what was parsed is written in another way"

    return rule
