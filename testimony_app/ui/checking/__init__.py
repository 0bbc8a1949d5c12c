# SPDX-License-Identifier: Apache-2.0
"""Reading every byte of a vault, and saying what is not as it was written."""
