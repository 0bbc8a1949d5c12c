# SPDX-License-Identifier: Apache-2.0
"""TAKING and carrying in one step: a folder in which testimony is sealed to the archive from its first byte."""
