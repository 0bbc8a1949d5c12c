# SPDX-License-Identifier: Apache-2.0
"""The parts that every screen is made of; none of them knows a service."""
