"""Which DynamoDB `make local` uses: DYNAMODB_ENDPOINT's, DynamoDB Local in Docker, or the emulator's."""

import os
import shutil
import socket
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from urllib.parse import urlsplit

from local.settings import ROOT

VARIABLE = "DYNAMODB_ENDPOINT"
DOCKER_ENDPOINT = "http://127.0.0.1:8010"
"""As docker-compose.yml publishes it."""

_ASK_SECONDS = 5
_PULL_SECONDS = 300


class DatabaseUnreachable(Exception):
    """What DYNAMODB_ENDPOINT names is no URL, or does not answer."""


@dataclass(frozen=True)
class Database:
    """`endpoint` None means the emulator's. `stop` ends what choosing it has started."""

    description: str
    endpoint: str | None = None
    stop: Callable[[], None] = lambda: None


def choose(*, may_use_docker: bool) -> Database:
    """The first that there is. Docker's belongs to the default state directory: another state gets one of its own."""
    endpoint = os.environ.get(VARIABLE)
    if endpoint:
        _require_reachable(endpoint)
        return Database(f"the one at {VARIABLE}, {endpoint}", endpoint)
    if not may_use_docker or not _docker_runs():
        return Database("the embedded emulator's")
    print("Starting DynamoDB Local in Docker (the first time it is downloaded)...", flush=True)
    fault = _compose("up", "--detach", "--wait")
    if fault:
        return Database(f"the embedded emulator's, as Docker could not start DynamoDB Local: {fault}")
    return Database("DynamoDB Local, in Docker", DOCKER_ENDPOINT, lambda: (_compose("stop"), None)[1])


def _require_reachable(endpoint: str) -> None:
    parts = urlsplit(endpoint)
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise DatabaseUnreachable(f"{VARIABLE}={endpoint} is no URL; it should look like http://127.0.0.1:8010")
    try:
        socket.create_connection((parts.hostname, parts.port or 80), _ASK_SECONDS).close()
    except OSError as error:
        raise DatabaseUnreachable(
            f"Nothing answers at {VARIABLE}={endpoint} ({error}). Start it, or unset {VARIABLE} to use the emulator."
        ) from error


def _docker_runs() -> bool:
    """The engine, not only the command."""
    if shutil.which("docker") is None:
        return False
    try:
        asked = subprocess.run(["docker", "info"], capture_output=True, timeout=_ASK_SECONDS, check=False)  # noqa: S607
    except (OSError, subprocess.TimeoutExpired):
        return False
    return asked.returncode == 0


def _compose(*words: str) -> str:
    """The last line of what went wrong, or an empty text."""
    command = ["docker", "compose", "--file", str(ROOT / "docker-compose.yml"), *words]
    try:
        run = subprocess.run(command, capture_output=True, text=True, timeout=_PULL_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired) as error:
        return type(error).__name__
    if run.returncode == 0:
        return ""
    return (run.stderr.strip().splitlines() or ["no reason given"])[-1]
