"""Amazon's DynamoDB Local as a process of its own, in memory: what tests compare the emulator with.

Maven fetches it into `.cache/` once. It has no option to listen on loopback only, so it is for tests; for `make local`
Docker runs it, and publishes it on loopback.
"""

import contextlib
import http.client
import re
import shutil
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from local.settings import ROOT
from local.sockets import LOOPBACK, listen, port_of

POM = Path(__file__).with_name("dynamodb_local.pom.xml")
CACHE = ROOT / ".cache"
JAVA_VERSION = 17

_FETCH_SECONDS = 600
_READY_SECONDS = 30.0
_STOP_SECONDS = 5.0


class DynamoDbLocalMissing(Exception):
    """It can't be had here; the text says what to install."""


@contextlib.contextmanager
def running() -> Iterator[str]:
    """The endpoint of a fresh, empty DynamoDB Local. Raises DynamoDbLocalMissing."""
    libraries = _fetched()
    with listen(0) as listener:
        port = port_of(listener)
    command = ["java", f"-Djava.library.path={libraries}", "-cp", f"{libraries}/*"]
    command += ["com.amazonaws.services.dynamodbv2.local.main.ServerRunner"]
    command += ["-inMemory", "-sharedDb", "-disableTelemetry", "-port", str(port)]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)  # noqa: S603
    try:
        _wait_for(port, process)
        yield f"http://{LOOPBACK}:{port}"
    finally:
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
    partial = CACHE / f"dynamodb-local-{version}.partial"
    command = ["mvn", "--quiet", "--batch-mode", "--no-transfer-progress", "--file", str(POM)]
    command += ["dependency:copy-dependencies", "-DincludeScope=runtime", f"-DoutputDirectory={partial}"]
    run = subprocess.run(  # noqa: S603
        command, capture_output=True, text=True, timeout=_FETCH_SECONDS, check=False
    )
    if run.returncode != 0:
        reason = next((line for line in run.stdout.splitlines() if "ERROR" in line), "no reason given")
        raise DynamoDbLocalMissing(f"Maven could not fetch DynamoDB Local: {reason}")
    partial.rename(folder)
    return folder


def _java_version() -> int:
    """The major version of `java`, 0 without one."""
    if shutil.which("java") is None:
        return 0
    told = subprocess.run(["java", "-version"], capture_output=True, text=True, check=False)  # noqa: S607
    found = re.search(r'version "(\d+)', told.stderr)
    return int(found[1]) if found else 0


def _wait_for(port: int, process: "subprocess.Popen[bytes]") -> None:
    deadline = time.monotonic() + _READY_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise DynamoDbLocalMissing(f"DynamoDB Local ended at once, with exit code {process.returncode}")
        connection = http.client.HTTPConnection(LOOPBACK, port, timeout=2)
        try:
            connection.request("GET", "/")
            connection.getresponse()  # 400, as the request is not signed: it is up
        except OSError:
            time.sleep(0.1)
        else:
            return
        finally:
            connection.close()
    raise DynamoDbLocalMissing(f"DynamoDB Local gave no answer within {_READY_SECONDS:.0f} seconds")
