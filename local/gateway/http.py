"""API Gateway's HTTP API: routes by method and path, payload format 2.0, without CORS: other sites are refused anyway.

https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
"""

import base64
import time
import uuid
from datetime import UTC, datetime
from typing import Any

from aiohttp import hdrs, web

from local.functions import Functions
from local.gateway.events import API_ID
from local.invocation import InvocationFailed, Invoker
from local.settings import Limits

BASE = "/api"


class HttpApi:
    """Hands each request to the function of its route."""

    def __init__(self, functions: Functions, invoker: Invoker, limits: Limits) -> None:
        self._functions = functions
        self._invoker = invoker
        self._limits = limits

    def add_routes(self, router: web.UrlDispatcher) -> None:
        """Take the paths below BASE."""
        router.add_route(hdrs.METH_ANY, f"{BASE}{{path:/.*}}", self._handle)

    async def _handle(self, request: web.Request) -> web.Response:
        route = f"{request.method} {request.match_info['path']}"
        function = self._functions.http_routes().get(route)
        if function is None:
            return _own_answer(404, "Not Found")
        event = _event(request, route, await request.read())
        try:
            return _response(await self._invoker.call(function, event, self._limits.integration_seconds))
        except (InvocationFailed, AttributeError, KeyError, TypeError, ValueError):
            return _own_answer(500, "Internal Server Error")


def _event(request: web.Request, route: str, body: bytes) -> dict[str, Any]:
    """The request in payload format 2.0, in which header names are in lower case and repeated values joined."""
    now = datetime.now(UTC)
    path = request.match_info["path"]
    event: dict[str, Any] = {
        "version": "2.0",
        "routeKey": route,
        "rawPath": path,
        "rawQueryString": request.query_string,
        "headers": {name.lower(): ",".join(request.headers.getall(name)) for name in request.headers},
        "requestContext": {
            "accountId": "000000000000",
            "apiId": API_ID,
            "domainName": request.host,
            "domainPrefix": API_ID,
            "http": {
                "method": request.method,
                "path": path,
                "protocol": "HTTP/1.1",
                "sourceIp": request.remote or "",
                "userAgent": request.headers.get(hdrs.USER_AGENT, ""),
            },
            "requestId": str(uuid.uuid4()),
            "routeKey": route,
            "stage": "$default",
            "time": now.strftime("%d/%b/%Y:%H:%M:%S +0000"),
            "timeEpoch": time.time_ns() // 1_000_000,
        },
        "isBase64Encoded": False,
    }
    if request.query:  # absent, not empty, when the URL has none
        names = dict.fromkeys(request.query)
        event["queryStringParameters"] = {name: ",".join(request.query.getall(name)) for name in names}
    if body:
        try:
            event["body"] = body.decode()
        except UnicodeDecodeError:
            event |= {"body": base64.b64encode(body).decode(), "isBase64Encoded": True}
    return event


def _response(answer: Any) -> web.Response:
    """What a function's answer becomes. Raises AttributeError, KeyError, TypeError or ValueError for what is none."""
    body = answer.get("body") or ""
    payload = base64.b64decode(body, validate=True) if answer.get("isBase64Encoded") else body.encode()
    return web.Response(status=int(answer["statusCode"]), body=payload, headers=answer.get("headers"))


def _own_answer(status: int, text: str) -> web.Response:
    return web.json_response({"message": text}, status=status)
