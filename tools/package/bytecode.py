"""Compiling ahead: without `.pyc` files every cold start would compile 300 ms worth of Python anew.

They are of the kind that is not checked against its source (PEP 552): no times in them, and no file to look at.
"""

import json
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

LAMBDA_VERSION = (3, 13)
_ASK = "import json, sys; print(json.dumps([*sys.version_info[:3], sys.implementation.name]))"


@dataclass(frozen=True)
class Compiler:
    """An interpreter; `release` is part of what its output depends on."""

    executable: str
    release: str

    def compile(self, folder: Path, shown_as: str) -> None:
        """Compile all below a folder, so that tracebacks show it as `shown_as`."""
        options = ["-q", "-f", "--invalidation-mode", "unchecked-hash", "-s", str(folder), "-p", shown_as]
        subprocess.run(  # noqa: S603 - an interpreter of this machine
            [self.executable, "-P", "-s", "-S", "-m", "compileall", *options, str(folder)],
            env={"PYTHONHASHSEED": "0"},
            check=True,
        )


def running() -> Compiler:
    """The interpreter that runs this."""
    return Compiler(sys.executable, ".".join(map(str, sys.version_info[:3])))


@cache
def for_lambda() -> Compiler | None:
    """An interpreter of Lambda's version on this machine, or None."""
    for executable in _candidates():
        release = _release(executable)
        if release is not None:
            return Compiler(executable, release)
    return None


def _candidates() -> Iterator[str]:
    yield sys.executable
    name = "python" + ".".join(map(str, LAMBDA_VERSION))
    if found := shutil.which(name):
        yield found
    if pyenv := shutil.which("pyenv"):
        root = subprocess.run([pyenv, "root"], capture_output=True, text=True, check=False).stdout  # noqa: S603
        yield from map(str, sorted(Path(root.strip(), "versions").glob(f"*/bin/{name}"), reverse=True))


def _release(executable: str) -> str | None:
    """Which release an interpreter is, if it is one of Lambda's version."""
    try:
        run = subprocess.run(  # noqa: S603
            [executable, "-I", "-c", _ASK], capture_output=True, text=True, check=True
        )
    except (OSError, subprocess.CalledProcessError):  # a pyenv shim whose version is not chosen, for one
        return None
    *numbers, implementation = json.loads(run.stdout)
    fits = tuple(numbers[:2]) == LAMBDA_VERSION and implementation == "cpython"
    return ".".join(map(str, numbers)) if fits else None
