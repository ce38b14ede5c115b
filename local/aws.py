"""boto3 clients for the emulated services."""

from typing import Any

import boto3
from botocore.config import Config

from local.settings import REGION

ACCESS_KEY = "local"
SECRET_KEY = "local-secret"  # noqa: S105 - the emulators take any
ACCOUNT = "000000000000"

_CONFIG = Config(retries={"max_attempts": 2, "mode": "standard"}, connect_timeout=3, read_timeout=25)


def client(service: str, endpoint: str) -> Any:
    """A client of `service` at `endpoint`, with credentials that mean nothing outside of this machine."""
    return boto3.session.Session().client(
        service,  # type: ignore[call-overload]
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
        config=_CONFIG,
    )
