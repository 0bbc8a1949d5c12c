# SPDX-License-Identifier: Apache-2.0
"""What came of a testimony at the archive: carried there without a desktop, and read as it was told."""

from __future__ import annotations

import numpy as np

from testimony_app.archive import playback
from tests.journeys.walking import opened


def reaches_the_archive(places):
    """Carry what was sealed to the archive; return the sound and the testimony that are there."""
    collector, archive = opened(places.collector), opened(places.archive)
    try:
        collector.export(places.stick)
        archive.import_bundles([places.stick])
        row = archive.vault.testimonies.rows(0, 2).rows[0]
        testimony = archive.catalogue.record(row.id)
        reader = playback.open_recording(archive.vault, testimony.recordings[0])
        heard = np.asarray(reader.read(testimony.recordings[0].frames)).reshape(-1)
        reader.close()
        return heard, testimony
    finally:
        collector.close()
        archive.close()
