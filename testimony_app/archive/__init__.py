# SPDX-License-Identifier: Apache-2.0
"""KEEPING it, and finding it again."""
