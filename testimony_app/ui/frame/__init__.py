# SPDX-License-Identifier: Apache-2.0
"""What stands around every screen: the bar above, the strip below, and the cover when it is locked."""
