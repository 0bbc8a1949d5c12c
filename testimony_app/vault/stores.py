# SPDX-License-Identifier: Apache-2.0
"""The stores of an open vault: one for each kind of thing it holds, all on one database."""

from __future__ import annotations

from testimony_app.clock import Clock
from testimony_app.crypto.secret import Secret
from testimony_app.vault.attachments import Attachments
from testimony_app.vault.blobs import Blobs
from testimony_app.vault.bundles import Bundles
from testimony_app.vault.consents import Consents
from testimony_app.vault.custody import Custody
from testimony_app.vault.database import Database
from testimony_app.vault.nameplate import Nameplate
from testimony_app.vault.notes import Notes
from testimony_app.vault.partners import Partners
from testimony_app.vault.receipts import Receipts
from testimony_app.vault.recordings import Recordings
from testimony_app.vault.search_index import SearchIndex
from testimony_app.vault.statements import Statements
from testimony_app.vault.testimonies import Parts, Testimonies


class Stores:
    """What a vault holds, by kind."""

    def __init__(self, database: Database, blobs: Blobs, custody: Custody, device_keys: Secret, clock: Clock) -> None:
        """Make every store on this database."""
        self.database = database
        self.blobs = blobs
        self.custody = custody
        self.nameplate = Nameplate(database, custody, device_keys)
        self.recordings = Recordings(database, custody, blobs, clock)
        self.consents = Consents(database, custody)
        self.attachments = Attachments(database, custody, blobs)
        self.partners = Partners(database, custody, clock)
        self.bundles = Bundles(database, custody, clock)
        self.receipts = Receipts(database, custody, clock)
        self.index = SearchIndex(database)
        parts = Parts(
            recordings=self.recordings,
            statements=Statements(database, clock),
            attachments=self.attachments,
            consents=self.consents,
            notes=Notes(database),
            blobs=blobs,
        )
        self.testimonies = Testimonies(database, custody, parts)
