# SPDX-License-Identifier: Apache-2.0
"""Small recipes over `cryptography`, each hard to misuse."""
