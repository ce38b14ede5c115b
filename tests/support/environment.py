"""The environment of the functions under test, and everything in `shared` that remembers it."""

import os

from shared.aws import deadline
from shared.aws.http_channel import Endpoint
from shared.aws.http_connection import HttpConnection
from shared.core import services, settings
from shared.core.services import Services

TABLE_PREFIX = "parley-test"
SECONDS_LEFT = 25.0
"""Until the deadline, in calls that no handler makes."""

_VARIABLES = {
    "AWS_REGION": "us-east-1",
    "AWS_ACCESS_KEY_ID": "test",
    "AWS_SECRET_ACCESS_KEY": "test-secret",
    "PARLEY_CONNECTIONS_URL": "http://127.0.0.1:1/dev",
    "PARLEY_QUEUE_URL_FAN_OUT": "http://127.0.0.1:1/000000000000/fan-out",
    # One person does in a second here what would take them an hour; tests of the limits set their own.
    "PARLEY_LIMIT_SENDS": "10000",
    "PARLEY_LIMIT_COMMANDS": "1000000",
    "PARLEY_LIMIT_CONNECTS": "10000",
    "PARLEY_LIMIT_CONNECTIONS": "10000",
}


def set_variables(**variables: str) -> None:
    """Set variables for the functions, the usual ones among them, and have everything read them anew."""
    os.environ.setdefault("PARLEY_TABLE_PREFIX", TABLE_PREFIX)
    os.environ.pop("AWS_SESSION_TOKEN", None)
    os.environ.update({**_VARIABLES, **variables})
    deadline.allow_none(SECONDS_LEFT)
    forget()


def read_settings_again() -> None:
    """Have every group of settings read from the environment as it is now; clients stay."""
    services.current().renew(*settings.groups())


_opened: list[HttpConnection] = []
_open = Endpoint.open


def _open_and_remember(endpoint: Endpoint, timeout_seconds: float) -> HttpConnection:
    connection = _open(endpoint, timeout_seconds)
    _opened.append(connection)
    return connection


def forget() -> None:
    """Start over with the services of this environment, and close every connection of the ones before."""
    services.use(Services(os.environ))
    Endpoint.open = _open_and_remember  # type: ignore[method-assign, assignment]
    while _opened:
        _opened.pop().close()
