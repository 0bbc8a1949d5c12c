# SPDX-License-Identifier: Apache-2.0
"""Govah: an offline program that takes, carries and keeps witness testimony."""

__version__ = "0.1.0"
