"""How large files and folders may grow: a file does one thing, and a folder is seen at a glance."""

from collections import Counter
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
GENERATED = ("dist", "node_modules", "screenshots", "test-results", "playwright-report")

MOST_LINES = {"shared": 200, "tools": 200, "local": 200, "lambdas": 40, "tests": 300}
MOST_FILES = {"shared": 15, "tools": 15, "local": 15, "frontend/src": 20}

LONGER: dict[str, str] = {
    "tests/chaos/test_checker.py": "one table of every violation, and the run that they are planted in",
    "tests/model/steps.py": "one search: every step of every process, in the order of the product's code",
    "tests/integration/realtime/test_delivery.py": "one scene, met by every kind of answer to a post",
    "tests/integration/rooms/test_state_machine.py": "one state machine",
    "tests/unit/edge/test_websocket.py": "one handler, from frame to reply",
    "tests/unit/identity/test_tokens.py": "one table of forged tokens and what it needs to forge them",
    "tests/unit/protocol/test_commands.py": "one table of every command",
    "tests/unit/protocol/test_events.py": "one table of every event",
}
"""Files that are longer, and why."""

FULLER: dict[str, str] = {}
"""Folders that hold more files, and why."""


def _files(folder: str, pattern: str) -> list[Path]:
    files = (ROOT / folder).rglob(pattern)
    return [file for file in files if file.is_file() and not set(GENERATED) & set(file.parts)]


@pytest.mark.parametrize("folder", MOST_LINES)
def test_files_are_short(folder: str) -> None:
    lines = {
        str(file.relative_to(ROOT)): len(file.read_text(encoding="utf-8").splitlines())
        for file in _files(folder, "*.py")
    }

    assert {name: count for name, count in lines.items() if count > MOST_LINES[folder] and name not in LONGER} == {}
    assert {name for name in LONGER if name.startswith(f"{folder}/") and lines[name] <= MOST_LINES[folder]} == set()


@pytest.mark.parametrize("folder", MOST_FILES)
def test_folders_are_small(folder: str) -> None:
    files = [file for file in _files(folder, "*") if "__pycache__" not in file.parts and file.name != "__init__.py"]
    count = Counter(str(file.parent.relative_to(ROOT)) for file in files)

    assert {name: number for name, number in count.items() if number > MOST_FILES[folder] and name not in FULLER} == {}
