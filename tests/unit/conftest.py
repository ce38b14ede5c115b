"""Unit tests need no network and no environment of the developer's."""

import os

# The names of the tables are fixed when shared.db.registry is imported.
os.environ.setdefault("PARLEY_TABLE_PREFIX", "parley-unit")

from collections.abc import Iterator
from types import SimpleNamespace

import hypothesis
import pytest

from shared.aws import deadline
from shared.core import settings

hypothesis.settings.register_profile("parley", deadline=None, database=None, print_blob=True)
hypothesis.settings.load_profile("parley")

ENVIRONMENT = {
    "AWS_REGION": "eu-west-1",
    "AWS_ACCESS_KEY_ID": "AKIDEXAMPLE",
    "AWS_SECRET_ACCESS_KEY": "not-a-secret",
    "PARLEY_CONNECTIONS_URL": "https://api.example.test/dev",
    "PARLEY_QUEUE_URL_FAN_OUT": "https://sqs.example.test/1/fan-out",
    "PARLEY_ISSUER": "https://issuer.example.test/pool",
    "PARLEY_CLIENT_ID": "app-client",
    "PARLEY_JWKS_URL": "https://issuer.example.test/pool/.well-known/jwks.json",
}
ABSENT = ("AWS_SESSION_TOKEN", "DYNAMODB_ENDPOINT", "AWS_LAMBDA_FUNCTION_NAME")


@pytest.fixture(autouse=True)
def _unplugged(socket_disabled: None, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for name, value in ENVIRONMENT.items():
        monkeypatch.setenv(name, value)
    for name in ABSENT:
        monkeypatch.delenv(name, raising=False)
    settings.load.cache_clear()
    deadline.set_remaining(deadline.UNLIMITED_SECONDS)
    yield
    settings.load.cache_clear()


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
