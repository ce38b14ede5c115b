"""A local stack in a process of its own: `python -m tests.support.stack_process '{"queue_visibility_seconds": 1}'`.

The argument holds `Settings` as JSON. It prints the outputs and the handlers' variables as one line of JSON, and runs
until its standard input is closed.
"""

import contextlib
import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from local.settings import ROOT, Limits, Settings
from local.stack import LocalStack

_STOP_SECONDS = 30


@dataclass(frozen=True)
class RunningStack:
    """One that runs. `variables` are what its functions were told."""

    outputs: dict[str, str]
    variables: dict[str, str]
    log: Path
    pid: int


@contextlib.contextmanager
def stack_process(limits: dict[str, Any] | None = None, **settings: Any) -> Iterator[RunningStack]:
    """Run a stack with these Settings, and Limits, in a process of its own."""
    with tempfile.TemporaryDirectory() as state:
        log = Path(state) / "stack.log"
        arguments = json.dumps({**settings, "state": state, "limits": limits or {}})
        with log.open("w") as errors:
            process = subprocess.Popen(
                [sys.executable, "-m", "tests.support.stack_process", arguments],
                cwd=ROOT,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=errors,
                text=True,
            )
        assert process.stdin is not None
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert line, f"the stack did not start:\n{log.read_text()[-2000:]}"
            yield RunningStack(**json.loads(line), log=log, pid=process.pid)
        finally:
            process.stdin.close()
            process.stdout.close()
            try:
                process.wait(_STOP_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def main() -> None:
    """Run until told to stop."""
    # What anything else prints goes to the log, so that our one line stays alone.
    out, sys.stdout = sys.stdout, sys.stderr
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    given = json.loads(sys.argv[1])
    settings = Settings(**{**given, "state": Path(given["state"]), "limits": Limits(**given["limits"])})
    with LocalStack(settings) as stack:
        print(json.dumps({"outputs": stack.outputs, "variables": stack.variables}), file=out, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    main()
