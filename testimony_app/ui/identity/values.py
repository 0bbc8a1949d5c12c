# SPDX-License-Identifier: Apache-2.0
"""What the ceremony gets shown: plain frozen values that print nothing of a witness."""

from __future__ import annotations

import msgspec

from testimony_app.model.risks import RiskTalk


class ShownEnvelope(msgspec.Struct, frozen=True):
    """A closed envelope: whose testimony, who can open it, and what the witness said about it."""

    code: str
    opens_alone: bool
    """Whether it is sealed to the archive's own key, so that no keeper is needed."""
    level: str = ""
    """Who may know the name, as the consent says; a word of its closed list, or nothing."""


class ShownIdentity(msgspec.Struct, frozen=True):
    """Who a witness is, while it is being read."""

    names: tuple[str, ...] = ()
    birth_date: str = ""
    birth_place: str = ""
    contacts: tuple[str, ...] = ()
    safe_hours: str = ""
    note: str = ""
    guardian: str = ""
    proxy: str = ""
    risks: RiskTalk = RiskTalk()

    def __repr__(self) -> str:
        """Show nothing of it."""
        return "ShownIdentity(…)"
