# SPDX-License-Identifier: Apache-2.0
"""After unlocking: take, find, send."""
