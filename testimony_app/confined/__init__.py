# SPDX-License-Identifier: Apache-2.0
"""Processes of our own that read foreign bytes and may do nothing else."""
