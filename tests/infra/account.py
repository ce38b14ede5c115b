"""An emulated AWS account that enforces IAM: MiniStack in a process of its own, on loopback."""

import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import boto3

REGION = "eu-west-1"
_START_SECONDS = 30
_CREDENTIAL = "local"
"""Of the account's root, as the end-to-end tests know it: made up, and good for nothing elsewhere."""


@dataclass(frozen=True)
class Account:
    """Where the emulated account is."""

    port: int
    process: "subprocess.Popen[bytes]"
    log: Path

    @property
    def url(self) -> str:
        """Every service of it."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def variables(self) -> dict[str, str]:
        """The environment by which the AWS provider, boto3 and the e2e tests work on this account and on no other."""
        return {
            "AWS_ENDPOINT_URL": self.url,
            # Terraform's S3 backend reads the endpoint of each service only.
            "AWS_ENDPOINT_URL_S3": self.url,
            "AWS_ENDPOINT_URL_STS": self.url,
            "AWS_REGION": REGION,
            "AWS_DEFAULT_REGION": REGION,
            "AWS_ACCESS_KEY_ID": _CREDENTIAL,
            "AWS_SECRET_ACCESS_KEY": _CREDENTIAL,
        }

    def client(self, service: Any) -> Any:
        """A boto3 client with the root's credentials."""
        return boto3.client(
            service,
            endpoint_url=self.url,
            region_name=REGION,
            aws_access_key_id=_CREDENTIAL,
            aws_secret_access_key=_CREDENTIAL,
        )


@contextmanager
def running(folder: Path) -> Iterator[Account]:
    """An empty account that lives as long as the context; its state is below `folder`."""
    port = _free_port()
    url = f"http://127.0.0.1:{port}"
    environment = {
        name: value for name, value in os.environ.items() if not name.startswith(("AWS_", "PARLEY_", "PYTEST_"))
    } | {
        "AUTH": "true",
        "AWS_ACCESS_KEY_ID": _CREDENTIAL,
        "AWS_SECRET_ACCESS_KEY": _CREDENTIAL,
        "BIND_HOST": "127.0.0.1",
        "MINISTACK_HOST": "127.0.0.1",
        "GATEWAY_PORT": str(port),
        "MINISTACK_REGION": REGION,
        "IOT_MTLS_ENABLED": "0",
        "SFTP_ENABLED": "0",
        "LAMBDA_EXECUTOR": "local",
        "LOG_LEVEL": "INFO",
        "PERSIST_STATE": "0",
        "S3_PERSIST": "0",
        "STATE_DIR": str(folder / "state"),
        "S3_DATA_DIR": str(folder / "s3"),
        "TMPDIR": str(_made(folder / "tmp")),
        # Functions inherit this process's environment; the one thing about them that is not as in AWS.
        "DYNAMODB_ENDPOINT": url,
    }
    log = folder / "account.log"
    with (
        log.open("wb") as output,
        subprocess.Popen(
            [sys.executable, "-m", "ministack"], env=environment, stdout=output, stderr=output, cwd=folder
        ) as process,
    ):
        account = Account(port, process, log)
        try:
            _wait(account)
            yield account
        finally:
            process.terminate()
            try:
                process.wait(20)
            except subprocess.TimeoutExpired:
                process.kill()


def _wait(account: Account) -> None:
    until = time.monotonic() + _START_SECONDS
    while time.monotonic() < until and account.process.poll() is None:
        try:
            with urllib.request.urlopen(f"{account.url}/_ministack/health", timeout=1):
                return
        except urllib.error.HTTPError:
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError(f"the emulated account did not start:\n{account.log.read_text()[-2000:]}")


def _made(folder: Path) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port
