"""One HTTP/1.1 connection that is kept open: a request goes out, its answer comes in.

It takes a third of the CPU of `http.client.HTTPConnection`, which sends head and body apart and reads an answer's head
with the parser for e-mail. As most of what a command does is to make small requests, that was a quarter of its CPU
(docs/performance.md). The answer is parsed in `http_parser`.

https://www.rfc-editor.org/rfc/rfc9112
"""

import select
import socket
import ssl
import time
from collections.abc import Mapping
from http import HTTPStatus

from shared.aws.http_errors import ClosedBeforeAnswer, OutOfTurn
from shared.aws.http_parser import Answer, AnswerParser

_RECEIVE_BYTES = 64 * 1024
_WANTS_TO_READ = (BlockingIOError, ssl.SSLWantReadError)


class HttpConnection:
    """A connection to one host; it connects at its first request, and again at the next one after it was closed.

    Everything raises OSError or HttpError, and has then closed the connection, so that a late answer can never be
    taken for that to another request.
    """

    def __init__(self, netloc: str, address: tuple[str, int], tls: ssl.SSLContext | None) -> None:
        self.address = address
        self.secure = tls is not None
        self._netloc = netloc
        self._tls = tls
        self._deadline = 0.0
        self._socket: socket.socket | None = None
        self._arrivals = select.poll()
        self._parser: AnswerParser | None = None
        self._reused = False

    def set_timeout(self, seconds: float) -> None:
        """Allow so many seconds from now for all of a request and its answer, connecting included."""
        self._deadline = time.monotonic() + seconds

    def request(
        self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None
    ) -> None:
        """Send a request. Raises OutOfTurn while the answer to the one before was not received.

        A kept connection that the host has closed, or on which it has sent something unasked, is replaced first.
        """
        if self._parser is not None:
            raise OutOfTurn("the answer to the request before was not received")
        head = [f"{method} {path} HTTP/1.1", f"Host: {self._netloc}", "Accept-Encoding: identity"]
        if body is not None:
            head.append(f"Content-Length: {len(body)}")
        if headers:
            head.extend([f"{name}: {value}" for name, value in headers.items()])
        text = "\r\n".join(head) + "\r\n\r\n"
        if text.count("\n") != len(head) + 1 or text.count("\r") != len(head) + 1:
            raise ValueError("a path or header with a line break")
        try:
            connected = self._connected()
            self._parser = AnswerParser()
            self._send(connected, text.encode("latin-1") + (body or b""))
        except BaseException:
            self.close()
            raise

    def receive(self) -> Answer:
        """The answer to the request. Raises ClosedBeforeAnswer where the host had closed a kept connection."""
        if self._socket is None or self._parser is None:
            raise OutOfTurn("no request was sent")
        try:
            answer = self._parser.feed(self._read(self._socket))
            while answer is None:
                answer = self._parser.feed(self._read(self._socket))
            if answer.status == HTTPStatus.REQUEST_TIMEOUT and self._reused:
                raise ClosedBeforeAnswer("the host gave up an idle connection")  # noqa: TRY301
        except BaseException:
            self.close()
            raise
        self._parser = None
        self._reused = True
        if not answer.keep_alive:
            self.close()
        return answer

    def close(self) -> None:
        """Give the connection up."""
        if self._socket is not None:
            self._socket.close()
        self._socket = self._parser = None
        self._reused = False

    def _connected(self) -> socket.socket:
        """The kept connection where it is still open and nothing has arrived on it, else a new one."""
        if self._socket is not None:
            if not self._has_arrived(self._socket):
                return self._socket
            self.close()
        self._socket = connect(self.address, self._seconds_left(), self._tls)
        self._socket.setblocking(False)
        self._arrivals = select.poll()
        self._arrivals.register(self._socket, select.POLLIN)
        return self._socket

    def _has_arrived(self, connected: socket.socket) -> bool:
        """Whether there is anything to read, or the end of the stream. TLS sends records that are nothing to read."""
        if not _holds_decrypted(connected) and not self._arrivals.poll(0):
            return False
        try:
            connected.recv(1)
        except _WANTS_TO_READ:
            return False
        except OSError:
            pass
        return True

    def _send(self, connected: socket.socket, data: bytes) -> None:
        left = memoryview(data)
        while left:
            try:
                left = left[connected.send(left) :]
            except ssl.SSLWantReadError:
                self._arrivals.poll(self._seconds_left() * 1000)
            except (BlockingIOError, ssl.SSLWantWriteError):
                self._wait_to_send(connected)

    def _read(self, connected: socket.socket) -> bytes:
        """What has arrived, or b"" where the host has ended the stream."""
        while True:
            left = self._seconds_left()
            if not _holds_decrypted(connected):
                self._arrivals.poll(left * 1000)
            try:
                return connected.recv(_RECEIVE_BYTES)
            except _WANTS_TO_READ:
                pass
            except ssl.SSLWantWriteError:
                self._wait_to_send(connected)

    def _wait_to_send(self, connected: socket.socket) -> None:
        room = select.poll()
        room.register(connected, select.POLLOUT)
        room.poll(self._seconds_left() * 1000)

    def _seconds_left(self) -> float:
        left = self._deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("the answer took too long")
        return left


def _holds_decrypted(connected: socket.socket) -> bool:
    """Whether something can be read that the system no longer shows as arrived."""
    return isinstance(connected, ssl.SSLSocket) and connected.pending() > 0


def connect(address: tuple[str, int], seconds: float, tls: ssl.SSLContext | None) -> socket.socket:
    """A connection to a host, over TLS where there is a context. Raises OSError.

    `seconds` are for all of the host's addresses and for the TLS handshake, but not for looking its name up.
    """
    addresses = socket.getaddrinfo(*address, type=socket.SOCK_STREAM)
    deadline = time.monotonic() + seconds
    failure = OSError("the host has no address")
    for *_, numeric in addresses:
        left = deadline - time.monotonic()
        if left <= 0:
            raise TimeoutError("connecting took too long")
        try:
            connected = socket.create_connection((str(numeric[0]), int(numeric[1])), left)
        except OSError as error:
            failure = error
            continue
        connected.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        if tls is None:
            return connected
        connected.settimeout(max(0.001, deadline - time.monotonic()))
        return tls.wrap_socket(connected, server_hostname=address[0])
    raise failure
