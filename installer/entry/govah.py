# SPDX-License-Identifier: Apache-2.0
"""What the frozen program starts with: the same door as `python -m testimony_app`."""

import sys

from testimony_app.__main__ import run

sys.exit(run())
