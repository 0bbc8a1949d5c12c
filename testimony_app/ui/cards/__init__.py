# SPDX-License-Identifier: Apache-2.0
"""The flow of trust: handing out one's own card, adding another's after comparing sixty digits."""
