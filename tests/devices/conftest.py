# SPDX-License-Identifier: Apache-2.0
"""What every test of a device gets: an application, and time for the system's news."""

from __future__ import annotations

import time

import pytest


@pytest.fixture(autouse=True)
def running(qapp):
    """Have an application in every test here."""
    return qapp


@pytest.fixture
def until(qapp):
    """Return what waits until something has happened, with the event loop running, and fails if it does not."""

    def wait(happened, *, seconds=30.0):
        end = time.monotonic() + seconds
        while not happened():
            assert time.monotonic() < end, "it did not happen in time"
            qapp.processEvents()
            time.sleep(0.01)

    return wait
