"""What each command does to AWS, as `make bench` measured it; the figures are in commands.json, never typed by hand."""

import dataclasses
import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from pathlib import Path

MEASURED = Path(__file__).with_name("commands.json")


@dataclass(frozen=True)
class Command:
    """One invocation. `frames` are the billed messages from and to the caller, `posts` those to others."""

    frames: float = 0
    posts: float = 0
    http_requests: float = 0
    database_calls: float = 0
    read_units: float = 0
    write_units: float = 0
    queue_requests: float = 0
    cpu_ms: float = 0

    def counts(self) -> "Command":
        """Without what differs from run to run."""
        return dataclasses.replace(self, cpu_ms=0)


@cache
def measured() -> dict[str, Command]:
    """By function and situation: `hello, 10 rooms`."""
    return {name: Command(**fields) for name, fields in json.loads(MEASURED.read_text()).items()}


def write(commands: dict[str, Command]) -> None:
    """Keep what was measured; fields that are 0 are left out."""
    rows = {
        name: {field: value for field, value in dataclasses.asdict(command).items() if value}
        for name, command in commands.items()
    }
    MEASURED.write_text(json.dumps(rows, indent=2) + "\n")


def name_of(function: str, situation: str) -> str:
    """The name of a row."""
    return f"{function}, {situation}" if situation else function


def between(low: str, at_low: float, high: str, at_high: float, at: float) -> Command:
    """A command whose effort grows evenly with a number, of which two points were measured."""
    share = (at - at_low) / (at_high - at_low)
    pairs: Iterable[tuple[float, float]] = zip(
        dataclasses.astuple(measured()[low]), dataclasses.astuple(measured()[high]), strict=True
    )
    return Command(*(first + (second - first) * share for first, second in pairs))
