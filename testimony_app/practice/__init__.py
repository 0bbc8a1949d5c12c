# SPDX-License-Identifier: Apache-2.0
"""LEARNING all of it: throw-away vaults with invented people, on a stick that is a folder."""
