"""boto3 clients for the emulated services."""

import os
from typing import Any

import boto3
import botocore.session
from botocore.config import Config

from local.settings import REGION

ACCESS_KEY = "local"
SECRET_KEY = "local-secret"  # noqa: S105 - the emulators take any
ACCOUNT = "000000000000"

_CONFIG = Config(
    retries={"max_attempts": 2, "mode": "standard"},
    connect_timeout=3,
    read_timeout=25,
    proxies={},  # nothing here leaves the machine, whatever HTTP_PROXY says
)
_NO_FILES = {
    "profile": (None, None, None, None),
    "config_file": (None, None, os.devnull, None),
    "credentials_file": (None, None, os.devnull, None),
}
"""No profile and no file of the developer's: AWS_PROFILE may name one that does not exist."""


def client(service: str, endpoint: str) -> Any:
    """A client of `service` at `endpoint`, with credentials that mean nothing outside of this machine."""
    session = botocore.session.Session(session_vars=_NO_FILES)
    return boto3.session.Session(botocore_session=session).client(
        service,  # type: ignore[call-overload]
        endpoint_url=endpoint,
        region_name=REGION,
        aws_access_key_id=ACCESS_KEY,
        aws_secret_access_key=SECRET_KEY,
        config=_CONFIG,
    )
