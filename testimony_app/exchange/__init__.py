# SPDX-License-Identifier: Apache-2.0
"""Carrying testimony from one vault to another: bundles, cards, receipts, and the sticks they travel on."""
