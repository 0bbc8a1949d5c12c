# SPDX-License-Identifier: Apache-2.0
"""A witness changes her mind: consent changed, narrowed or withdrawn."""
