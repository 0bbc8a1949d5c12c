# SPDX-License-Identifier: Apache-2.0
"""READING how it is done: the user guide, in a window beside the work."""
