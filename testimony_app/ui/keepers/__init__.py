# SPDX-License-Identifier: Apache-2.0
"""An archive's keepers: making their key as sheets, and trying the sheets."""
