# SPDX-License-Identifier: Apache-2.0
"""A computer with a microphone that is none: a PulseAudio of our own, and what is played into it.

Whatever is played into the silent loudspeaker is heard by the microphone. The daemon has folders of its own,
listens on a socket of its own, needs no session, no bus and no particular user, and ends with the test run.
Qt connects to it once a process and stays connected, so there is one daemon a process: `virtual_sound()`.
"""

from __future__ import annotations

import contextlib
import os
import queue
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path

import numpy as np

SINK = "silent"
MICROPHONE = "table"
WIRE = "wire"
MICROPHONE_NAME = "Virtual_table_microphone"
RATE = 48_000


def has_pulseaudio() -> bool:
    """Return whether this computer can run the daemon."""
    return sys.platform == "linux" and all(shutil.which(name) for name in ("pulseaudio", "pactl", "pacat"))


class Wire:
    """A microphone without a loudspeaker before it.

    A loudspeaker that stumbles on a busy machine is wound back by the server, and whoever listens to it hears
    something else than was played. Nothing is ever wound back on a wire: what is sent is what the system gave.
    """

    def __init__(self, path: Path, unplug: Callable[[], object]) -> None:
        self._path, self._unplug = path, unplug
        self._said: queue.SimpleQueue = queue.SimpleQueue()
        self._is_plugged_in = threading.Event()
        self._is_plugged_in.set()
        self._sending = threading.Thread(target=self._send, daemon=True)
        self._sending.start()

    def speak(self, samples) -> None:
        """Have mono samples (int32, full range) sent at the pace of speech; before and after them it is silent."""
        self._said.put(np.ascontiguousarray(samples, dtype="<i4").reshape(-1))

    def is_speaking(self) -> bool:
        """Return whether something is still to be sent."""
        return not self._said.empty() or self._speaks

    def unplug(self) -> None:
        """Pull the microphone out."""
        self._is_plugged_in.clear()
        self._unplug()
        self._sending.join()

    _speaks = False

    def _send(self) -> None:
        block = RATE // 50
        began, sent, saying = time.monotonic(), 0, np.zeros(0, "<i4")
        # The server reads only while somebody listens; unplugged, it closes the wire before all of it was sent.
        with contextlib.suppress(BrokenPipeError), self._path.open("wb", buffering=0) as pipe:
            while self._is_plugged_in.is_set():
                if not len(saying) and not self._said.empty():
                    self._speaks, saying = True, self._said.get()
                piece, saying = (saying[:block], saying[block:]) if len(saying) else (np.zeros(block, "<i4"), saying)
                self._speaks = len(saying) > 0
                time.sleep(max(0.0, began + sent / RATE - time.monotonic()))
                left = memoryview(piece).cast("B")
                while left:
                    left = left[pipe.write(left) :]
                sent += len(piece)


