# SPDX-License-Identifier: Apache-2.0
"""Sound devices as Qt lists them, and the formats that they and we both speak."""

from __future__ import annotations

import numpy as np
from PySide6.QtMultimedia import QAudioDevice, QAudioFormat, QMediaDevices

from testimony_app.audio.errors import FormatRefused, NoMicrophone
from testimony_app.audio.format import FULL_SCALE, SoundFormat
from testimony_app.audio.ports import Device

_SAMPLE_FORMATS = (QAudioFormat.SampleFormat.Int32, QAudioFormat.SampleFormat.Int16, QAudioFormat.SampleFormat.Float)
"""What is asked for, in this order; the first two are kept as they come."""
_RATES = (48_000, 44_100)
_VIRTUAL_WORDS = ("virtual", "monitor", "null", "loopback", "blackhole", "soundflower", "vb-audio", "cable output")
_BLUETOOTH_WORDS = ("bluez", "bluetooth", "hands-free", "airpods")


def device_id(device: QAudioDevice) -> str:
    """Return a device's identifier as text."""
    return bytes(device.id().data()).decode("utf-8", "replace")


def described(device: QAudioDevice) -> Device:
    """Return a device as the rest of the program knows it."""
    words = f"{device_id(device)} {device.description()}".lower()
    return Device(
        id=device_id(device),
        name=device.description(),
        is_default=device.isDefault(),
        is_virtual=any(word in words for word in _VIRTUAL_WORDS),
        is_bluetooth=any(word in words for word in _BLUETOOTH_WORDS),
    )


def find_input(wanted: str) -> QAudioDevice:
    """Return the microphone with this identifier or name, or the default one. Raises NoMicrophone."""
    for device in QMediaDevices.audioInputs():
        if wanted in {device_id(device), device.description()}:
            return device
    default = QMediaDevices.defaultAudioInput()
    if wanted or default.isNull():
        raise NoMicrophone
    return default


def agreed(device: QAudioDevice, wanted: SoundFormat) -> tuple[SoundFormat, QAudioFormat]:
    """Return the best format that a device and we both speak, in our words and in Qt's. Raises FormatRefused."""
    rates = dict.fromkeys((wanted.rate, *_RATES, device.preferredFormat().sampleRate()))
    channel_counts = dict.fromkeys((wanted.channels, 1, 2, device.preferredFormat().channelCount()))
    for rate in rates:
        for channels in channel_counts:
            for sample_format in _SAMPLE_FORMATS:
                found = qt_format(SoundFormat(rate, channels), sample_format)
                if rate > 0 and channels > 0 and device.isFormatSupported(found):
                    bits = 16 if sample_format is QAudioFormat.SampleFormat.Int16 else 24
                    return SoundFormat(rate, channels, min(bits, wanted.bits) if bits == 16 else bits), found
    raise FormatRefused


def qt_format(sound: SoundFormat, sample_format: QAudioFormat.SampleFormat) -> QAudioFormat:
    """Return a format in Qt's words."""
    found = QAudioFormat()
    found.setSampleRate(sound.rate)
    found.setChannelCount(sound.channels)
    found.setSampleFormat(sample_format)
    return found


def from_floats(data: bytes) -> bytes:
    """Return 32-bit floats as 32-bit whole numbers: what is beyond full scale is clipped."""
    floats = np.frombuffer(data, dtype="<f4").astype(np.float64)
    scaled = np.clip(floats * FULL_SCALE, -FULL_SCALE, FULL_SCALE - 1)
    return scaled.astype("<i4").tobytes()
