"""The events that API Gateway hands to the Lambdas of a WebSocket API.

https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-mapping-template-reference.html
"""

import base64
import json
import os
import time
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from multidict import MultiMapping

from local.settings import REGION

API_ID = "local"
STAGE = "dev"
_UNMATCHED = "$default"


def _new_connection_id() -> str:
    """As API Gateway's: it contains characters that must be quoted in a URL."""
    return base64.b64encode(os.urandom(11), altchars=b"-_").decode()


@dataclass(frozen=True)
class Caller:
    """One connection, from before its handshake is answered until its end."""

    domain_name: str
    source_ip: str
    user_agent: str
    connection_id: str = field(default_factory=_new_connection_id)
    connected_at: int = field(default_factory=lambda: time.time_ns() // 1_000_000)
    """Milliseconds since 1970."""


def route_of(body: str, routes: Mapping[str, str]) -> str:
    """The route that `$request.body.action` selects; `$default` where it names none that a client may use."""
    try:
        frame = json.loads(body)
    except (ValueError, RecursionError):
        return _UNMATCHED
    action = frame.get("action") if isinstance(frame, dict) else None
    return action if isinstance(action, str) and action in routes and not action.startswith("$") else _UNMATCHED


def authorization(caller: Caller, headers: MultiMapping[str], query: MultiMapping[str]) -> dict[str, Any]:
    """For the REQUEST authorizer, before $connect."""
    return {
        "type": "REQUEST",
        "methodArn": f"arn:aws:execute-api:{REGION}:000000000000:{API_ID}/{STAGE}/$connect",
        **_handshake(headers, query),
        "requestContext": _context(caller, "$connect", "CONNECT"),
    }


def connected(
    caller: Caller, authorizer: dict[str, str], headers: MultiMapping[str], query: MultiMapping[str]
) -> dict[str, Any]:
    """For the $connect route."""
    return {
        **_handshake(headers, query),
        "requestContext": _context(caller, "$connect", "CONNECT", authorizer),
        "isBase64Encoded": False,
    }


def message(caller: Caller, authorizer: dict[str, str], route: str, body: str) -> dict[str, Any]:
    """For the route of a frame."""
    message_id = base64.b64encode(os.urandom(11)).decode()
    return {
        "requestContext": {"messageId": message_id, **_context(caller, route, "MESSAGE", authorizer)},
        "body": body,
        "isBase64Encoded": False,
    }


def disconnected(caller: Caller, authorizer: dict[str, str], code: int, reason: str) -> dict[str, Any]:
    """For the $disconnect route."""
    end = {"disconnectStatusCode": code, "disconnectReason": reason}
    return {
        "headers": {"Host": caller.domain_name},
        "multiValueHeaders": {"Host": [caller.domain_name]},
        "requestContext": {**end, **_context(caller, "$disconnect", "DISCONNECT", authorizer)},
        "isBase64Encoded": False,
    }


def _handshake(headers: MultiMapping[str], query: MultiMapping[str]) -> dict[str, Any]:
    event: dict[str, Any] = {
        "headers": dict(headers),
        "multiValueHeaders": {name: headers.getall(name) for name in headers},
    }
    if query:  # absent, not empty, when the URL has none
        event["queryStringParameters"] = dict(query)
        event["multiValueQueryStringParameters"] = {name: query.getall(name) for name in query}
    return event


def _context(caller: Caller, route: str, event_type: str, authorizer: dict[str, str] | None = None) -> dict[str, Any]:
    now = datetime.now(UTC)
    request_id = str(uuid.uuid4())
    context: dict[str, Any] = {
        "routeKey": route,
        "eventType": event_type,
        "extendedRequestId": request_id,
        "requestTime": now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
        "messageDirection": "IN",
        "stage": STAGE,
        "connectedAt": caller.connected_at,
        "requestTimeEpoch": int(now.timestamp() * 1000),
        "identity": {"userAgent": caller.user_agent, "sourceIp": caller.source_ip},
        "requestId": request_id,
        "domainName": caller.domain_name,
        "connectionId": caller.connection_id,
        "apiId": API_ID,
    }
    if authorizer is not None:
        context["authorizer"] = authorizer
    return context
