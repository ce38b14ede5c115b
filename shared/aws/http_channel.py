"""Kept-alive HTTP connections to one host, and the one rule for telling a stale one from a broken answer."""

import ssl
import threading
import time
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from shared.aws.http_connection import HttpConnection
from shared.aws.http_errors import ClosedBeforeAnswer, HttpError

HTTP_ERRORS = (HttpError, OSError)
"""What a call over the network may raise: the request may or may not have taken effect."""

STALE = (ClosedBeforeAnswer, ConnectionResetError, BrokenPipeError)
"""How a kept-alive connection shows that the other side closed it while it lay idle (a frozen Lambda, say)."""


AMAZON_ROOTS = Path(__file__).with_name("amazon_roots.pem")
_AMAZON = (".amazonaws.com", ".api.aws")
"""All of AWS but its Chinese partition is below these, and below Amazon's own roots:
https://aws.amazon.com/blogs/security/how-to-prepare-for-aws-move-to-its-own-certificate-authority/"""


@cache
def _tls(*, amazon: bool) -> ssl.SSLContext:
    """Reading five roots instead of the system's 140 saves 15 ms of CPU, a tenth of a second on a small Lambda."""
    return ssl.create_default_context(cafile=str(AMAZON_ROOTS) if amazon else None)


def tls(url: str) -> ssl.SSLContext | None:
    """What a connection to this URL is encrypted and checked by; None for http and ws."""
    parts = urlsplit(url)
    return _tls(amazon=(parts.hostname or "").endswith(_AMAZON)) if parts.scheme in ("https", "wss") else None


class Endpoint:
    """A host and a base path, from a URL."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self.secure = parts.scheme == "https"
        self._url = url
        self.host = parts.netloc
        self.base_path = parts.path.rstrip("/")
        self._address = (parts.hostname or "", parts.port or (443 if self.secure else 80))

    def open(self, timeout_seconds: float) -> HttpConnection:
        """A new connection object; it connects at its first request. `timeout_seconds` are for all of that request."""
        connection = HttpConnection(self.host, self._address, tls(self._url))
        connection.set_timeout(timeout_seconds)
        return connection


class Channel:
    """One call at a time per thread, over a connection of that thread's own that is kept open between calls."""

    def __init__(self, url: str) -> None:
        self.endpoint = Endpoint(url)
        self._local = threading.local()

    def post(self, path: str, body: bytes, headers: dict[str, str], timeout_seconds: float) -> tuple[int, bytes]:
        """Status and body of the answer, which must be whole within the timeout. Raises one of HTTP_ERRORS.

        A kept connection that turns out to be stale is replaced, and the request sent again on the new one. It may then
        have been carried out twice: callers only send what may be repeated.
        """
        started = time.monotonic()
        connection: HttpConnection | None = getattr(self._local, "connection", None)
        if connection is not None:
            connection.set_timeout(timeout_seconds)
            try:
                return self._exchange(connection, path, body, headers)
            except STALE:
                timeout_seconds -= time.monotonic() - started
        connection = self._local.connection = self.endpoint.open(timeout_seconds)
        return self._exchange(connection, path, body, headers)

    def _exchange(
        self, connection: HttpConnection, path: str, body: bytes, headers: dict[str, str]
    ) -> tuple[int, bytes]:
        try:
            connection.request("POST", path, body, headers)
            answer = connection.receive()
        except HTTP_ERRORS:
            connection.close()
            self._local.connection = None
            raise
        if not answer.keep_alive:
            connection.close()
            self._local.connection = None
        return answer.status, answer.body
