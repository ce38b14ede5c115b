"""The credentials that Lambda gives to a function: in environment variables, or, under SnapStart, at an endpoint.

https://docs.aws.amazon.com/lambda/latest/dg/configuration-envvars.html
https://docs.aws.amazon.com/lambda/latest/dg/snapstart-activate.html#snapstart-credentials
"""

import os
import time
from datetime import datetime
from http import HTTPStatus
from typing import NamedTuple

from pydantic_core import from_json

from shared.aws import budgets
from shared.aws.http_channel import Endpoint
from shared.aws.http_errors import HttpError
from shared.core import services
from shared.core.services import Services

FRESH_SECONDS = 5 * 60.0
"""Credentials from the endpoint are fetched again so long before they end."""


class Credentials(NamedTuple):
    """A key pair and, for a role, its session token."""

    access_key: str
    secret_key: str
    session_token: str | None


class MissingCredentials(RuntimeError):
    """Neither Lambda nor the local stack has put credentials into the environment."""


def current() -> Credentials:
    """The credentials that are valid now. Raises MissingCredentials, or one of HTTP_ERRORS where the endpoint fails."""
    environment = services.current().environment
    if "AWS_CONTAINER_CREDENTIALS_FULL_URI" in environment and "AWS_ACCESS_KEY_ID" not in environment:
        return services.current().get(_container).current()
    try:
        return Credentials(
            environment["AWS_ACCESS_KEY_ID"],
            environment["AWS_SECRET_ACCESS_KEY"],
            environment.get("AWS_SESSION_TOKEN"),
        )
    except KeyError as missing:
        raise MissingCredentials(f"{missing.args[0]} is not set; Lambda sets it from the function's role") from None


class _Container:
    """The credentials endpoint of a function that was restored from a snapshot, whose environment would be outdated.

    https://docs.aws.amazon.com/sdkref/latest/guide/feature-container-credentials.html
    """

    def __init__(self, url: str) -> None:
        self._endpoint = Endpoint(url)
        self._kept: Credentials | None = None
        self._ends_at = 0.0

    def current(self) -> Credentials:
        if self._kept is None or self._ends_at - time.time() < FRESH_SECONDS:
            self._kept, self._ends_at = self._fetch()
        return self._kept

    def _fetch(self) -> tuple[Credentials, float]:
        line = self._endpoint.open(budgets.CREDENTIALS_CALL)
        token = os.environ.get("AWS_CONTAINER_AUTHORIZATION_TOKEN")
        try:
            line.request("GET", self._endpoint.base_path, headers={"Authorization": token} if token else {})
            answer = line.receive()
        finally:
            line.close()
        if answer.status != HTTPStatus.OK:
            raise HttpError(f"the endpoint of credentials answered {answer.status}")
        found = from_json(answer.body)
        ends_at = datetime.fromisoformat(found["Expiration"]).timestamp()
        return Credentials(found["AccessKeyId"], found["SecretAccessKey"], found["Token"]), ends_at


def _container(services: Services) -> _Container:
    return _Container(services.environment["AWS_CONTAINER_CREDENTIALS_FULL_URI"])
