"""Unit tests need no network and no environment of the developer's."""

import os
from collections.abc import Iterator
from types import SimpleNamespace

import hypothesis
import pytest

from shared.aws import deadline
from shared.core import services
from shared.core.services import Services

hypothesis.settings.register_profile("parley", deadline=None, database=None, print_blob=True)
hypothesis.settings.load_profile("parley")

ENVIRONMENT = {
    "AWS_REGION": "eu-west-1",
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "not-a-secret",
    "PARLEY_TABLE_PREFIX": "parley-unit",
    "PARLEY_CONNECTIONS_URL": "https://api.example.test/dev",
    "PARLEY_QUEUE_URL_FAN_OUT": "https://sqs.example.test/1/fan-out",
    "PARLEY_ISSUER": "https://issuer.example.test/pool",
    "PARLEY_CLIENT_ID": "app-client",
    "PARLEY_JWKS_URL": "https://issuer.example.test/pool/.well-known/jwks.json",
    "PARLEY_WEBSOCKET_URL": "wss://api.example.test/dev",
    "PARLEY_PARAMETER_CANARY_PASSWORD": "/parley-unit/canary-password",
}
SECONDS_LEFT = 25.0
ABSENT = ("AWS_SESSION_TOKEN", "DYNAMODB_ENDPOINT", "AWS_LAMBDA_FUNCTION_NAME")


@pytest.fixture(autouse=True)
def _unplugged(socket_disabled: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    for name in ABSENT:
        monkeypatch.delenv(name, raising=False)
    services.use(Services(os.environ))
    deadline.allow_none(SECONDS_LEFT)
    deadline.set_remaining(SECONDS_LEFT)
    yield
    services.use(Services(os.environ))


@pytest.fixture
def stopped_deadline(monkeypatch: pytest.MonkeyPatch) -> None:
    """Deadlines stand still, so that a slow machine changes nothing."""
    monkeypatch.setattr(deadline, "time", SimpleNamespace(monotonic=lambda: 100.0))


@pytest.fixture
def waits(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """What was slept, in seconds, without sleeping."""
    slept: list[float] = []
    monkeypatch.setattr("time.sleep", slept.append)
    return slept
