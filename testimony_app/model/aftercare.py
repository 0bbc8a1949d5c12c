# SPDX-License-Identifier: Apache-2.0
"""Whom somebody can call in the days after: what a gathering agreed on, for its witnesses and its listeners."""

from __future__ import annotations

import msgspec

MOST = 5
"""More than that is no help to somebody whose heart is heavy."""


class Contact(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody who is there: a help line, a doctor, a person of the gathering."""

    who: str
    reach: str
    when: str = ""

    def is_empty(self) -> bool:
        """Tell whether nobody could be reached by it."""
        return not (self.who.strip() and self.reach.strip())
