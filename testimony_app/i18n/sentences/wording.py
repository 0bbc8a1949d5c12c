# SPDX-License-Identifier: Apache-2.0
"""The shape of an error's words, and the marks by which translators find them."""

from __future__ import annotations

from typing import NamedTuple


class Sentences(NamedTuple):
    """Three English sentences; names in braces are filled from the error's facts."""

    what: str
    safe: str
    next_step: str


def N_(sentence: str) -> str:
    """Return the sentence as it is; extraction finds it by this call, translation comes when it is shown."""
    return sentence
