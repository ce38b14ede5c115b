"""Handlers of the WebSocket API's routes.

The routes have a route response, so that what a handler returns as `body` is sent to the caller: it is the reply, and
it is given after everything else is done. https://docs.aws.amazon.com/apigateway/latest/developerguide/
apigateway-websocket-api-route-response.html
"""

import logging
import time
from collections.abc import Callable
from typing import Any, TypeVar

from shared.core import clock
from shared.core.errors import Internal, ParleyError, RateLimited, TokenExpired
from shared.edge import invocation, logs, parsing
from shared.edge.errors import as_event, internal
from shared.features.rate_limits import service as rate_limits
from shared.identity.callers import Caller
from shared.protocol.base import Command, Event
from shared.realtime.outcome import Outcome
from shared.realtime.posting import connections_api
from shared.realtime.publishing import publish_all
from shared.realtime.stale_connections import disconnect
from shared.realtime.topics import user_topic

log = logging.getLogger(__name__)

LambdaEvent = dict[str, Any]
Response = dict[str, Any]
Handler = Callable[[LambdaEvent, Any], Response]

_Command = TypeVar("_Command", bound=Command)


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


def command(model: type[_Command], run: Callable[[Caller, _Command], Outcome]) -> Handler:
    """A handler that parses the frame as `model`, runs it, publishes what follows from it, and replies."""

    def carry_out(caller: Caller, body: str) -> Event:
        parsed = parsing.parse(model, body)
        outcome = run(caller, parsed)
        _finish(caller, outcome)
        assert outcome.reply is not None
        return _with_request_id(outcome.reply, parsed.request_id)

    return _replying(carry_out)


def routes(**handlers: Handler) -> Handler:
    """A handler of several routes, by name: related commands of one feature that need the same permissions."""

    def handle(event: LambdaEvent, context: Any) -> Response:
        return handlers[event["requestContext"]["routeKey"]](event, context)

    return handle


def unknown_action() -> Handler:
    """The handler of `$default`: whatever arrives there is an error."""

    def refuse(_caller: Caller, body: str) -> Event:
        raise parsing.unroutable(body)

    return _replying(refuse)


def lifecycle(
    run: Callable[[Caller], Outcome], headers: Callable[[LambdaEvent], dict[str, str]] | None = None
) -> Handler:
    """A handler of `$connect` or `$disconnect`, which have no frame and no reply; `headers` go into the handshake.

    API Gateway opens no connection whose function answers anything but 2xx.
    https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html
    """

    def handle(event: LambdaEvent, context: Any) -> Response:
        _begin(event, context)
        caller = caller_of(event)
        try:
            _finish(caller, run(caller))
        except RateLimited as refused:
            log.warning("handshake refused", extra={"reason": refused.reason, "userId": caller.user_id})
            return {"statusCode": 429, "body": refused.message}
        return {"statusCode": 200, "headers": headers(event) if headers else {}}

    return handle


def _replying(carry_out: Callable[[Caller, str], Event]) -> Handler:
    def handle(event: LambdaEvent, context: Any) -> Response:
        _begin(event, context)
        started = time.monotonic()
        body = event.get("body") or ""
        outcome = "done"
        try:
            caller = caller_of(event)
            rate_limits.count_sampled(caller, event["requestContext"]["requestId"])
            if caller.expires_at <= clock.now_ms():
                raise TokenExpired("the access token has ended; open a new connection")  # noqa: TRY301
            reply: Event = carry_out(caller, body)
        except ParleyError as error:
            if isinstance(error, RateLimited) and error.disconnect:
                _close_flooder(caller_of(event))
            outcome = error.code
            reply = as_event(error, parsing.request_id_of(body))
        except Exception as error:
            outcome = Internal.code
            reply = as_event(internal(error), parsing.request_id_of(body))
        log.info(
            "command",
            extra={
                "route": event["requestContext"]["routeKey"],
                "outcome": outcome,
                "ms": round((time.monotonic() - started) * 1000),
            },
        )
        return {"statusCode": 200, "body": reply.encode()}

    return handle


def _finish(caller: Caller, outcome: Outcome) -> None:
    publish_all(outcome.publish)
    if outcome.close:
        disconnect(user_topic(caller.user_id), list(outcome.close))


def _close_flooder(caller: Caller) -> None:
    """Close the calling connection; its `$disconnect` follows. Should this fail, the next command tries again."""
    try:
        unclosed = connections_api().close([caller.connection_id]).unserved
    except Exception as error:
        log.warning("a flooder's connection could not be closed", extra=logs.describe(error))
    else:
        log.warning("connection closed for flooding", extra={"userId": caller.user_id, "closed": not unclosed})


def _begin(event: LambdaEvent, context: Any) -> None:
    request = event["requestContext"]
    invocation.begin_request(
        context, connectionId=request["connectionId"], gatewayRequestId=str(request.get("requestId"))
    )


def _with_request_id(reply: Event, request_id: str | None) -> Event:
    return reply.model_copy(update={"request_id": request_id}) if request_id is not None else reply
