# SPDX-License-Identifier: Apache-2.0
"""A second copy of the vault, and the way back from it."""
