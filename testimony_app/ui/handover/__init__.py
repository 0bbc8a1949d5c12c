# SPDX-License-Identifier: Apache-2.0
"""Handing the laptop to a witness, and getting back to where a witness was after a crash."""
