# SPDX-License-Identifier: Apache-2.0
"""Somebody who has only the README, public tools and the archive's key opens a bundle and checks who signed it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys

import pytest

from tests.house.source import ROOT

JUDGES = ROOT / "build" / "judges"
TOOLS = ("bash", "tar", "sha512sum", "ssh-keygen", "flac", "node")


@pytest.fixture(scope="module")
def left_by_demo(tmp_path_factory):
    """Return the folder that the README tells to make."""
    folder = tmp_path_factory.mktemp("demo") / "demo"
    command = [sys.executable, "-m", "testimony_app", "demo", "--dir", str(folder)]
    done = subprocess.run(command, capture_output=True, text=True, cwd=ROOT, timeout=250)
    assert done.returncode == 0, done.stderr
    return folder


def the_readme_s_commands():
    """Return the commands under the README's heading, as they stand there."""
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    section = readme.partition("## A bundle can be checked without us")[2].partition("\n## ")[0]
    return "\n".join(line[4:] for line in section.splitlines() if line.startswith("    "))


def with_npm_s_age(commands):
    """Put npm's age in the place of Go's, where that one is too old for quantum-safe keys."""
    line = re.search(r"^age -d -i (\S+) -o (\S+) (\S+)$", commands, re.MULTILINE)
    assert line
    judge = f"node {ROOT}/tests/judges/age.mjs {JUDGES} decrypt {line[1]} < $(echo {line[3]}) > {line[2]}"
    return commands.replace(line[0], judge)


@pytest.mark.skipif(not JUDGES.joinpath("node_modules").is_dir(), reason="npm's age-encryption could not be fetched")
@pytest.mark.skipif(not all(shutil.which(tool) for tool in TOOLS), reason="a public tool is missing here")
def test_the_readme_s_commands_work_as_they_stand(left_by_demo, tmp_path):
    """Decrypt, unpack, check every digest and the signature, and test the sound: all succeed; bagit agrees."""
    folder = tmp_path / "copy"
    shutil.copytree(left_by_demo, folder)

    done = subprocess.run(
        ["bash", "-euo", "pipefail", "-c", with_npm_s_age(the_readme_s_commands())],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
    )

    assert done.returncode == 0, done.stderr
    bagit = subprocess.run([sys.executable, "-m", "bagit", "--validate", str(folder / "bag")], capture_output=True)
    assert bagit.returncode == 0, bagit.stderr
    assert 'Good "bundle-v1@govah" signature for device with ED25519 key' in done.stdout


def test_what_demo_leaves_is_as_it_says(left_by_demo):
    """Every file that demo.json names is there, and the bundle's name says nothing."""
    told = json.loads((left_by_demo / "demo.json").read_text(encoding="utf-8"))

    assert (left_by_demo / told["collector"]).is_dir()
    assert (left_by_demo / told["archive"]).is_dir()
    assert all((left_by_demo / name).is_file() for name in told["passphrase_files"].values())
    assert all((left_by_demo / told[name]).is_file() for name in ("identity", "allowed_signers"))
    assert all(re.search(r"/[0-9A-Z]{8}\.AGE$", bundle) for bundle in told["bundles"])
