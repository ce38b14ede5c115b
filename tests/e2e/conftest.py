"""Whole-stack tests: over real sockets, against whatever deployment PARLEY_OUTPUTS describes.

Without it, the local stack is started, once with each database. The tests only know the outputs.
"""

import contextlib
import os
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

from tests.e2e.client import Door
from tests.e2e.people import Deployment
from tests.support import databases

ROOT = Path(__file__).resolve().parents[2]
START_SECONDS = 60


@pytest.fixture
def anyio_backend() -> str:
    return "asyncio"


@pytest.fixture(scope="session")
def stack_log(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where the local stacks write what they print and log."""
    return tmp_path_factory.mktemp("log") / "stack.log"


_GIVEN = "given"
_OURS = [databases.EMULATOR, pytest.param(databases.DYNAMODB_LOCAL, marks=pytest.mark.dynamodb_local)]


@pytest.fixture(scope="session", params=[_GIVEN] if "PARLEY_OUTPUTS" in os.environ else _OURS)
def deployment(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, stack_log: Path
) -> Iterator[Deployment]:
    if request.param == _GIVEN:
        yield Deployment.read(Path(os.environ["PARLEY_OUTPUTS"]))
        return
    with contextlib.ExitStack() as cleanup:
        endpoint = {}
        if request.param == databases.DYNAMODB_LOCAL:
            endpoint["DYNAMODB_ENDPOINT"] = cleanup.enter_context(databases.running(request.param)).url
        yield cleanup.enter_context(_local_stack(tmp_path_factory, stack_log, endpoint))


@contextlib.contextmanager
def _local_stack(
    tmp_path_factory: pytest.TempPathFactory, stack_log: Path, variables: dict[str, str]
) -> Iterator[Deployment]:
    outputs = tmp_path_factory.mktemp("outputs") / "outputs.json"
    environment = {**{name: value for name, value in os.environ.items() if not name.startswith("PARLEY_")}, **variables}
    state = tmp_path_factory.mktemp("state")
    command = [
        sys.executable,
        "-m",
        "local",
        "--empty",
        "--port",
        "0",
        "--state",
        str(state),
        "--outputs",
        str(outputs),
    ]
    with (
        stack_log.open("a") as log,
        subprocess.Popen([*command, "--no-watch"], cwd=ROOT, env=environment, stdout=log, stderr=log) as process,
    ):
        try:
            _wait_for(outputs, process, stack_log)
            yield Deployment.read(outputs)
        finally:
            process.terminate()
            process.wait()


def _wait_for(outputs: Path, process: subprocess.Popen[bytes], log: Path) -> None:
    for _ in range(START_SECONDS * 10):
        if process.poll() is not None:
            pytest.fail(f"the local stack did not start:\n{log.read_text()[-2000:]}")
        if outputs.exists() and outputs.stat().st_size:
            return
        time.sleep(0.1)
    pytest.fail("the local stack wrote no outputs")


@pytest.fixture
async def door(deployment: Deployment) -> AsyncIterator[Door]:
    async with Door.to(deployment) as door:
        yield door
