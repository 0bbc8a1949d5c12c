# SPDX-License-Identifier: Apache-2.0
"""Sound as numbers: no device, no Qt."""
