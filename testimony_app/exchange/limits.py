# SPDX-License-Identifier: Apache-2.0
"""How much of anything a bundle, a card or a receipt may hold; what exceeds a limit is refused unread.

The numbers are the table of FORMAT.md section 6. An honest writer stays far below each of them; they exist
so that a hostile file costs the importer a bounded amount of memory, time and disk.
"""

from __future__ import annotations

KIB = 1024
MIB = 1024 * KIB
GIB = 1024 * MIB

BLOCK = 512
"""A tar block: headers, padding and the end marker come in these."""

FLOOR = MIB
"""No bundle's inner tar is shorter than this, however little it carries."""
VOLUME_TARGET = GIB
"""Payload that a volume is filled up to before the next one begins."""
VOLUME_CAP = 3_900 * MIB
"""No bundle file is longer, so that FAT32 (4 GiB - 1) always takes it."""

AGE_HEADER_MAX = 64 * KIB
REAL_RECIPIENTS_MAX = 16
TAG_FILES_MAX = 16 * MIB
BUNDLE_JSON_MAX = 4 * MIB
SIGNATURE_FILE_MAX = 16 * KIB
MANIFEST_LINES_MAX = 100_000
MANIFEST_LINE_MAX = KIB
MEMBERS_MAX = 100_000
NAME_MAX = 100
ITEMS_PER_VOLUME = 1_000
"""A writer's own limit: canonical JSON holds 20,000 members, and an item takes a dozen."""
PAYLOAD_FILE_MAX = 2 * GIB
TESTIMONY_JSON_MAX = 4 * MIB
STATEMENT_MAX = 8 * MIB
IDENTITY_MAX = MIB

CARD_FILE_MAX = 16 * KIB
REPLACEMENT_CARD_FILE_MAX = 24 * KIB
RECEIPT_FILE_MAX = 256 * KIB

CHILD_MEMORY = 512 * MIB
CHILD_OPEN_FILES = 64
CHILD_SECONDS_FLOOR = 60
"""Processor seconds any bundle may take, plus one for each MiB_PER_SECOND of its length."""
CHILD_MIB_PER_SECOND = 4
CHILD_SILENCE_SECONDS = 120
"""The reading process is ended when it says nothing for this long."""
MESSAGE_MAX = 32 * MIB
"""The longest single answer that is taken from the reading process."""
FREE_SPACE_TENTHS = 12
"""Free disk needed to import, in tenths of the bundle's length."""
