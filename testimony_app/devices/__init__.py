# SPDX-License-Identifier: Apache-2.0
"""Qt without widgets: microphone, loudspeaker, stick.

Qt's sound library is told, before it is loaded, not to print which of the system's libraries it looked for and
did not find, or which stream did not open: on a command line that is noise, and what matters we say ourselves.
"""

from __future__ import annotations

from PySide6.QtCore import QLoggingCategory

QLoggingCategory.setFilterRules(
    "qt.multimedia.symbolsresolver=false\nqt.multimedia.ffmpeg=false\nqt.multimedia.pulseaudio.*=false"
)
