# SPDX-License-Identifier: Apache-2.0
"""Keeps a vault from being lost with its passphrase: recovery sheets on paper, and the second half on a stick."""
