# SPDX-License-Identifier: Apache-2.0
"""The flow of receiving: choose a place, see what was found, write receipts."""
