"""An HTTP request's way through a handler: the answer, the one shape of an error, and what never gets out."""

import json
from typing import Any, get_args

import pytest

from lambdas.health.handler import handler as health
from shared.core.errors import BadRequest, NotFound, RateLimited
from shared.edge import http
from shared.features.health.wire import Health
from shared.protocol.vocabulary import ErrorCode
from tests.unit.builders import LambdaContext, listen_to_everything, log_lines


def a_request(route: str = "GET /health") -> dict[str, Any]:
    """An event in payload format 2.0."""
    method, _, path = route.partition(" ")
    return {
        "version": "2.0",
        "routeKey": route,
        "rawPath": path,
        "rawQueryString": "",
        "headers": {"host": "abcdef1234.execute-api.eu-west-1.amazonaws.com"},
        "requestContext": {
            "http": {"method": method, "path": path},
            "requestId": "NzZVMGRljoEFrBw=",
            "routeKey": route,
        },
        "isBase64Encoded": False,
    }


def answered(handler: http.Handler) -> tuple[int, dict[str, Any]]:
    response = handler(a_request(), LambdaContext())
    assert response["headers"] == {"content-type": "application/json", "cache-control": "no-store"}
    body: dict[str, Any] = json.loads(response["body"])
    return response["statusCode"], body


def raising(error: Exception) -> http.Handler:
    def run() -> Health:
        raise error

    return http.answer(run)


def test_health_tells_the_release(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARLEY_VERSION", "1.4.0")

    assert answered(health) == (200, {"status": "ok", "version": "1.4.0"})


def test_health_needs_nothing_of_its_surroundings(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("AWS_REGION", "PARLEY_TABLE_PREFIX", "PARLEY_VERSION"):
        monkeypatch.delenv(name, raising=False)

    assert answered(health) == (200, {"status": "ok", "version": "unknown"})


@pytest.mark.parametrize(
    ("error", "status", "body"),
    [
        (
            NotFound("no such post", "roomNotFound"),
            404,
            {"code": "notFound", "reason": "roomNotFound", "message": "no such post"},
        ),
        (
            BadRequest("limit", "must be at most 100"),
            400,
            {"code": "badRequest", "reason": "invalid", "field": "limit", "message": "limit: must be at most 100"},
        ),
        (
            RateLimited("slower", 500),
            429,
            {
                "code": "rateLimited",
                "reason": "tooManyRequests",
                "message": "slower",
                "retryAfterMs": 500,
            },
        ),
    ],
)
def test_an_error_has_its_status_and_the_one_shape(error: Exception, status: int, body: dict[str, Any]) -> None:
    assert answered(raising(error)) == (status, body)


def test_every_error_has_a_status() -> None:
    assert set(http.STATUS) == set(get_args(ErrorCode))


def test_what_nobody_expected_is_a_reference_and_no_more(caplog: pytest.LogCaptureFixture) -> None:
    listen_to_everything(caplog)

    status, body = answered(raising(ValueError("a secret")))

    assert (status, body["code"]) == (500, "internal")
    assert "secret" not in json.dumps(body) + log_lines(caplog)
    told = json.loads(log_lines(caplog).splitlines()[0])
    assert (told["error"], told["reference"]) == ("ValueError", body["message"].rpartition(" ")[2])


def test_one_line_is_logged_for_a_request(caplog: pytest.LogCaptureFixture) -> None:
    listen_to_everything(caplog)

    answered(health)

    line = json.loads(log_lines(caplog).splitlines()[0])
    assert (line["route"], line["status"], line["gatewayRequestId"]) == ("GET /health", 200, "NzZVMGRljoEFrBw=")
