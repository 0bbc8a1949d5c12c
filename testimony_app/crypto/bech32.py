# SPDX-License-Identifier: Apache-2.0
"""Keys as text a person can copy: Bech32 (BIP 173), without its limit of length, as age writes keys.

The coding works on bytearrays, so that a private key in this form can be wiped like any secret.
"""

from __future__ import annotations

from testimony_app.crypto.errors import NotAKey

_CHARSET = b"qpzry9x8gf2tvdw0s3jn54khce6mua7l"
_VALUES = {symbol: value for value, symbol in enumerate(_CHARSET)}
_GENERATOR = (0x3B6A57B2, 0x26508E6D, 0x1EA119FA, 0x3D4233DD, 0x2A1462B3)
_CHECKSUM = 6
_LONGEST = 4096


def encode(prefix: str, payload: bytes | bytearray) -> bytearray:
    """Return the text, in lower case, as ASCII bytes that can be wiped."""
    values = _regroup(payload, 8, 5, pad=True)
    check = _polymod(_expand(prefix) + values + bytearray(_CHECKSUM)) ^ 1
    values += bytearray((check >> 5 * (5 - index)) & 31 for index in range(_CHECKSUM))
    return bytearray(prefix.encode("ascii")) + b"1" + bytearray(_CHARSET[value] for value in values)


def decode(prefix: str, text: bytes | bytearray) -> bytearray:
    """Return the payload of a text with this prefix, all in one case, with a fitting checksum.

    Raises NotAKey.
    """
    if len(text) > _LONGEST or (text != text.lower() and text != text.upper()):
        raise NotAKey
    lower = bytearray(text.lower())
    start = prefix.encode("ascii") + b"1"
    if not lower.startswith(start) or len(lower) < len(start) + _CHECKSUM:
        raise NotAKey
    symbols = lower[len(start) :]
    if any(symbol not in _VALUES for symbol in symbols):
        raise NotAKey
    values = bytearray(_VALUES[symbol] for symbol in symbols)
    if _polymod(_expand(prefix) + values) != 1:
        raise NotAKey
    return _regroup(values[:-_CHECKSUM], 5, 8, pad=False)


def _expand(prefix: str) -> bytearray:
    letters = prefix.encode("ascii")
    return bytearray(letter >> 5 for letter in letters) + b"\0" + bytearray(letter & 31 for letter in letters)


def _polymod(values: bytearray) -> int:
    check = 1
    for value in values:
        top = check >> 25
        check = (check & 0x1FFFFFF) << 5 ^ value
        for index, generator in enumerate(_GENERATOR):
            if top >> index & 1:
                check ^= generator
    return check


def _regroup(values: bytes | bytearray, width_in: int, width_out: int, *, pad: bool) -> bytearray:
    gathered, bits = 0, 0
    out = bytearray()
    for value in values:
        gathered = (gathered << width_in | value) & 0xFFFF
        bits += width_in
        while bits >= width_out:
            bits -= width_out
            out.append(gathered >> bits & ((1 << width_out) - 1))
    rest = gathered & ((1 << bits) - 1)
    if pad and bits:
        out.append(rest << (width_out - bits))
    elif not pad and (bits >= width_in or rest):
        # Left-over bits must be few and zero, else two texts would stand for one key.
        raise NotAKey
    return out
