"""Handlers of `$connect` and `$disconnect`."""

import logging
from collections.abc import Callable
from typing import Any

from shared.core.errors import RateLimited
from shared.edge.websocket_event import Handler, LambdaEvent, Response, begin, caller_of
from shared.identity.callers import Caller
from shared.realtime.outcome import Outcome

log = logging.getLogger(__name__)

Finish = Callable[[Caller, Outcome], None]


def lifecycle(
    run: Callable[[Caller], Outcome],
    finish: Finish | None = None,
    headers: Callable[[LambdaEvent], dict[str, str]] | None = None,
) -> Handler:
    """A handler of `$connect` or `$disconnect`, which have no frame and no reply; `headers` go into the handshake.

    API Gateway opens no connection whose function answers anything but 2xx.
    https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-route-keys-connect-disconnect.html
    """

    def handle(event: LambdaEvent, context: Any) -> Response:
        begin(event, context)
        caller = caller_of(event)
        try:
            outcome = run(caller)
            if finish:
                finish(caller, outcome)
        except RateLimited as refused:
            log.warning("handshake refused", extra={"reason": refused.reason, "userId": caller.user_id})
            return {"statusCode": 429, "body": refused.message}
        return {"statusCode": 200, "headers": headers(event) if headers else {}}

    return handle
