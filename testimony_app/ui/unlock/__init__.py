# SPDX-License-Identifier: Apache-2.0
"""First start and unlocking: choose a language, make a vault, open it."""
