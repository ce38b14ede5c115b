"""What every event of the WebSocket API holds: who sends it, on which connection."""

from collections.abc import Callable
from typing import Any

from shared.edge import invocation
from shared.identity.callers import Caller

LambdaEvent = dict[str, Any]
Response = dict[str, Any]
Handler = Callable[[LambdaEvent, Any], Response]


def caller_of(event: LambdaEvent) -> Caller:
    """The caller, from what the authorizer said at `$connect`; API Gateway repeats it in every event, as strings."""
    context = event["requestContext"]
    person = context["authorizer"]
    return Caller(
        user_id=person["userId"],
        username=person["username"],
        expires_at=int(person["expiresAt"]),
        groups=tuple(person.get("groups", "").split()),
        connection_id=context["connectionId"],
    )


def begin(event: LambdaEvent, context: Any) -> None:
    """Begin the invocation: its deadline, and what its log lines carry."""
    request = event["requestContext"]
    invocation.begin_request(
        context, connectionId=request["connectionId"], gatewayRequestId=str(request.get("requestId"))
    )
