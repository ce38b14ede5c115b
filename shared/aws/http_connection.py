"""One HTTP/1.1 connection that is kept open: a request goes out, its answer comes in.

It is what Parley uses of `http.client.HTTPConnection`, by the same names and with the same exceptions, for a third of
the CPU: http.client sends head and body apart, and reads an answer's head with the parser for e-mail. As most of what a
command does is to make small requests, this was a quarter of its CPU (docs/performance.md).

https://www.rfc-editor.org/rfc/rfc9112
"""

import http
import socket
import ssl
from collections.abc import Mapping
from dataclasses import dataclass
from http.client import BadStatusLine, CannotSendRequest, HTTPException, IncompleteRead, RemoteDisconnected
from io import BufferedReader

MAX_LINE_BYTES = 64 * 1024
MAX_HEADERS = 100
MAX_BODY_BYTES = 32 * 1024 * 1024
"""Twice the largest answer of DynamoDB."""

_WITHOUT_BODY = (http.HTTPStatus.NO_CONTENT, http.HTTPStatus.NOT_MODIFIED)


@dataclass(frozen=True)
class Answer:
    """A whole answer. `will_close`: the other side takes no further request on this connection."""

    status: int
    body: bytes
    will_close: bool

    def read(self, amount: int | None = None) -> bytes:
        """The body, or the first bytes of it."""
        return self.body[:amount]


class HttpConnection:
    """A connection to one host; it connects at its first request, and again at the next one after `close`."""

    def __init__(self, netloc: str, address: tuple[str, int], timeout: float, tls: ssl.SSLContext | None) -> None:
        self.timeout = timeout
        """Seconds, for each sending and receiving."""
        self.sock: socket.socket | None = None
        self.address = address
        self.secure = tls is not None
        self._netloc = netloc
        self._tls = tls
        self._received: BufferedReader | None = None
        self._answer_due = False

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        """Send a request. Raises OSError, or CannotSendRequest while the answer to the one before was not read."""
        if self._answer_due:
            raise CannotSendRequest("the answer to the request before was not read")
        head = [f"{method} {path} HTTP/1.1", f"Host: {self._netloc}", "Accept-Encoding: identity"]
        if body is not None:
            head.append(f"Content-Length: {len(body)}")
        if headers:
            head.extend([f"{name}: {value}" for name, value in headers.items()])
        text = "\r\n".join(head) + "\r\n\r\n"
        if text.count("\n") != len(head) + 1 or text.count("\r") != len(head) + 1:
            raise ValueError("a path or header with a line break")
        if self.sock is None:
            self.sock = self._connect()
        self._answer_due = True
        self.sock.sendall(text.encode("latin-1") + (body or b""))

    def getresponse(self) -> Answer:
        """The answer to the request. Raises HTTPException or OSError; then the connection is of no further use."""
        if self._received is None:
            raise HTTPException("no request was sent")
        status, head = _head(self._received)
        while status < http.HTTPStatus.OK:
            status, head = _head(self._received)
        length = head.get(b"content-length")
        chunked = head.get(b"transfer-encoding", b"").lower() == b"chunked"
        will_close = head[b"version"] != b"HTTP/1.1" or head.get(b"connection", b"").lower() == b"close"
        if status in _WITHOUT_BODY:
            body = b""
        elif chunked:
            body = _chunks(self._received)
        elif length is not None:
            body = _exactly(self._received, _size(length, 10))
        else:
            body, will_close = self._received.read(MAX_BODY_BYTES), True
        self._answer_due = False
        return Answer(status, body, will_close)

    def close(self) -> None:
        """Give the connection up."""
        if self._received is not None:
            self._received.close()
        if self.sock is not None:
            self.sock.close()
        self.sock = self._received = None
        self._answer_due = False

    def _connect(self) -> socket.socket:
        connected = socket.create_connection(self.address, self.timeout)
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if self._tls is not None:
            connected = self._tls.wrap_socket(connected, server_hostname=self.address[0])
        self._received = connected.makefile("rb")
        return connected


def _head(received: BufferedReader) -> tuple[int, dict[bytes, bytes]]:
    """Status, and the headers by their names in lower case, with `version`."""
    line = received.readline(MAX_LINE_BYTES)
    if not line:
        raise RemoteDisconnected("the connection was closed before an answer")
    version, _, rest = line.partition(b" ")
    if not version.startswith(b"HTTP/1.") or not rest[:3].isdigit():
        raise BadStatusLine(repr(line[:100]))
    head = {b"version": version}
    for _ in range(MAX_HEADERS):
        line = received.readline(MAX_LINE_BYTES)
        if line in (b"\r\n", b"\n"):
            return int(rest[:3]), head
        if not line.endswith(b"\n"):
            raise IncompleteRead(line)
        name, _, value = line.partition(b":")
        head[name.lower()] = value.strip()
    raise HTTPException(f"more than {MAX_HEADERS} headers")


def _size(text: bytes, base: int) -> int:
    try:
        size = int(text, base)
    except ValueError:
        raise HTTPException("a length that is no number") from None
    if not 0 <= size <= MAX_BODY_BYTES:
        raise HTTPException(f"a length of {size} bytes")
    return size


def _exactly(received: BufferedReader, size: int) -> bytes:
    body = received.read(size)
    if len(body) < size:
        raise IncompleteRead(body, size - len(body))
    return body


def _chunks(received: BufferedReader) -> bytes:
    body = bytearray()
    while size := _size(received.readline(MAX_LINE_BYTES).partition(b";")[0], 16):
        body += _exactly(received, size)
        if len(body) > MAX_BODY_BYTES:
            raise HTTPException("too long an answer")
        received.readline(MAX_LINE_BYTES)
    while received.readline(MAX_LINE_BYTES) not in (b"\r\n", b"\n", b""):
        pass
    return bytes(body)
