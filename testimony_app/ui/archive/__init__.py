# SPDX-License-Identifier: Apache-2.0
"""The archive at work: search, results, one testimony with its player."""
