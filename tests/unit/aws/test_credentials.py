"""Where credentials come from."""

import json
import time
from datetime import UTC, datetime

import pytest

from shared.aws import credentials
from shared.aws.credentials import Credentials, MissingCredentials, current
from shared.aws.http_errors import HttpError
from tests.unit.fake_http import Answer, FakeHost

NOW = 1_795_158_000.0
URL = "http://127.0.0.1:9001/2021-04-23/credentials"


def _answer(name: str, seconds: float) -> Answer:
    ends = datetime.fromtimestamp(NOW + seconds, UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    fields = {"AccessKeyId": name, "SecretAccessKey": "secret", "Token": "session", "Expiration": ends}
    return Answer(body=json.dumps(fields).encode())


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> list[float]:
    """The time, in seconds since 1970."""
    now = [NOW]
    monkeypatch.setattr(time, "time", lambda: now[0])
    return now


@pytest.fixture
def _snap_start(monkeypatch: pytest.MonkeyPatch) -> None:
    """The environment of a function that was restored from a snapshot."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.delenv(name)
    monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", URL)
    monkeypatch.setenv("AWS_CONTAINER_AUTHORIZATION_TOKEN", "a word")


def test_they_come_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    # given an endpoint as well
    monkeypatch.setenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", URL)

    # when, then
    assert current() == Credentials("AKIDEXAMPLE", "not-a-secret", None)
    monkeypatch.setenv("AWS_SESSION_TOKEN", "session")
    assert current() == Credentials("AKIDEXAMPLE", "not-a-secret", "session")


@pytest.mark.usefixtures("_snap_start")
def test_under_snap_start_they_come_from_the_endpoint_and_are_kept_while_fresh(
    clock: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    # given
    host = FakeHost([_answer("AKIDONE", 3600), _answer("AKIDTWO", 7200)]).plug_in(monkeypatch)

    # when
    first = [current(), current()]
    clock[0] += 3600 - credentials.FRESH_SECONDS + 1
    second = [current(), current()]

    # then
    assert first == [Credentials("AKIDONE", "secret", "session")] * 2
    assert second == [Credentials("AKIDTWO", "secret", "session")] * 2
    assert [(sent.method, sent.path, sent.headers) for sent in host.taken] == [
        ("GET", "/2021-04-23/credentials", {"Authorization": "a word"})
    ] * 2
    assert host.open_lines == 0


@pytest.mark.usefixtures("_snap_start", "clock")
def test_an_endpoint_that_fails_is_asked_again(monkeypatch: pytest.MonkeyPatch) -> None:
    # given
    FakeHost([Answer(500), TimeoutError(), _answer("AKIDONE", 3600)]).plug_in(monkeypatch)

    # when, then
    with pytest.raises(HttpError, match="500"):
        current()
    with pytest.raises(TimeoutError):
        current()
    assert current().access_key == "AKIDONE"


def test_without_any_the_variable_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_CONTAINER_CREDENTIALS_FULL_URI", raising=False)

    with pytest.raises(MissingCredentials, match="AWS_ACCESS_KEY_ID"):
        current()
