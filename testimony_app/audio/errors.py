# SPDX-License-Identifier: Apache-2.0
"""What can be wrong with a sound or with what it comes from."""

from __future__ import annotations

from testimony_app.errors import Damage, Refusal


class NoMicrophone(Refusal):
    """This computer shows no microphone, or not the one that was asked for."""

    code = "audio.no-microphone"


class MicrophoneForbidden(Refusal):
    """The operating system does not let the program listen."""

    code = "audio.microphone-forbidden"


class MicrophoneBusy(Refusal):
    """The microphone is there but does not start."""

    code = "audio.microphone-busy"


class MicrophoneLost(Refusal):
    """The microphone went away while recording; what was heard until then is kept."""

    code = "audio.microphone-lost"


class FormatRefused(Refusal):
    """The microphone gives no format that can be kept, or not the one of the recording under way."""

    code = "audio.format-refused"


class NoSpeaker(Refusal):
    """This computer shows no loudspeaker or headphones."""

    code = "audio.no-speaker"


class NotReadableSound(Refusal):
    """The file holds no sound that we can read."""

    code = "audio.not-readable"


class SoundDiffers(Damage):
    """What was decoded for comparison is not, sample for sample, what had been recorded."""

    code = "audio.differs"
