# SPDX-License-Identifier: Apache-2.0
"""A vault made of a backup, with a passphrase, a file on a stick, or recovery sheets."""
