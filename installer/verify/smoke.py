# SPDX-License-Identifier: Apache-2.0
"""Tries the frozen program as a stranger would: moved elsewhere, an empty environment, no network; then the window.

python installer/verify/smoke.py dist/govah
"""

from __future__ import annotations

import json
import math
import os
import shutil
import struct
import subprocess
import sys
import tempfile
import time
import wave
from pathlib import Path

MUST_HOLD = {
    "the sound back end": "*ffmpegmediaplugin*",
    "libsndfile": "*sndfile*",
    "the reader of pdfs": "*Qt6Pdf*",
    "SQLCipher": "sqlcipher3/_sqlite3*",
    "the style": "*_resources/style/tokens.toml",
    "Persian": "*_resources/locale/fa/LC_MESSAGES/govah.mo",
    "the guide": "*_resources/guide/fa/*.md",
    "its pictures": "*_resources/guide/pictures/*-fa.png",
    "the invented people of practice": "*_resources/practice/fa.toml",
    "the first migration": "*migrations/0001*.sql",
}
LETTER = b"""%PDF-1.4
1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj
2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj
3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R/Resources<</Font<</F1 5 0 R>>>>>>endobj
4 0 obj<</Length 44>>stream
BT /F1 18 Tf 20 100 Td (In the summer) Tj ET
endstream endobj
5 0 obj<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>endobj
trailer<</Root 1 0 R>>
"""
ON_LINUX = {"the X11 platform": "*platforms/libqxcb.so", "the Wayland platform": "*platforms/libqwayland*.so"}


def box_is_whole(box: Path) -> None:
    """Look for what PyInstaller forgets first."""
    must = MUST_HOLD | (ON_LINUX if sys.platform == "linux" else {})
    files = [file for file in box.rglob("*") if file.is_file() and not file.is_symlink()]
    missing = [what for what, pattern in must.items() if not any(Path(file).match(pattern) for file in files)]
    if missing:
        raise SystemExit(f"smoke: the box lacks {', '.join(missing)}")
    size = sum(file.stat().st_size for file in files) / 1e6
    print(f"smoke: the box holds {len(files)} files, {size:.0f} MB")


def demo_passes(program: Path, folder: Path) -> None:
    """Run the whole job with an empty environment, and where the system allows it with no network at all."""
    command = [str(program), "demo", "--dir", str(folder)]
    alone = shutil.which("unshare")
    if alone and subprocess.run([alone, "-rn", "true"], capture_output=True).returncode == 0:
        command = [alone, "-rn", *command]
    begun = time.monotonic()
    done = subprocess.run(command, env=_empty(), capture_output=True, text=True, timeout=300)
    if done.returncode:
        raise SystemExit(f"smoke: demo ended {done.returncode}\n{done.stdout}\n{done.stderr}")
    told = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    print(f"smoke: demo passed in {time.monotonic() - begun:.1f} s, {len(told['bundles'])} bundle(s)")


def sound_comes_in(program: Path, folder: Path) -> None:
    """Add somebody else's recording to the demo's vault: a process with limits decodes it, from inside the box."""
    wave_file = folder / "tone.wav"
    with wave.open(str(wave_file), "wb") as tone:
        tone.setparams((1, 2, 48_000, 0, "NONE", ""))
        tone.writeframes(b"".join(struct.pack("<h", round(9000 * math.sin(i / 17))) for i in range(48_000)))
    given = [wave_file]
    if shutil.which("ffmpeg"):
        given.append(folder / "telephone.m4a")
        subprocess.run(["ffmpeg", "-v", "error", "-i", str(wave_file), str(given[1])], check=True)
    told = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    for file in given:
        words = ["add", told["collector"], "--audio", str(file), "--json"]
        command = [str(program), *words, "--passphrase-file", told["passphrase_files"]["collector"]]
        done = subprocess.run(command, env=_empty(), capture_output=True, text=True, timeout=120)
        if done.returncode or not json.loads(done.stdout)["recordings"]:
            raise SystemExit(f"smoke: {file.name} was not taken in\n{done.stdout}\n{done.stderr}")
        print(f"smoke: {file.name} was taken in, {json.loads(done.stdout)['recordings'][0]['seconds']:.2f} s")


def words_come_in(program: Path, folder: Path) -> None:
    """Take over the words of a pdf: another process with limits reads it, from inside the box."""
    letter = folder / "letter.pdf"
    letter.write_bytes(LETTER)
    told = json.loads((folder / "demo.json").read_text(encoding="utf-8"))
    words = ["add", told["collector"], "--text", str(letter), "--json"]
    command = [str(program), *words, "--passphrase-file", told["passphrase_files"]["collector"]]
    done = subprocess.run(command, env=_empty(), capture_output=True, text=True, timeout=120)
    if done.returncode or json.loads(done.stdout)["words"] != 3:
        raise SystemExit(f"smoke: the words of a pdf were not taken over\n{done.stdout}\n{done.stderr}")
    print("smoke: the words of a pdf were taken over")


def window_opens(program: Path, home: Path) -> None:
    """Start the desktop on the display there is, wait for its window, and end it."""
    if sys.platform != "linux" or not os.environ.get("DISPLAY") or not shutil.which("xdotool"):
        print("smoke: no X display or no xdotool here, so the window was not tried")
        return
    passed_on = {name: os.environ[name] for name in ("DISPLAY", "XAUTHORITY") if name in os.environ}
    with (home / "said").open("w+") as said:
        running = subprocess.Popen([str(program)], env={**passed_on, "HOME": str(home)}, stdout=said, stderr=said)
        try:
            title = _title_of_window(running)
        finally:
            running.terminate()
            running.wait(timeout=20)
            said.seek(0)
            if words := said.read().strip():
                print(f"smoke: the desktop said: {words}")
        print(f"smoke: the window opened, titled {title!r}")


def _title_of_window(running: subprocess.Popen[bytes]) -> str:
    until = time.monotonic() + 60
    while time.monotonic() < until:
        if running.poll() is not None:
            raise SystemExit(f"smoke: the desktop ended {running.returncode} without a window")
        search = ["xdotool", "search", "--onlyvisible", "--pid", str(running.pid), "--name", ".", "getwindowname"]
        found = subprocess.run(search, capture_output=True, text=True)
        if found.returncode == 0 and found.stdout.strip():
            return found.stdout.strip().splitlines()[0]
        time.sleep(0.2)
    raise SystemExit("smoke: no window after 60 s")


def _empty() -> dict[str, str]:
    return {"SYSTEMROOT": os.environ["SYSTEMROOT"]} if sys.platform == "win32" else {}


def main() -> int:
    """Copy the box to a folder with a space in its name and try it there."""
    with tempfile.TemporaryDirectory(prefix="somewhere else ") as elsewhere:
        box = Path(elsewhere) / "govah box"
        shutil.copytree(sys.argv[1], box, symlinks=True)
        program = box / ("govah.exe" if sys.platform == "win32" else "govah")
        home = Path(elsewhere) / "home"
        home.mkdir()
        box_is_whole(box)
        demo_passes(program, Path(elsewhere) / "demo")
        sound_comes_in(program, Path(elsewhere) / "demo")
        words_come_in(program, Path(elsewhere) / "demo")
        window_opens(program, home)
    return 0


if __name__ == "__main__":
    sys.exit(main())
