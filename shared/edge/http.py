"""Handlers of the HTTP API's routes: an event in payload format 2.0 in, a JSON answer out.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

import logging
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any, cast

from shared.core.errors import ParleyError, RateLimited
from shared.edge import invocation
from shared.edge.errors import internal
from shared.protocol.base import Failure, WireModel
from shared.protocol.vocabulary import ErrorCode

log = logging.getLogger(__name__)

LambdaEvent = dict[str, Any]
Response = dict[str, Any]
Handler = Callable[[LambdaEvent, Any], Response]

STATUS: dict[ErrorCode, HTTPStatus] = {
    "badRequest": HTTPStatus.BAD_REQUEST,
    "unknownAction": HTTPStatus.NOT_FOUND,
    "unauthorized": HTTPStatus.UNAUTHORIZED,
    "tokenExpired": HTTPStatus.UNAUTHORIZED,
    "forbidden": HTTPStatus.FORBIDDEN,
    "notFound": HTTPStatus.NOT_FOUND,
    "conflict": HTTPStatus.CONFLICT,
    "tooLarge": HTTPStatus.REQUEST_ENTITY_TOO_LARGE,
    "rateLimited": HTTPStatus.TOO_MANY_REQUESTS,
    "internal": HTTPStatus.INTERNAL_SERVER_ERROR,
}
"""The status of each error."""


def answer(run: Callable[[], WireModel]) -> Handler:
    """A handler that answers with what `run` returns, or with the error that it raises."""

    def handle(event: LambdaEvent, context: Any) -> Response:
        request = event["requestContext"]
        invocation.begin_request(context, gatewayRequestId=str(request.get("requestId")))
        started = time.monotonic()
        try:
            response = _response(HTTPStatus.OK, run())
        except ParleyError as error:
            response = _failure(error)
        except Exception as error:
            response = _failure(internal(error))
        log.info(
            "request",
            extra={
                "route": event["routeKey"],
                "status": response["statusCode"],
                "ms": round((time.monotonic() - started) * 1000),
            },
        )
        return response

    return handle


def _failure(error: ParleyError) -> Response:
    """The one place where an error becomes an HTTP answer."""
    code = cast(ErrorCode, error.code)
    retry_after_ms = error.retry_after_ms if isinstance(error, RateLimited) else None
    failure = Failure(code=code, message=error.message, retry_after_ms=retry_after_ms)
    return _response(STATUS[code], failure)


def _response(status: HTTPStatus, body: WireModel) -> Response:
    headers = {"content-type": "application/json", "cache-control": "no-store"}
    return {"statusCode": int(status), "headers": headers, "body": body.encode()}
