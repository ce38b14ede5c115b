"""Things as AWS hands them over, with what matters to a test as arguments."""

import logging
from dataclasses import dataclass
from typing import Any

import pytest

from shared.core import clock
from shared.edge.logs import JsonFormatter
from shared.identity.callers import Caller

HOUR_MS = 60 * 60 * 1000
METHOD_ARN = "arn:aws:execute-api:eu-west-1:123456789012:abcdef1234/dev/$connect"


@dataclass(frozen=True)
class LambdaContext:
    """What Lambda passes as the second argument."""

    function_name: str = "parley-unit-function"
    aws_request_id: str = "8f5bd6a6-1c0b-4a5b-9a5c-0d9a3f6f1d11"
    remaining_ms: int = 30_000

    def get_remaining_time_in_millis(self) -> int:
        return self.remaining_ms


def a_caller(*, user_id: str = "u-alice", connection_id: str = "Cx1=", expires_at: int | None = None) -> Caller:
    ends = clock.now_ms() + HOUR_MS if expires_at is None else expires_at
    return Caller(user_id=user_id, username="alice", expires_at=ends, connection_id=connection_id)


def a_frame_event(body: str | None, *, caller: Caller | None = None, route: str = "sendMessage") -> dict[str, Any]:
    """A MESSAGE event of the WebSocket API; the authorizer's context comes as strings."""
    who = caller or a_caller()
    event: dict[str, Any] = {
        "requestContext": {
            "routeKey": route,
            "authorizer": {
                "userId": who.user_id,
                "username": who.username,
                "expiresAt": str(who.expires_at),
                "principalId": who.user_id,
                "integrationLatency": 12,
            },
            "messageId": "NzZVMcGTDoECJUg=",
            "eventType": "MESSAGE",
            "extendedRequestId": "NzZVMGRljoEFrBw=",
            "requestTime": "20/Nov/2026:07:00:00 +0000",
            "messageDirection": "IN",
            "stage": "dev",
            "connectedAt": 1_795_158_000_000,
            "requestTimeEpoch": 1_795_158_000_100,
            "identity": {"sourceIp": "192.0.2.1"},
            "requestId": "NzZVMGRljoEFrBw=",
            "domainName": "abcdef1234.execute-api.eu-west-1.amazonaws.com",
            "connectionId": who.connection_id,
            "apiId": "abcdef1234",
        },
        "isBase64Encoded": False,
    }
    if body is not None:
        event["body"] = body
    return event


def a_handshake(headers: dict[str, str] | None, *, query: dict[str, str] | None = None) -> dict[str, Any]:
    """The event of a REQUEST authorizer on `$connect`."""
    return {
        "type": "REQUEST",
        "methodArn": METHOD_ARN,
        "headers": headers,
        "queryStringParameters": query,
        "requestContext": {
            "routeKey": "$connect",
            "eventType": "CONNECT",
            "connectionId": "Cx1=",
            "requestId": "NzZVMGRljoEFrBw=",
        },
    }


def log_lines(caplog: pytest.LogCaptureFixture) -> str:
    """Everything that was logged, as Lambda would print it and as the default formatter would, tracebacks included."""
    return "\n".join(JsonFormatter().format(record) for record in caplog.records) + "\n" + caplog.text


def listen_to_everything(caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
