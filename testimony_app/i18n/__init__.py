# SPDX-License-Identifier: Apache-2.0
"""Words, directions, digits and dates, for people; without Qt, so that the command line has them too."""
