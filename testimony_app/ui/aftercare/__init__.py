# SPDX-License-Identifier: Apache-2.0
"""Whom somebody can call in the days after, written down once for a gathering."""
