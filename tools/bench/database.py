"""The database that both sides of a comparison talk to, in a process of its own."""

import contextlib
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from local.emulation import dynamodb_local
from local.emulation.emulator import Emulator


@dataclass(frozen=True)
class Database:
    """`counts_units`: whether the capacity it says it consumed is DynamoDB's (the emulator's is not)."""

    name: str
    endpoint: str
    counts_units: bool


@contextlib.contextmanager
def running(*, emulated: bool) -> Iterator[Database]:
    """DynamoDB Local; the embedded emulator where that is asked for or DynamoDB Local can't be had."""
    with contextlib.ExitStack() as stack:
        if not emulated:
            try:
                yield Database("DynamoDB Local", stack.enter_context(dynamodb_local.running()), counts_units=True)
            except dynamodb_local.DynamoDbLocalMissing as missing:
                print(f"The embedded emulator serves as database: {missing}", flush=True)
            else:
                return
        yield Database("the emulator", stack.enter_context(_emulator()), counts_units=False)


@contextlib.contextmanager
def _emulator() -> Iterator[str]:
    command = [sys.executable, "-m", "tools.bench.database"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        yield process.stdout.readline().strip()
        process.stdin.close()


def _serve() -> None:
    """Emulate until standard input ends."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as state:
        emulator = Emulator(Path(state), frozenset())
        emulator.start()
        print(emulator.url, flush=True)
        sys.stdin.read()
        emulator.stop()


if __name__ == "__main__":
    _serve()
