# SPDX-License-Identifier: Apache-2.0
"""Whom somebody can call afterwards: kept in the vault, whole, in order."""

from __future__ import annotations

from testimony_app.intake.aftercare import Aftercare
from testimony_app.model.aftercare import MOST, Contact

LINE = Contact("Help line", "+49 30 1234", "day and night")
DOCTOR = Contact("A doctor of the gathering", "room 12")


def test_nobody_is_there_until_somebody_is_written_down(vault):
    """A new vault knows nobody, and says so."""
    assert Aftercare(vault).contacts() == ()


def test_what_is_kept_is_there_again(vault):
    """Both come back in their order; whoever can't be reached is left out, and no more than help are kept."""
    aftercare = Aftercare(vault)

    aftercare.keep([LINE, Contact("Nobody", " "), DOCTOR])
    assert aftercare.contacts() == (LINE, DOCTOR)

    aftercare.keep([LINE] * (MOST + 3))
    assert len(aftercare.contacts()) == MOST


def test_a_number_can_be_taken_back(vault):
    """With nobody kept, nobody is shown."""
    aftercare = Aftercare(vault)
    aftercare.keep([LINE])

    aftercare.keep([])

    assert aftercare.contacts() == ()
