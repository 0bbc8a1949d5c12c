# SPDX-License-Identifier: Apache-2.0
"""A disk or stick under the exchange room that fails at the n-th call, as failing_disk.py does under the vault."""

from __future__ import annotations

from testimony_app.exchange.medium import Medium
from tests.fakes.failing import FailsAtTheNth


class FailingMedium(FailsAtTheNth, Medium):
    """Counts every call that changes something, and fails at the n-th; at 0 never."""
