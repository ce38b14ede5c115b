"""What every handler does before anything else, on each of the edges."""

import contextvars
import json
import logging
from collections.abc import Callable, Iterator
from typing import Any

import pytest
from pydantic import BaseModel

from shared.aws import budgets, deadline
from shared.edge import authorizer, invocation, logs
from shared.edge.http import answer
from shared.edge.lifecycle import lifecycle
from shared.edge.queue import entries
from shared.edge.stream import changes
from shared.edge.websocket import unknown_action
from shared.features.health.wire import Health
from shared.identity import tokens
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome
from tests.unit.builders import LambdaContext

SEEN: list[float] = []


class AnEntry(BaseModel):
    """Of a queue."""


@pytest.fixture(autouse=True)
def _nothing_seen(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    SEEN.clear()
    monkeypatch.setattr(deadline._Outside, "seconds", None)
    yield
    SEEN.clear()


def look(*_: object) -> Any:
    """Note how much time is left."""
    SEEN.append(deadline.remaining())
    return ()


def see_and_answer() -> Health:
    look()
    return Health(version="1")


def see_and_open(_caller: Caller) -> Outcome:
    look()
    return Outcome(None)


class _Looking:
    def verify(self, _token: str) -> None:
        look()
        raise tokens.InvalidToken("as it happens")


REQUEST = {"connectionId": "c", "requestId": "r", "routeKey": "$connect"}
CALLER = {"userId": "u", "username": "alice", "expiresAt": "9999999999999"}
EDGES: dict[str, tuple[Callable[[dict[str, Any], Any], Any], dict[str, Any]]] = {
    "websocket": (lifecycle(see_and_open), {"requestContext": {**REQUEST, "authorizer": CALLER}}),
    "http": (answer(see_and_answer), {"requestContext": REQUEST, "routeKey": "GET /health"}),
    "authorizer": (
        authorizer.authorize,
        {"requestContext": REQUEST, "methodArn": "arn", "headers": {"Authorization": "Bearer x"}},
    ),
    "queue": (entries(AnEntry, look), {"Records": [{"messageId": "m", "body": "{}"}]}),
    "stream": (changes(look), {"Records": [{"dynamodb": {"SequenceNumber": "1"}}]}),
}


@pytest.mark.parametrize("edge", EDGES)
def test_every_edge_sets_the_deadline_before_anything_runs(edge: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authorizer, "verifier", _Looking)
    handler, event = EDGES[edge]

    contextvars.Context().run(handler, event, LambdaContext(remaining_ms=10_000))

    (left,) = SEEN
    assert 10 - max(budgets.COMMAND_MARGIN, budgets.BATCH_MARGIN) - 1 < left <= 10 - budgets.COMMAND_MARGIN


@pytest.mark.parametrize("edge", EDGES)
def test_no_edge_inherits_the_deadline_of_what_ran_before(edge: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(authorizer, "verifier", _Looking)
    handler, event = EDGES[edge]
    deadline.set_remaining(-5)

    handler(event, LambdaContext(remaining_ms=10_000))

    (left,) = SEEN
    assert left > 0


def test_the_first_invocation_of_a_process_is_marked_in_its_log_lines(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(invocation._Process, "is_new", True)
    formatter = logs.JsonFormatter()
    handler = unknown_action()
    event = {"requestContext": {**REQUEST, "routeKey": "$default", "authorizer": CALLER}, "body": "{}"}
    monkeypatch.setattr("shared.features.rate_limits.service.is_sampled", lambda _: False)
    lines: list[dict[str, Any]] = []

    class _Keeping(logging.Handler):
        def emit(self, record: logging.LogRecord) -> None:
            lines.append(json.loads(formatter.format(record)))

    keeping = _Keeping()
    logging.getLogger("shared").addHandler(keeping)
    caplog.set_level(logging.INFO, "shared")
    try:
        handler(event, LambdaContext(remaining_ms=10_000))
        handler(event, LambdaContext(remaining_ms=10_000))
    finally:
        logging.getLogger("shared").removeHandler(keeping)

    commands = [line for line in lines if line["message"] == "command"]
    assert [line.get("cold") for line in commands] == ["true", None]
