"""Handlers of the HTTP API's routes: an event in payload format 2.0 in, a JSON answer out.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

import logging
import time
from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from shared.core.errors import ParleyError
from shared.edge import invocation
from shared.edge.errors import as_failure, internal
from shared.protocol.base import WireModel
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
    return _response(STATUS[error.code], as_failure(error))


def _response(status: HTTPStatus, body: WireModel) -> Response:
    headers = {"content-type": "application/json", "cache-control": "no-store"}
    return {"statusCode": int(status), "headers": headers, "body": body.encode()}
