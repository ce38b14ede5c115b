"""The folder that keeps people, rooms and messages from one start to the next."""

import contextlib
import fcntl
import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import IO


class StateInUse(Exception):
    """Another process uses the folder; the text says which, and what to do."""


@contextlib.contextmanager
def locked(folder: Path) -> Iterator[None]:
    """Keep the folder for this process. Raises StateInUse. The lock ends with the process, however it ends."""
    folder.mkdir(parents=True, exist_ok=True)
    with (folder / "lock").open("a+") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            raise StateInUse(
                f"Process {_holder(file)} runs Parley on the state in {folder}. Stop it, or use another state: "
                f"make local STATE={folder.with_name(folder.name + '-2')}"
            ) from None
        file.seek(0)
        file.truncate()
        file.write(str(os.getpid()))
        file.flush()
        yield


def _holder(file: IO[str]) -> str:
    file.seek(0)
    return file.read().strip() or "unknown"


def set_aside_unreadable(folder: Path) -> list[Path]:
    """Rename files of the emulator's state that are no JSON, so that nothing overwrites them; the new names."""
    renamed = []
    for file in sorted(folder.glob("*.json")):
        try:
            json.loads(file.read_bytes())
        except (OSError, ValueError):
            renamed.append(file.rename(_free_name(file)))
    return renamed


def _free_name(file: Path) -> Path:
    number = 1
    while (name := file.with_name(f"{file.name}.unreadable-{number}")).exists():
        number += 1
    return name
