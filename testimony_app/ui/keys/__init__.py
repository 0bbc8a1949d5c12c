# SPDX-License-Identifier: Apache-2.0
"""The ways of opening a vault: passphrases, a file on a stick, recovery sheets, and the try that proves them."""
