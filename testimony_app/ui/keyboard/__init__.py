# SPDX-License-Identifier: Apache-2.0
"""A keyboard on the screen, for the letters that a borrowed laptop doesn't have."""