class VirtualSound:
    """The daemon, and what can be done to it."""

    def __init__(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="gvs-"))
        self.folder.chmod(0o700)
        self.server = f"unix:{self.folder}/native"
        self._daemon: subprocess.Popen | None = None
        self._players: list[subprocess.Popen] = []

    @property
    def environment(self) -> dict[str, str]:
        """Return what a process needs in its environment to hear and be heard here, and nowhere else."""
        folder = str(self.folder)
        return {"PULSE_SERVER": self.server, "PULSE_RUNTIME_PATH": folder, "PULSE_COOKIE": f"{folder}/cookie"}

    def start(self) -> None:
        """Start the daemon and wait until it answers; this process is pointed to it."""
        modules = (
            f"module-native-protocol-unix auth-anonymous=1 socket={self.folder}/native",
            f"module-null-sink sink_name={SINK} rate={RATE} channels=1 format=s32le",
        )
        arguments = [argument for module in modules for argument in ("-L", module)]
        self._daemon = subprocess.Popen(
            ["pulseaudio", "-n", "--daemonize=no", "--exit-idle-time=-1", "--use-pid-file=no", "--disable-shm=yes",
             "--log-target=null", "--realtime=no", "--high-priority=no", *arguments],
            # On a bus there is room for one daemon only, and the tests may run in several processes.
            env={
                **os.environ, **self.environment, "HOME": str(self.folder), "XDG_RUNTIME_DIR": str(self.folder),
                "DBUS_SESSION_BUS_ADDRESS": "disabled:",
            },
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.environ.update(self.environment)
        for _ in range(100):
            if self._pactl("info").returncode == 0:
                break
            time.sleep(0.05)
        self.plug_in()
        self._pactl("set-default-sink", SINK)

    def plug_in(self, name: str = MICROPHONE, description: str = MICROPHONE_NAME) -> None:
        """Plug a microphone in and make it the default one."""
        self._pactl(
            "load-module", "module-remap-source", f"source_name={name}", f"master={SINK}.monitor", "remix=no",
            f"source_properties=device.description={description}",
        )  # fmt: skip
        self._pactl("set-default-source", name)

    def plug_in_wire(self, name: str = WIRE) -> Wire:
        """Plug in a microphone that hears exactly what is sent down a wire, to the sample."""
        path = self.folder / name
        loaded = self._pactl(
            "load-module", "module-pipe-source", f"source_name={name}", f"file={path}", "format=s32le",
            f"rate={RATE}", "channels=1",
        )  # fmt: skip
        return Wire(path, lambda: self._pactl("unload-module", loaded.stdout.strip()))

    def pull_out(self, name: str = MICROPHONE) -> None:
        """Pull a microphone out."""
        for line in self._pactl("list", "short", "modules").stdout.splitlines():
            if "module-remap-source" in line and f"source_name={name} " in line + " ":
                self._pactl("unload-module", line.split()[0])

    def restore(self) -> None:
        """Have exactly the one microphone plugged in that there is at the start."""
        present = self.microphones()
        for name in present:
            if name != MICROPHONE:
                self.pull_out(name)
        if MICROPHONE not in present:
            self.plug_in()

    def microphones(self) -> list[str]:
        """Return what is plugged in."""
        lines = self._pactl("list", "short", "sources").stdout.splitlines()
        return [line.split()[1] for line in lines if ".monitor" not in line.split()[1]]

    def play(self, samples, *, rate: int = RATE, latency_ms: int = 200) -> subprocess.Popen:
        """Play mono samples (int32, full range); they go through memory, never through a file."""
        file = os.memfd_create("voice")
        os.write(file, b"")
        with os.fdopen(file, "w+b", closefd=False) as memory:
            memory.write(np.ascontiguousarray(samples, dtype="<i4").tobytes())
        os.lseek(file, 0, os.SEEK_SET)
        player = subprocess.Popen(
            ["pacat", "--playback", f"--device={SINK}", "--format=s32le", f"--rate={rate}", "--channels=1",
             f"--latency-msec={latency_ms}"],
            stdin=file, env={**os.environ, **self.environment}, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        os.close(file)
        self._players.append(player)
        return player

    def play_wav(self, path: Path) -> subprocess.Popen:
        """Play a sound file."""
        import soundfile

        samples, rate = soundfile.read(path, dtype="int32", always_2d=True)
        return self.play(samples[:, 0], rate=rate)

    def hush(self) -> None:
        """End whatever is playing."""
        for player in self._players:
            if player.poll() is None:
                player.kill()
            player.wait()
        self._players.clear()

    def stop(self) -> None:
        """End the daemon and remove its folder."""
        self.hush()
        if self._daemon is not None:
            self._daemon.terminate()
            self._daemon.wait(10)
            self._daemon = None
        shutil.rmtree(self.folder, ignore_errors=True)

    def _pactl(self, *arguments: str) -> subprocess.CompletedProcess:
        return subprocess.run(
            ["pactl", *arguments],
            env={**os.environ, **self.environment}, capture_output=True, text=True, timeout=20, check=False,
        )  # fmt: skip


@cache
def virtual_sound() -> VirtualSound:
    """Return this process's virtual sound, started; it ends with the process."""
    import atexit

    sound = VirtualSound()
    sound.start()
    atexit.register(sound.stop)
    return sound


def correlation(played, recorded) -> tuple[float, int]:
    """Return how alike two recordings are (1.0 is equal), at the best shift, and that shift in samples."""
    one = np.asarray(played, dtype=np.float64).reshape(-1)
    other = np.asarray(recorded, dtype=np.float64).reshape(-1)
    size = 1 << (len(one) + len(other) - 1).bit_length()
    product = np.fft.irfft(np.fft.rfft(other, size) * np.conj(np.fft.rfft(one, size)), size)
    shift = int(np.argmax(product))
    shift = shift - size if shift > size // 2 else shift
    start, end = max(0, shift), min(len(other), shift + len(one))
    heard, meant = other[start:end], one[start - shift : end - shift]
    scale = np.sqrt(float(np.dot(one, one)) * float(np.dot(heard, heard)))
    return (float(np.dot(heard, meant)) / scale if scale else 0.0), shift


def spoken_length(samples, *, threshold: float = 2**31 * 10 ** (-50 / 20)) -> int:
    """Return how many samples lie between the first and the last that is louder than the threshold."""
    loud = np.flatnonzero(np.abs(np.asarray(samples, dtype=np.float64).reshape(-1)) > threshold)
    return int(loud[-1] - loud[0] + 1) if len(loud) else 0
