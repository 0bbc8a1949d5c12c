# SPDX-License-Identifier: Apache-2.0
"""Recording alone: a witness, one screen with one thing on it, and nobody else's."""
