"""Amazon's DynamoDB Local as a process of its own, in memory: what tests compare the emulator with.

Maven fetches it into `.cache/` once. It has no option to listen on loopback only, so it is for tests; for `make local`
Docker runs it, and publishes it on loopback.
"""

import contextlib
import fcntl
import http.client
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from http import HTTPStatus
from pathlib import Path

from local.settings import ROOT
from local.sockets import LOOPBACK, listen, port_of

POM = Path(__file__).with_name("dynamodb_local.pom.xml")
CACHE = ROOT / ".cache"
JAVA_VERSION = 17

_FETCH_SECONDS = 600
_START_ATTEMPTS = 3
_READY_SECONDS = 60.0
_STOP_SECONDS = 5.0

_LIST_TABLES = {
    "X-Amz-Target": "DynamoDB_20120810.ListTables",
    "Content-Type": "application/x-amz-json-1.0",
    # It reads who asks, and checks no signature.
    "Authorization": "AWS4-HMAC-SHA256 Credential=local/20260101/us-east-1/dynamodb/aws4_request, "
    "SignedHeaders=host, Signature=0",
}


class DynamoDbLocalMissing(Exception):
    """It can't be had here; the text says what to install."""


@contextlib.contextmanager
def running() -> Iterator[str]:
    """The endpoint of a fresh, empty DynamoDB Local. Raises DynamoDbLocalMissing."""
    port, process = _started(_fetched())
    try:
        yield f"http://{LOOPBACK}:{port}"
    finally:
        _end(process)


def _started(libraries: Path) -> tuple[int, "subprocess.Popen[bytes]"]:
    """Its port, and the process that listens there. It can't choose a port itself, and others may be quicker."""
    for _ in range(_START_ATTEMPTS):
        with listen(0) as listener:
            port = port_of(listener)
        process = _start(libraries, port)
        if _is_up(port, process):
            return port, process
        _end(process)
    raise DynamoDbLocalMissing(f"DynamoDB Local ended at once, with exit code {process.returncode}")


def _start(libraries: Path, port: int) -> "subprocess.Popen[bytes]":
    # It lives for minutes: the second compiler and a parallel collector cost more than they bring.
    command = ["java", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"]
    command += [f"-Djava.library.path={libraries}", "-cp", f"{libraries}/*"]
    command += ["com.amazonaws.services.dynamodbv2.local.main.ServerRunner"]
    command += ["-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(port)]
    return subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    try:
        process.wait(_STOP_SECONDS)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()


def _fetched() -> Path:
    """The folder of its jars and native libraries."""
    if _java_version() < JAVA_VERSION:
        raise DynamoDbLocalMissing(
            f"DynamoDB Local needs Java {JAVA_VERSION}: install openjdk-{JAVA_VERSION}-jre-headless"
        )
    version = re.findall(r"<version>([\d.]+)</version>", POM.read_text())[-1]
    folder = CACHE / f"dynamodb-local-{version}"
    if folder.is_dir():
        return folder
    if shutil.which("mvn") is None:
        raise DynamoDbLocalMissing("DynamoDB Local is fetched with Maven: install maven")
    CACHE.mkdir(exist_ok=True)
    with (CACHE / "dynamodb-local.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)  # tests that run at once fetch it once
        if not folder.is_dir():
            _fetch_to(folder)
    return folder


def _fetch_to(folder: Path) -> None:
    partial = folder.with_name(f"{folder.name}.partial")
    command = ["mvn", "--quiet", "--batch-mode", "--no-transfer-progress", "--file", str(POM)]
    command += ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={partial}"]
    run = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, timeout=_FETCH_SECONDS, check=False
    )
    if run.returncode != 0:
        reason = next((line for line in run.stdout.splitlines() if "ERROR" in line), "no reason given")
        raise DynamoDbLocalMissing(f"Maven could not fetch DynamoDB Local: {reason}")
    partial.rename(folder)


def _java_version() -> int:
    """The major version of `java`, 0 without one."""
    if shutil.which("java") is None:
        return 0
    told = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False)  # noqa: S607
    found = re.search(r'version "(\d+)', told.stderr)
    return int(found[1]) if found else 0


def _is_up(port: int, process: "subprocess.Popen[bytes]") -> bool:
    """Waits until it answers; False when it ends instead."""
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            return False
        if _answers(port, deadline - time.monotonic()):
            return True
        time.sleep(0.1)
    _end(process)
    raise DynamoDbLocalMissing(f"DynamoDB Local gave no answer within {_READY_SECONDS:.0f} seconds")


def _answers(port: int, timeout_seconds: float) -> bool:
    """Whether it lists its tables. The first time takes it long, and who comes after that need not be so patient."""
    connection = http.client.HTTPConnection(LOOPBACK, port, timeout=timeout_seconds)
    try:
        connection.request("POST", "/", "{}", _LIST_TABLES)
        return connection.getresponse().status == HTTPStatus.OK
    except (OSError, http.client.HTTPException):
        return False
    finally:
        connection.close()
