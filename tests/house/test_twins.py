# SPDX-License-Identifier: Apache-2.0
"""The tests mirror the program: whoever looks for a module's tests knows where they are."""

from __future__ import annotations

from tests.house.source import PACKAGE, ROOT, imports, program

OTHER_KINDS = {
    "house": "tests about the house",
    "journeys": "stories across all rooms",
    "hostile": "broken and malicious files",
    "power": "a disk whose power is cut",
    "judges": "other people's programs, that agree or don't",
    "vectors": "files that must always open",
    "fakes": "sound, time, disks and drives that are played",
    "screens": "the material that screenshots are drawn with",
    "by_hand": "what needs ears and eyes",
}
WORKING_ROOMS = ("crypto", "vault", "exchange", "intake", "archive", "safekeeping", "dropbox", "audio", "i18n")

# Every test that reads a bundle, a foreign sound or a document starts these.
STARTED_AS_A_PROCESS = {
    "testimony_app.exchange.receive_child",
    "testimony_app.devices.decoding_child",
    "testimony_app.intake.reading_child",
    "testimony_app.devices.looking_child",
}


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


def test_every_module_of_the_working_rooms_is_reached_by_a_test():
    """Each module below the screen has a twin among the tests, or is used by a test, or by a neighbour that is."""
    modules = {module_name(file): file for file in program() if file.relative_to(PACKAGE).parts[0] in WORKING_ROOMS}
    uses = {name: names_of_modules(file) & set(modules) for name, file in modules.items()}
    started = [PACKAGE.parent / f"{name.replace('.', '/')}.py" for name in STARTED_AS_A_PROCESS]
    reached = {name for file in (*all_tests(), *started) for name in names_of_modules(file)} & set(modules)
    reached |= {name for name, file in modules.items() if has_twin(file)} | (STARTED_AS_A_PROCESS & set(modules))
    waiting = list(reached)
    while waiting:
        new = uses[waiting.pop()] - reached
        reached |= new
        waiting += new

    assert sorted(name for name in set(modules) - reached if not name.endswith("__init__")) == []


def all_tests():
    """Return all Python files among the tests, fixtures included, the house's own aside."""
    return [file for file in (ROOT / "tests").rglob("*.py") if "house" not in file.parts]


def module_name(file):
    """Return the name a file is imported by."""
    return ".".join(("testimony_app", *file.relative_to(PACKAGE).with_suffix("").parts))


def names_of_modules(file):
    """Return the modules that a file imports, whether it names them or something in them."""
    return {part for name, _line in imports(file) for part in (name, name.rpartition(".")[0])}


def has_twin(file):
    """Tell whether the tests have a file of the same name at the same place."""
    room, *rest = file.relative_to(PACKAGE).parts
    return (ROOT / "tests" / room).joinpath(*rest[:-1], f"test_{file.name}").is_file()
