"""A frame's way through a handler: who, what, the reply, and what never gets out."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest

from shared.aws import deadline
from shared.aws.sqs import QueueUnavailable
from shared.core import clock
from shared.core.errors import Conflict, Forbidden, NotFound, RateLimited
from shared.edge import outcomes, websocket
from shared.edge.lifecycle import lifecycle
from shared.edge.outcomes import finish
from shared.edge.websocket_event import Handler
from shared.features.memberships.wire import RoomLeft
from shared.features.messages.wire import MessageSent, SendMessage
from shared.features.sessions.wire import Ping, Pong
from shared.identity.callers import Caller
from shared.protocol.base import Command
from shared.realtime.outcome import Outcome
from shared.realtime.publication import Publication
from tests.unit.builders import HOUR_MS, LambdaContext, a_caller, a_frame_event, listen_to_everything, log_lines

TEXT = "a word between us"
SENT = MessageSent(room_id="r1", message_id="m1", seq=1, sort_key="k", timestamp=1)
PUBLICATION = Publication("room:r1", RoomLeft(room_id="r1"))


@pytest.fixture
def published(monkeypatch: pytest.MonkeyPatch) -> list[Publication]:
    """What was handed to delivery."""
    handed: list[Publication] = []
    monkeypatch.setattr(outcomes, "publish_all", handed.extend)
    return handed


class Run:
    """A function of `chat` that remembers its calls and does what it is told to."""

    def __init__(self, *, raises: Exception | None = None, outcome: Outcome | None = None) -> None:
        self.calls: list[tuple[Caller, Command]] = []
        self.seconds_left = 0.0
        self._raises = raises
        self._outcome = outcome or Outcome(SENT)

    def __call__(self, caller: Caller, command: Command) -> Outcome:
        self.calls.append((caller, command))
        self.seconds_left = deadline.remaining()
        if self._raises is not None:
            raise self._raises
        return self._outcome


def a_frame(**fields: Any) -> str:
    return json.dumps({"action": "sendMessage", "message": TEXT, **fields})


def replied(handler: Handler, event: dict[str, Any], context: LambdaContext | None = None) -> dict[str, Any]:
    response = handler(event, context or LambdaContext())
    assert response["statusCode"] == 200
    reply: dict[str, Any] = json.loads(response["body"])
    return reply


def test_the_function_gets_the_caller_and_the_command(published: list[Publication]) -> None:
    # given
    run = Run()
    caller = a_caller(user_id="u-bob", connection_id="Zw9/x=")

    # when
    reply = replied(websocket.command(SendMessage, run, finish), a_frame_event(a_frame(roomId="r1"), caller=caller))

    # then
    assert run.calls == [(caller, SendMessage(action="sendMessage", message=TEXT, room_id="r1"))]
    assert reply == SENT.to_wire()


@pytest.mark.parametrize("fields", [{"requestId": "q1"}, {}])
def test_the_reply_carries_the_request_id_and_the_pushed_events_do_not(
    published: list[Publication], fields: dict[str, str]
) -> None:
    run = Run(outcome=Outcome(SENT, (PUBLICATION,)))

    reply = replied(websocket.command(SendMessage, run, finish), a_frame_event(a_frame(**fields)))

    assert reply == {**SENT.to_wire(), **fields}
    assert published == [PUBLICATION]


def test_what_cannot_be_published_is_not_acknowledged(monkeypatch: pytest.MonkeyPatch) -> None:
    def refused(_publications: Any) -> None:
        raise QueueUnavailable("1 of 1 entries were not taken")

    monkeypatch.setattr(outcomes, "publish_all", refused)

    reply = replied(websocket.command(SendMessage, Run(), finish), a_frame_event(a_frame(requestId="q1")))

    assert (reply["action"], reply["code"], reply["requestId"]) == ("error", "internal", "q1")


@pytest.mark.parametrize(
    ("error", "wire"),
    [
        (
            NotFound("none", "roomNotFound", "roomId"),
            {"code": "notFound", "reason": "roomNotFound", "field": "roomId", "message": "roomId: none"},
        ),
        (Forbidden("no", "banned"), {"code": "forbidden", "reason": "banned", "message": "no"}),
        (Conflict("no", "notBanned"), {"code": "conflict", "reason": "notBanned", "message": "no"}),
        (
            RateLimited("later", 700),
            {
                "code": "rateLimited",
                "reason": "tooManyRequests",
                "message": "later",
                "retryAfterMs": 700,
            },
        ),
    ],
)
def test_an_error_of_the_product_becomes_an_error_event(
    published: list[Publication], error: Exception, wire: dict[str, Any]
) -> None:
    handler = websocket.command(SendMessage, Run(raises=error), finish)

    reply = replied(handler, a_frame_event(a_frame(requestId="q1")))

    assert reply == {"action": "error", "requestId": "q1", **wire}
    assert published == []


@pytest.mark.parametrize("body", [None, "", "{", "[]", "{}", '{"action":"sendMessage","message":5}', "\ud800"])
def test_a_bad_frame_gets_an_error_and_runs_nothing(body: str | None) -> None:
    run = Run()

    reply = replied(websocket.command(SendMessage, run, finish), a_frame_event(body))

    assert (reply["action"], reply["code"]) == ("error", "badRequest")
    assert run.calls == []


def test_a_bad_frame_with_a_request_id_gets_it_back() -> None:
    reply = replied(websocket.command(SendMessage, Run(), finish), a_frame_event(a_frame(requestId="q7", message=5)))

    assert reply["requestId"] == "q7"
    assert reply["message"].startswith("message: ")


def test_a_frame_that_is_too_large_is_called_so() -> None:
    reply = replied(websocket.command(SendMessage, Run(), finish), a_frame_event(a_frame(more="x" * 100_000)))

    assert reply["code"] == "tooLarge"


def test_the_unexpected_is_told_by_a_reference_that_is_in_the_log(caplog: pytest.LogCaptureFixture) -> None:
    # given
    listen_to_everything(caplog)
    run = Run(raises=KeyError(f"no such thing as {TEXT}"))

    # when
    reply = replied(websocket.command(SendMessage, run, finish), a_frame_event(a_frame(requestId="q1")))

    # then
    assert (reply["code"], reply["requestId"]) == ("internal", "q1")
    told = re.fullmatch(r"something went wrong on our side; reference ([0-9a-f-]{36})", reply["message"])
    assert told is not None
    assert told[1] in log_lines(caplog)
    assert "KeyError" in log_lines(caplog)
    assert "test_websocket.py:" in log_lines(caplog)


@pytest.mark.parametrize(
    "raises", [None, KeyError(TEXT), ValueError(TEXT), NotFound("no", "roomNotFound"), RuntimeError({"message": TEXT})]
)
@pytest.mark.parametrize("broken", [{}, {"message": [TEXT]}, {"roomId": [TEXT]}, {"requestId": {"x": TEXT}}])
def test_no_log_line_holds_the_text(
    published: list[Publication],
    caplog: pytest.LogCaptureFixture,
    raises: Exception | None,
    broken: dict[str, Any],
) -> None:
    listen_to_everything(caplog)

    replied(websocket.command(SendMessage, Run(raises=raises), finish), a_frame_event(a_frame(**broken)))
    replied(websocket.unknown_action(), a_frame_event(a_frame(**broken, action=TEXT)))

    assert len(caplog.records) >= 2
    assert TEXT not in log_lines(caplog)


def test_every_command_leaves_one_line_to_follow_it_by(
    published: list[Publication], caplog: pytest.LogCaptureFixture
) -> None:
    listen_to_everything(caplog)
    context = LambdaContext()

    replied(websocket.command(SendMessage, Run(raises=Conflict("no", "lastAdmin"))), a_frame_event(a_frame()), context)

    (line,) = [json.loads(line) for line in log_lines(caplog).splitlines() if line.startswith("{")]
    assert line["route"] == "sendMessage"
    assert line["outcome"] == "conflict"
    assert line["connectionId"] == "Cx1="
    assert line["invocation"] == context.aws_request_id
    assert line["gatewayRequestId"] == "NzZVMGRljoEFrBw="


@pytest.mark.parametrize("late_by_ms", [0, 1, HOUR_MS])
def test_a_token_that_has_ended_ends_the_right_to_send(monkeypatch: pytest.MonkeyPatch, late_by_ms: int) -> None:
    # given
    monkeypatch.setattr(clock, "now_ms", lambda: 1_000_000_000_000)
    run = Run()
    caller = a_caller(expires_at=1_000_000_000_000 - late_by_ms)

    # when
    reply = replied(websocket.command(SendMessage, run, finish), a_frame_event(a_frame(requestId="q1"), caller=caller))

    # then
    assert (reply["code"], reply["requestId"]) == ("tokenExpired", "q1")
    assert run.calls == []


def test_a_token_is_good_up_to_its_last_millisecond(
    published: list[Publication], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(clock, "now_ms", lambda: 1_000_000_000_000)
    caller = a_caller(expires_at=1_000_000_000_001)

    reply = replied(websocket.command(SendMessage, Run(), finish), a_frame_event(a_frame(), caller=caller))

    assert reply["action"] == "messageSent"


def test_without_what_the_authorizer_said_nothing_runs() -> None:
    # given
    run = Run()
    event = a_frame_event(a_frame())
    del event["requestContext"]["authorizer"]

    # when
    reply = replied(websocket.command(SendMessage, run, finish), event)

    # then
    assert reply["code"] == "internal"
    assert run.calls == []


def test_who_calls_is_never_taken_from_the_frame(published: list[Publication]) -> None:
    run = Run()

    replied(websocket.command(SendMessage, run, finish), a_frame_event(a_frame(userId="u-mallory", connectionId="x")))

    assert run.calls[0][0].user_id == "u-alice"
    assert run.calls[0][0].connection_id == "Cx1="


@pytest.mark.usefixtures("stopped_deadline")
@pytest.mark.parametrize(("left_ms", "most"), [(900_000, 28.0), (30_000, 28.0), (10_000, 9.0), (500, -0.5)])
def test_the_deadline_is_before_lambdas_and_api_gateways(
    published: list[Publication], left_ms: int, most: float
) -> None:
    run = Run()

    replied(websocket.command(SendMessage, run, finish), a_frame_event(a_frame()), LambdaContext(remaining_ms=left_ms))

    assert run.seconds_left == pytest.approx(most)


def test_unknown_actions_are_answered_with_what_there_is() -> None:
    reply = replied(websocket.unknown_action(), a_frame_event('{"action": "fly", "requestId": "q1"}', route="$default"))

    assert (reply["action"], reply["code"], reply["requestId"]) == ("error", "unknownAction", "q1")


def test_an_empty_frame_on_the_default_route_is_answered() -> None:
    reply = replied(websocket.unknown_action(), a_frame_event(None, route="$default"))

    assert (reply["action"], reply["code"]) == ("error", "badRequest")


def seeing(seen: list[Caller]) -> Callable[[Caller], Outcome]:
    def run(caller: Caller) -> Outcome:
        seen.append(caller)
        return Outcome(None)

    return run


def test_connect_runs_for_the_caller_and_answers_with_headers() -> None:
    # given
    seen: list[Caller] = []
    handler = lifecycle(seeing(seen), headers=lambda event: {"X-Route": event["requestContext"]["routeKey"]})

    # when
    response = handler(a_frame_event(None, caller=a_caller(expires_at=5), route="$connect"), LambdaContext())

    # then
    assert response == {"statusCode": 200, "headers": {"X-Route": "$connect"}}
    assert seen == [a_caller(expires_at=5)]


def test_disconnect_works_after_the_tokens_end_and_sends_nothing() -> None:
    seen: list[Caller] = []

    response = lifecycle(seeing(seen))(a_frame_event(None, caller=a_caller(expires_at=1)), LambdaContext())

    assert response == {"statusCode": 200, "headers": {}}
    assert len(seen) == 1


def test_a_connection_that_cannot_be_stored_is_refused() -> None:
    def fails(_caller: Caller) -> Outcome:
        raise ConnectionError

    with pytest.raises(ConnectionError):
        lifecycle(fails)(a_frame_event(None), LambdaContext())


def test_a_ping_without_anything_else_is_answered(published: list[Publication]) -> None:
    run = Run(outcome=Outcome(Pong(time=5, heads={}, revs={})))

    assert replied(websocket.command(Ping, run, finish), a_frame_event('{"action":"ping"}')) == {
        "action": "pong",
        "time": 5,
        "heads": {},
        "revs": {},
    }
