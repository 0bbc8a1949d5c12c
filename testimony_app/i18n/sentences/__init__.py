# SPDX-License-Identifier: Apache-2.0
"""What each error says to a person: what happened, what is safe, what to do; one file for each room."""
