"""One HTTP/1.1 connection that is kept open: a request goes out, its answer comes in.

It does what Parley needs of `http.client.HTTPConnection` for a third of the CPU, and without importing it, which takes
the parser for e-mail along. As most of what a command does is to make small requests, that was a quarter of its CPU
(docs/performance.md).
"""

import select
import socket
import ssl
import time
from collections.abc import Mapping

from shared.aws.http_parser import Answer, AnswerParser, HttpError

RECEIVE_BYTES = 64 * 1024


class ClosedBeforeAnswer(HttpError):
    """The other side closed the connection before it answered; or it may not be used again for the next request."""


class HttpConnection:
    """A connection to one host; it connects at its first request, and again at the next one after `close`."""

    def __init__(self, netloc: str, address: tuple[str, int], timeout: float, tls: ssl.SSLContext | None) -> None:
        self.sock: socket.socket | None = None
        self.address = address
        self.secure = tls is not None
        self.timeout = timeout
        self._ends_at = 0.0
        self._netloc = netloc
        self._tls = tls
        self._poll: select.poll | None = None
        self._answer_due = False

    def set_timeout(self, seconds: float) -> None:
        """From now on so many seconds are left, for sending and receiving together."""
        self.timeout = seconds
        self._ends_at = time.monotonic() + seconds
        if isinstance(self.sock, socket.socket):
            self.sock.settimeout(seconds)

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        """Send a request.

        Raises OSError, ClosedBeforeAnswer where a kept connection is of no further use, or HttpError while the answer
        to the request before was not read.
        """
        if self._answer_due:
            raise HttpError("the answer to the request before was not read")
        head = [f"{method} {path} HTTP/1.1", f"Host: {self._netloc}", "Accept-Encoding: identity"]
        if body is not None:
            head.append(f"Content-Length: {len(body)}")
        if headers:
            head.extend([f"{name}: {value}" for name, value in headers.items()])
        text = "\r\n".join(head) + "\r\n\r\n"
        if text.count("\n") != len(head) + 1 or text.count("\r") != len(head) + 1:
            raise ValueError("a path or header with a line break")
        if self.sock is None:
            self.set_timeout(self.timeout)
            self.sock = self._connect()
        elif self._has_something_to_say():
            raise ClosedBeforeAnswer("the other side sent something, or closed, before a request")
        self._answer_due = True
        self.sock.sendall(text.encode("latin-1") + (body or b""))

    def receive(self) -> Answer:
        """The answer to the request. Raises HttpError or OSError; then the connection is of no further use."""
        if self.sock is None or not self._answer_due:
            raise HttpError("no request was sent")
        parser = AnswerParser()
        data = self.sock.recv(RECEIVE_BYTES)
        if not data:
            raise ClosedBeforeAnswer("the connection was closed before an answer")
        while (answer := parser.feed(data, ended=not data)) is None:
            left = self._ends_at - time.monotonic()
            if left <= 0:
                raise TimeoutError("the answer took too long")
            self.sock.settimeout(left)
            data = self.sock.recv(RECEIVE_BYTES)
        self._answer_due = False
        if parser.buffer:
            # More than was asked for: the next answer could be taken for another one.
            return Answer(answer.status, answer.body, keep_alive=False)
        return answer

    def close(self) -> None:
        """Give the connection up."""
        if self.sock is not None:
            self.sock.close()
        self.sock = self._poll = None
        self._answer_due = False

    def _has_something_to_say(self) -> bool:
        """Whether something can be read although nothing was asked: an end, or an answer that belongs to nothing."""
        return bool(self._poll is not None and self._poll.poll(0))

    def _connect(self) -> socket.socket:
        connection = socket.create_connection(self.address, self.timeout)
        # Connecting took a part of the time; the handshake and the request get the rest.
        connection.settimeout(max(0.001, self._ends_at - time.monotonic()))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._poll = select.poll()
        self._poll.register(connection.fileno(), select.POLLIN)
        if self._tls is not None:
            connection = self._tls.wrap_socket(connection, server_hostname=self.address[0])
        return connection
