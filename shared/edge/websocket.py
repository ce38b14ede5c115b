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
from shared.edge import logs, parsing
from shared.edge.errors import as_event, internal
from shared.edge.websocket_event import Handler, LambdaEvent, Response, begin, caller_of
from shared.features.rate_limits import service as rate_limits
from shared.identity.callers import Caller
from shared.protocol.base import Command, Event
from shared.realtime.outcome import Outcome
from shared.realtime.posting import connections_api

log = logging.getLogger(__name__)

_Command = TypeVar("_Command", bound=Command)


def command(
    model: type[_Command],
    run: Callable[[Caller, _Command], Outcome],
    finish: Callable[[Caller, Outcome], None] | None = None,
) -> Handler:
    """A handler that parses the frame as `model`, runs it, finishes what follows from it, and replies last.

    `finish` is `outcomes.finish` for commands that publish or close; the others need not load it.
    """

    def carry_out(caller: Caller, body: str) -> Event:
        parsed = parsing.parse(model, body)
        outcome = run(caller, parsed)
        if finish:
            finish(caller, outcome)
        assert outcome.reply is not None
        assert finish or not (outcome.publish or outcome.close), "a command that publishes needs `finish`"
        return _with_request_id(outcome.reply, parsed.request_id)

    return _replying(carry_out)


def silent(model: type[_Command], run: Callable[[Caller, _Command], Outcome]) -> Handler:
    """A handler of a route without a route response: it answers nothing, and what goes wrong is only logged."""

    def carry_out(caller: Caller, body: str) -> Event | None:
        return run(caller, parsing.parse(model, body)).reply

    replying = _replying(carry_out)

    def handle(event: LambdaEvent, context: Any) -> Response:
        return {"statusCode": replying(event, context)["statusCode"]}

    return handle


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


def _replying(carry_out: Callable[[Caller, str], Event | None]) -> Handler:
    def handle(event: LambdaEvent, context: Any) -> Response:
        begin(event, context)
        started = time.monotonic()
        body = event.get("body") or ""
        outcome = "done"
        try:
            caller = caller_of(event)
            rate_limits.count_sampled(caller, event["requestContext"]["requestId"])
            if caller.expires_at <= clock.now_ms():
                raise TokenExpired("the access token has ended; open a new connection")  # noqa: TRY301
            reply: Event | None = carry_out(caller, body)
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
        return {"statusCode": 200, "body": reply.encode() if reply else ""}

    return handle


def _close_flooder(caller: Caller) -> None:
    """Close the calling connection; its `$disconnect` follows. Should this fail, the next command tries again."""
    try:
        unclosed = connections_api().close([caller.connection_id]).unserved
    except Exception as error:
        log.warning("a flooder's connection could not be closed", extra=logs.describe(error))
    else:
        log.warning("connection closed for flooding", extra={"userId": caller.user_id, "closed": not unclosed})


def _with_request_id(reply: Event, request_id: str | None) -> Event:
    return reply.model_copy(update={"request_id": request_id}) if request_id is not None else reply
