"""The two databases that everything that matters is tested on."""

import contextlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

import pytest

from local.emulation import dynamodb_local
from local.settings import ROOT
from tests.support import environment

EMULATOR = "emulator"
DYNAMODB_LOCAL = "dynamodb-local"
_STOP_SECONDS = 20


@dataclass(frozen=True)
class Database:
    """One that runs. `emulator_url` is set for the emulator, which has SQS as well."""

    name: str
    url: str

    def use(self) -> None:
        """Let `shared` talk to this one from now on."""
        environment.set_variables(DYNAMODB_ENDPOINT=self.url)


@contextlib.contextmanager
def running(name: str) -> Iterator[Database]:
    """Start one of the two, and end it afterwards. Without Java or Maven the test is skipped, but in CI it fails."""
    if name == EMULATOR:
        with _emulator() as url:
            yield Database(name, url)
        return
    try:
        with dynamodb_local.running() as url:
            yield Database(name, url)
    except dynamodb_local.DynamoDbLocalMissing as missing:
        if os.environ.get("CI") == "true":
            pytest.fail(str(missing))
        pytest.skip(str(missing))


@contextlib.contextmanager
def _emulator() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as state:
        process = subprocess.Popen(
            [sys.executable, "-m", "tests.support.emulator_process", state],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            text=True,
        )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            url = process.stdout.readline().strip()
            assert url, "the emulator did not start"
            yield url
        finally:
            process.stdin.close()
            process.stdout.close()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
