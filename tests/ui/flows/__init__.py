# SPDX-License-Identifier: Apache-2.0
"""Tests of the flows: pages alone, then screens over a real little vault."""
