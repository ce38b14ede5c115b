"""Posting one body to many connections through the `@connections` API.

The measure is CPU per post, for a 256 MB Lambda has a seventh of a core. So: a few kept-alive connections, a request
sent on each before the first answer is read, then always the oldest answer read and its connection used again; headers
signed with a cached key over a body that is hashed once. One thread.

API Gateway: 410 the connection is gone, 413 too large, 403 not allowed, 429 too many requests or a full client buffer.
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
"""

import http
import logging
import threading
import time
from collections import deque
from collections.abc import Iterable
from typing import NamedTuple

from shared.aws import budgets, deadline
from shared.aws.http_channel import HTTP_ERRORS, STALE, Endpoint
from shared.aws.http_connection import HttpConnection
from shared.aws.http_parser import Answer
from shared.aws.signing import Signer, body_hash, escape
from shared.core import services
from shared.core.services import Services
from shared.core.settings import AwsSettings, ConnectionsSettings
from shared.realtime.delivery_report import DeliveryReport, Result

log = logging.getLogger(__name__)

PARALLEL = 8
"""Requests under way at once."""


class ConnectionsApi:
    """The `@connections` API of one stage. Each thread keeps HTTP connections of its own open."""

    def __init__(self, url: str, region: str) -> None:
        self.endpoint = Endpoint(url)
        self.signer = Signer("execute-api", region)
        self._own = threading.local()

    @property
    def idle(self) -> list[HttpConnection]:
        """The open connections of this thread that wait for a request."""
        idle: list[HttpConnection] | None = getattr(self._own, "idle", None)
        if idle is None:
            idle = self._own.idle = []
        return idle

    def post(self, connection_ids: Iterable[str], body: bytes) -> DeliveryReport:
        """Send the body to each; stops early, counting the rest as failed, when the deadline is near."""
        return _Batch(self, "POST", body).run(connection_ids)

    def close(self, connection_ids: Iterable[str]) -> DeliveryReport:
        """Close each connection from the server's side; its `$disconnect` follows."""
        return _Batch(self, "DELETE", b"").run(connection_ids)


class _Request(NamedTuple):
    connection_id: str
    line: HttpConnection
    kept_alive: bool
    started: float


class _Batch:
    """One request to each of many connections."""

    def __init__(self, api: ConnectionsApi, method: str, body: bytes) -> None:
        self._api = api
        self._idle = api.idle
        self._method = method
        self._body = body
        self._digest = body_hash(body)
        self._under_way: deque[_Request] = deque()
        self._report = DeliveryReport()

    def run(self, connection_ids: Iterable[str]) -> DeliveryReport:
        for connection_id in connection_ids:
            if len(self._under_way) == PARALLEL:
                self._finish(self._under_way.popleft())
            request = self._start(connection_id) if deadline.remaining() >= budgets.HAND_OVER else None
            if request is None:
                self._report.add(connection_id, Result.FAILED)
            else:
                self._under_way.append(request)
        while self._under_way:
            self._finish(self._under_way.popleft())
        return self._report

    def _start(self, connection_id: str) -> _Request | None:
        """Send one request without waiting for its answer; None when not even that works on a fresh connection."""
        while True:
            kept_alive = bool(self._idle)
            line = self._idle.pop() if kept_alive else self._api.endpoint.open(budgets.CALL)
            try:
                self._send(line, connection_id)
            except HTTP_ERRORS:
                line.close()
                if not kept_alive:
                    return None
            else:
                return _Request(connection_id, line, kept_alive, time.monotonic())

    def _send(self, line: HttpConnection, connection_id: str) -> None:
        endpoint = self._api.endpoint
        # "@" in the path goes out as it is, and is signed as %40, as SigV4 asks.
        path = f"{endpoint.base_path}/@connections/{escape(connection_id)}"
        headers = self._api.signer.headers(self._method, endpoint.host, path, self._digest)
        line.set_timeout(_timeout(budgets.CALL))
        line.request(self._method, path, self._body, headers)

    def _finish(self, request: _Request) -> None:
        """Read the answer. Where the other side had closed a kept-alive connection, send again on a new one."""
        # From its start: where all hang, they time out together, and not one after the other.
        request.line.set_timeout(_timeout(request.started + budgets.CALL - time.monotonic()))
        try:
            answer = request.line.receive()
        except HTTP_ERRORS as error:
            request.line.close()
            stale = request.kept_alive and isinstance(error, STALE)
            again = self._start(request.connection_id) if stale else None
            if again is None:
                self._report.add(request.connection_id, Result.FAILED)
            else:
                self._finish(again)
            return
        if not answer.keep_alive:
            request.line.close()
        else:
            self._idle.append(request.line)
        self._report.add(request.connection_id, _result_of(answer))


def _result_of(answer: Answer) -> Result:
    if answer.status < http.HTTPStatus.MULTIPLE_CHOICES:
        return Result.DELIVERED
    if answer.status == http.HTTPStatus.GONE:
        return Result.GONE
    if answer.status == http.HTTPStatus.TOO_MANY_REQUESTS:
        return Result.THROTTLED
    if answer.status < http.HTTPStatus.INTERNAL_SERVER_ERROR:
        # A fault of ours, 403 (no permission) or 413: the queue keeps the event, at last the dead-letter queue.
        log.error("@connections refuses", extra={"status": answer.status})
    return Result.FAILED


def _timeout(seconds: float) -> float:
    """As long as that, but never so long that no time is left to hand the rest over."""
    return deadline.timeout(seconds, reserved_seconds=budgets.HAND_OVER)


def build_connections_api(services: Services) -> ConnectionsApi:
    """Build the client of the stage that the environment names."""
    return ConnectionsApi(services.settings(ConnectionsSettings).connections_url, services.settings(AwsSettings).region)


def connections_api() -> ConnectionsApi:
    """The client of this process."""
    return services.current().get(build_connections_api)


def as_body(text: str) -> bytes:
    """A frame's text as it is posted."""
    return text.encode()
