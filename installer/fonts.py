# SPDX-License-Identifier: Apache-2.0
"""Copies the fonts that we bundle, each with its licence, from unpacked npm packages into resources/fonts.

Nothing is copied whose digest is not the one written here: a font is parsed by every laptop that runs the program.
"""

from __future__ import annotations

import hashlib
import sys
from pathlib import Path

# Where in node_modules -> name in resources/fonts, SHA-256. Both families: SIL Open Font License 1.1.
FONTS = {
    "@expo-google-fonts/roboto/400Regular/Roboto_400Regular.ttf": (
        "Roboto-Regular.ttf",
        "15256405ecb0d880678833a582760efad538ab2932318b52c8105b267d159459",
    ),
    "@expo-google-fonts/roboto/500Medium/Roboto_500Medium.ttf": (
        "Roboto-Medium.ttf",
        "79343dc641a2e8d48a703a4667b71fc8dc6565cc8ce47dfc34fc52c12aadbf38",
    ),
    "@expo-google-fonts/roboto/600SemiBold/Roboto_600SemiBold.ttf": (
        "Roboto-SemiBold.ttf",
        "32fe2086b0e54eca85a68eb74e3d89bb16a7ffe59085d6dc7d079f5b3c26d6ab",
    ),
    "@expo-google-fonts/roboto/700Bold/Roboto_700Bold.ttf": (
        "Roboto-Bold.ttf",
        "4aaf8c5b661a386998c2e70cf2b87e2440f5404e0b8fd81164f0413fb3435ec6",
    ),
    "@expo-google-fonts/roboto/LICENSE_FONT": (
        "Roboto-OFL.txt",
        "061402327a96aadb0bfb694a960ed289ecd38d383e396243831ab81feb109c41",
    ),
    "vazirmatn/fonts/ttf/Vazirmatn-Regular.ttf": (
        "Vazirmatn-Regular.ttf",
        "b69fd4c680b8f3f225feabcc655a2c585d97627b8f5f5c0f9985e894069f3a56",
    ),
    "vazirmatn/fonts/ttf/Vazirmatn-Medium.ttf": (
        "Vazirmatn-Medium.ttf",
        "b986623e4ddef10755e04be39f8ea7bcb1dc08bfe8dd0aa6af395736f256ad4a",
    ),
    "vazirmatn/fonts/ttf/Vazirmatn-SemiBold.ttf": (
        "Vazirmatn-SemiBold.ttf",
        "3f239d8364c14ee32c46b6839fa197c28958358b82a9673d2c6acc8506d78bc5",
    ),
    "vazirmatn/fonts/ttf/Vazirmatn-Bold.ttf": (
        "Vazirmatn-Bold.ttf",
        "f635fdbea28f265de395ba83b4b1570dcf2f58d13c65469e61903b1c2d2ae723",
    ),
    "vazirmatn/OFL.txt": (
        "Vazirmatn-OFL.txt",
        "17e355067c8284f47743a1ee3b1ef7ff684ff0601eda357f9353b10b3016ab31",
    ),
}


def copy_all(packages: Path, folder: Path) -> list[str]:
    """Copy each font whose digest is right; return the names of those that are not."""
    folder.mkdir(parents=True, exist_ok=True)
    refused = []
    for source, (name, digest) in FONTS.items():
        content = (packages / source).read_bytes()
        if hashlib.sha256(content).hexdigest() != digest:
            refused.append(source)
            continue
        target = folder / name
        if not target.exists() or target.read_bytes() != content:
            target.write_bytes(content)
    return refused


def main() -> int:
    """Copy the fonts; say which were refused."""
    refused = copy_all(Path(sys.argv[1]), Path(sys.argv[2]))
    for source in refused:
        print(f"fonts: {source} is not the file we know, so it was not taken", file=sys.stderr)
    return 1 if refused else 0


if __name__ == "__main__":
    sys.exit(main())
