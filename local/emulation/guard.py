"""What stands before the emulator. It trusts every caller, so this admits few.

Refused are requests of foreign web pages (`local.origins`), services that Parley does not use (a Lambda service
would run anybody's code here), and the emulator's own administration.
"""

import re
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any

from local.origins import Origins

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

_SERVICES = frozenset({"cognito-idp", "dynamodb", "sqs", "s3", "ssm", "events"})
_TARGETS = (
    "AWSCognitoIdentityProviderService.",
    "DynamoDB_20120810.",
    "DynamoDBStreams_20120810.",
    "AmazonSQS.",
    "AmazonSSM.",
    "AWSEvents.",
)
_SCOPE = re.compile(r"^AWS4-HMAC-SHA256 Credential=[^/,\s]+/\d{8}/[a-z0-9-]+/([a-z0-9-]+)/aws4_request")
_OPEN_PATH = re.compile(r"^/[a-z]{2}(-[a-z]+)+-\d_[A-Za-z0-9]+/\.well-known/(jwks\.json|openid-configuration)$")
_CLOSED_PATH = re.compile(r"^/(_|\d{4}-\d{2}-\d{2}/)")
_COGNITO = _TARGETS[0]


class Guard:
    """An ASGI application before another one."""

    def __init__(self, inner: Application, origins: Origins) -> None:
        self._inner = inner
        self._origins = origins

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand on what may pass, and answer 403 with the reason to the rest."""
        if scope["type"] == "lifespan":
            await self._inner(scope, receive, send)
            return
        headers = {name.decode("latin-1").lower(): value.decode("latin-1") for name, value in scope["headers"]}
        reason = self._refusal(scope, headers)
        if reason is None:
            await self._inner(scope, receive, send)
        elif scope["type"] == "http":
            await _forbid(send, reason)
        else:
            await send({"type": "websocket.close", "code": 1008})

    def _refusal(self, scope: Scope, headers: dict[str, str]) -> str | None:
        if scope["type"] != "http":
            return "Only HTTP is served here."
        reason = self._origins.refusal(headers.get("host"), headers.get("origin"), headers.get("sec-fetch-site"))
        if reason:
            return reason
        return _service_refusal(scope["method"], scope["path"], headers)


def _service_refusal(method: str, path: str, headers: dict[str, str]) -> str | None:
    """Why this service or path is closed to this request, or None."""
    target = headers.get("x-amz-target")
    signed = _SCOPE.match(headers.get("authorization", ""))
    if (
        _CLOSED_PATH.match(path)
        or (target is not None and not target.startswith(_TARGETS))
        or (signed and signed[1] not in _SERVICES)
    ):
        return "This service is closed."
    signs_in = target is not None and target.startswith(_COGNITO)  # which is done without a signature
    is_preflight = method == "OPTIONS" and "origin" in headers
    if signed or signs_in or is_preflight or _OPEN_PATH.match(path):
        return None
    return "Sign the request."


async def _forbid(send: Send, reason: str) -> None:
    headers = [(b"content-type", b"text/plain; charset=utf-8")]
    await send({"type": "http.response.start", "status": 403, "headers": headers})
    await send({"type": "http.response.body", "body": reason.encode()})
