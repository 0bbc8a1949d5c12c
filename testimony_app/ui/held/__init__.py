# SPDX-License-Identifier: Apache-2.0
"""Bundles held apart: signed by somebody whose card nobody here has compared yet."""
