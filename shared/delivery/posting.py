"""Posting one body to many connections through the `@connections` API.

The measure is CPU per post, for a 256 MB Lambda has a seventh of a core. So: a few kept-alive connections, a request
sent on each before the first answer is read, then always the oldest answer read and its connection used again; headers
signed with a cached key over a body that is hashed once. One thread.

API Gateway: 410 the connection is gone, 413 too large, 403 not allowed, 429 too many requests or a full client buffer.
https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-how-to-call-websocket-api-connections.html
"""

import http
import threading
import time
from collections import deque
from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import Enum
from functools import cache

from shared import settings
from shared.aws import deadline
from shared.aws.http import HTTP_ERRORS, STALE, Endpoint, set_timeout
from shared.aws.line import Line
from shared.aws.signing import Signer, body_hash, escape

PARALLEL = 8
"""Requests under way at once."""

POST_TIMEOUT_SECONDS = 5.0
_MIN_TIMEOUT_SECONDS = 0.2

RESERVED_SECONDS = 2.0
"""What is left of the invocation when posting stops: enough to hand the rest over to the queue."""


class Result(Enum):
    """How a post ended."""

    DELIVERED = "delivered"
    GONE = "gone"
    THROTTLED = "throttled"
    FAILED = "failed"
    """No answer or a server's error: it may or may not have arrived. A repetition is harmless."""


class PostingRefused(RuntimeError):
    """API Gateway will never take this: the function may not post, or the body is too large. A fault of ours."""


@dataclass
class Tally:
    """The connectionIds by result."""

    delivered: list[str] = field(default_factory=list)
    gone: list[str] = field(default_factory=list)
    throttled: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)

    def add(self, connection_id: str, result: Result) -> None:
        """Count one."""
        by_result: dict[Result, list[str]] = {
            Result.DELIVERED: self.delivered,
            Result.GONE: self.gone,
            Result.THROTTLED: self.throttled,
            Result.FAILED: self.failed,
        }
        by_result[result].append(connection_id)

    @property
    def unserved(self) -> list[str]:
        """Those to try again."""
        return self.throttled + self.failed


@dataclass
class _Request:
    method: str
    connection_id: str
    line: Line
    kept_alive: bool
    started: float


class ConnectionsApi:
    """The `@connections` API of one stage. One per thread: it holds open HTTP connections."""

    def __init__(self, url: str, region: str) -> None:
        self._endpoint = Endpoint(url)
        self._signer = Signer("execute-api", region)
        self._idle: list[Line] = []

    def post(self, connection_ids: Iterable[str], body: bytes) -> Tally:
        """Send the body to each; stops early, counting the rest as failed, when the deadline is near."""
        return self._run("POST", connection_ids, body)

    def close(self, connection_ids: Iterable[str]) -> Tally:
        """Close each connection from the server's side; its `$disconnect` follows."""
        return self._run("DELETE", connection_ids, b"")

    def _run(self, method: str, connection_ids: Iterable[str], body: bytes) -> Tally:
        tally = Tally()
        digest = body_hash(body)
        under_way: deque[_Request] = deque()
        for connection_id in connection_ids:
            if len(under_way) == PARALLEL:
                self._finish(under_way.popleft(), body, digest, tally)
            if deadline.remaining() < RESERVED_SECONDS:
                tally.add(connection_id, Result.FAILED)
                continue
            request = self._start(method, connection_id, body, digest)
            if request is None:
                tally.add(connection_id, Result.FAILED)
            else:
                under_way.append(request)
        while under_way:
            self._finish(under_way.popleft(), body, digest, tally)
        return tally

    def _start(self, method: str, connection_id: str, body: bytes, digest: str) -> _Request | None:
        """Send one request without waiting for its answer; None when not even that works on a fresh connection."""
        while True:
            kept_alive = bool(self._idle)
            line = self._idle.pop() if kept_alive else self._endpoint.open(POST_TIMEOUT_SECONDS)
            try:
                self._send(line, method, connection_id, body, digest)
            except HTTP_ERRORS:
                line.close()
                if not kept_alive:
                    return None
            else:
                return _Request(method, connection_id, line, kept_alive, time.monotonic())

    def _send(self, line: Line, method: str, connection_id: str, body: bytes, digest: str) -> None:
        path = f"{self._endpoint.base_path}/@connections/{escape(connection_id)}"
        # "@" in the path goes out as it is, and is signed as %40, as SigV4 asks.
        headers = self._signer.headers(method, self._endpoint.host, path, digest)
        set_timeout(line, _timeout(POST_TIMEOUT_SECONDS))
        line.request(method, path, body, headers)

    def _finish(self, request: _Request, body: bytes, digest: str, tally: Tally) -> None:
        """Read the answer. Where the other side had closed a kept-alive connection, send again on a new one."""
        # From its start: where all hang, they time out together, and not one after the other.
        set_timeout(request.line, _timeout(request.started + POST_TIMEOUT_SECONDS - time.monotonic()))
        try:
            result = self._answer(request.line)
        except STALE:
            request.line.close()
            again = self._start(request.method, request.connection_id, body, digest) if request.kept_alive else None
            if again is None:
                result = Result.FAILED
            else:
                return self._finish(again, body, digest, tally)
        except HTTP_ERRORS:
            request.line.close()
            result = Result.FAILED
        tally.add(request.connection_id, result)
        return None

    def _answer(self, line: Line) -> Result:
        answer = line.getresponse()
        answer.read()
        if answer.will_close:
            line.close()
        else:
            self._idle.append(line)
        if answer.status < 300:  # noqa: PLR2004
            return Result.DELIVERED
        if answer.status == http.HTTPStatus.GONE:
            return Result.GONE
        if answer.status == http.HTTPStatus.TOO_MANY_REQUESTS:
            return Result.THROTTLED
        if answer.status in (http.HTTPStatus.FORBIDDEN, http.HTTPStatus.REQUEST_ENTITY_TOO_LARGE):
            raise PostingRefused(f"@connections answered {answer.status}")
        return Result.FAILED


def _timeout(seconds: float) -> float:
    """As long as that, but never so long that no time is left to hand the rest over."""
    return max(_MIN_TIMEOUT_SECONDS, min(seconds, deadline.remaining() - RESERVED_SECONDS))


_own = threading.local()


@cache
def _where() -> tuple[str, str]:
    return settings.load(settings.DeliverySettings).connections_url, settings.load(settings.AwsSettings).region


def connections_api() -> ConnectionsApi:
    """The API that this thread posts to."""
    api: ConnectionsApi | None = getattr(_own, "api", None)
    if api is None:
        api = _own.api = ConnectionsApi(*_where())
    return api


def as_body(text: str) -> bytes:
    """A frame's text as it is posted."""
    return text.encode()
