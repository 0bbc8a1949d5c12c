# SPDX-License-Identifier: Apache-2.0
"""Choices that are no secret, and the people we exchange with."""
