# SPDX-License-Identifier: Apache-2.0
"""PRACTISING: the page before it, and the band that marks every window of it."""
