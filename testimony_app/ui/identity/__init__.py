# SPDX-License-Identifier: Apache-2.0
"""The ceremony in which an archive's keepers learn who a witness is."""
