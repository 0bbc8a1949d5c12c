# SPDX-License-Identifier: Apache-2.0
"""Terms, places, dates and notes that people at the archive add; the testimony's own words stay as they came."""

from __future__ import annotations

from testimony_app.archive import access
from testimony_app.archive.catalogue import Catalogue
from testimony_app.model.changes import Changes
from testimony_app.model.ids import TestimonyId
from testimony_app.model.person import NamedPerson, NamedPlace
from testimony_app.model.testimony import State
from testimony_app.vault.vault import Vault


class Description:
    """What an archivist may write about a testimony; each change is in the custody log and in the index at once."""

    def __init__(self, vault: Vault) -> None:
        """Write to an open vault, on the thread that opened it."""
        self._vault = vault
        self._catalogue = Catalogue(vault)

    def set_title(self, testimony: TestimonyId, title: str) -> Changes:
        """Give a testimony a title and return what changed."""
        access.check(self._vault, testimony)
        with self._vault.transaction():
            self._vault.testimonies.set_details(testimony, title=title)
            return self._described(testimony, "title")

    def set_people(
        self, testimony: TestimonyId, people: tuple[NamedPerson, ...], places: tuple[NamedPlace, ...]
    ) -> Changes:
        """Write down who and what is named, and return what changed."""
        access.check(self._vault, testimony)
        with self._vault.transaction():
            self._vault.testimonies.set_details(testimony, people=people, places=places)
            return self._described(testimony, "people places")

    def finish_review(self, testimony: TestimonyId) -> Changes:
        """Move a reviewed testimony into the catalogue and return what changed."""
        access.check(self._vault, testimony)
        with self._vault.transaction():
            self._vault.testimonies.set_state(testimony, State.CATALOGUED)
        return Changes(testimonies=frozenset({testimony}), topics=frozenset({"testimony", "catalogue"}))

    def _described(self, testimony: TestimonyId, fields: str) -> Changes:
        self._vault.custody.append("described", testimony, fields=fields)
        self._catalogue.put_in_index(testimony)
        return Changes(testimonies=frozenset({testimony}), topics=frozenset({"testimony", "catalogue"}))
