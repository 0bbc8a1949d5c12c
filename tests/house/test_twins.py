# SPDX-License-Identifier: Apache-2.0
"""The tests mirror the program: whoever looks for a module's tests knows where they are."""

from __future__ import annotations

from tests.house.source import PACKAGE, ROOT, imports, inside, program, stories

OTHER_KINDS = {
    "house": "tests about the house",
    "journeys": "stories across all rooms",
    "hostile": "broken and malicious files",
    "judges": "other people's programs, that agree or don't",
    "vectors": "files that must always open",
    "fakes": "sound, time, disks and drives that are played",
    "screens": "the material that screenshots are drawn with",
    "by_hand": "what needs ears and eyes",
}
# Rooms whose every module is tested by name. A module that is only reached through its neighbours is listed with them.
BY_NAME = ("crypto", "vault", "exchange", "intake", "archive", "audio", "i18n")


def test_every_folder_of_tests_is_a_room_or_a_known_kind():
    """Nobody starts a folder of tests that mirrors nothing."""
    rooms = {folder.name for folder in PACKAGE.iterdir() if folder.is_dir()}
    folders = {folder.name for folder in (ROOT / "tests").iterdir() if folder.is_dir() and any(folder.rglob("*.*"))}

    assert folders - rooms - set(OTHER_KINDS) - {"__pycache__"} == set()


def test_every_room_has_tests():
    """Each room with code in it has a folder of tests of its own."""
    rooms = {file.parent.name for file in program() if file.parent.parent == PACKAGE}
    without = [room for room in sorted(rooms) if not list((ROOT / "tests" / room).glob("**/test_*.py"))]

    assert not without


def test_every_module_of_the_working_rooms_is_tested_by_name():
    """Each module below the screen has a twin among the tests, or is imported by a test of its room."""
    imported = {name for file in stories() for name, _line in imports(file)}
    prefixes = {name.rpartition(".")[0] for name in imported} | imported
    untested = []
    for file in program():
        parts = file.relative_to(PACKAGE).with_suffix("").parts
        if parts[0] not in BY_NAME or file.stem == "__init__":
            continue
        has_twin = (ROOT / "tests" / parts[0] / f"test_{file.stem}.py").is_file()
        if not has_twin and ".".join(("testimony_app", *parts)) not in prefixes:
            untested.append(inside(file))

    assert not untested
