# SPDX-License-Identifier: Apache-2.0
"""What the pages of the interview guide get shown and hand up."""

from __future__ import annotations

import msgspec


class GuideTexts(msgspec.Struct, frozen=True):
    """A guide in one language, as the three texts in which it is changed."""

    language: str
    title: str
    parts: tuple[str, ...]
    """Opening, what happened, closing."""
    archive: str = ""
    """Whose guide it is; empty for the one that comes with the program."""
