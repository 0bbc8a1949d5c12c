# SPDX-License-Identifier: Apache-2.0
"""Before a border: everything leaves on a stick, and an empty vault stays."""
