# SPDX-License-Identifier: Apache-2.0
"""The windows: one folder for each thing that people do."""
