# SPDX-License-Identifier: Apache-2.0
"""The words for what can go wrong in the room `crypto`."""

from __future__ import annotations

from testimony_app.i18n.sentences.wording import N_, Sentences

SENTENCES: dict[str, Sentences] = {}
