# SPDX-License-Identifier: Apache-2.0
"""What was sealed here: where it is, what its receipt proves, and how it leaves this computer."""
