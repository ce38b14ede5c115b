"""The credentials that Lambda gives to a function: environment variables, new in every execution environment.

https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
"""

import os
from typing import NamedTuple


class Credentials(NamedTuple):
    """A key pair and, for a role, its session token."""

    access_key: str
    secret_key: str
    session_token: str | None


class MissingCredentials(RuntimeError):
    """Neither Lambda nor the local stack has put credentials into the environment."""


def current() -> Credentials:
    """Read anew at each call: with SnapStart the environment's credentials change after restore."""
    try:
        return Credentials(
            os.environ["AWS_ACCESS_KEY_ID"],
            os.environ["AWS_SECRET_ACCESS_KEY"],
            os.environ.get("AWS_SESSION_TOKEN"),
        )
    except KeyError as missing:
        raise MissingCredentials(f"{missing.args[0]} is not set; Lambda sets it from the function's role") from None
