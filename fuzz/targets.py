# SPDX-License-Identifier: Apache-2.0
"""Every parser that is put under invented input, by name."""

from __future__ import annotations

from fuzz.target import Target


def everything() -> tuple[Target, ...]:
    """Return all of them."""
    return (*_formats(), *_words())


def find(name: str) -> Target:
    """Return one by its name."""
    return next(one for room in (_formats, _words) for one in room() if one.name == name)


def _formats() -> tuple[Target, ...]:
    # Only when asked for: a guided run watches every module that it loads, and that takes its time.
    from fuzz import formats  # noqa: PLC0415

    return formats.targets()


def _words() -> tuple[Target, ...]:
    from fuzz import words  # noqa: PLC0415

    return words.targets()
