# SPDX-License-Identifier: Apache-2.0
"""The flow of sending: what waits, onto which stick, and the receipts that come back."""
