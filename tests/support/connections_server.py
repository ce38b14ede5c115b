"""An `@connections` API on loopback that answers as it is told, and remembers what it was asked."""

import re
import threading
from dataclasses import dataclass
from enum import Enum
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Self
from urllib.parse import unquote

STAGE = "/dev"
_PATH = re.compile(rf"{STAGE}/@connections/([^/?#]+)")
_AUTHORIZATION = re.compile(
    r"AWS4-HMAC-SHA256 Credential=[^/]+/\d{8}/[a-z0-9-]+/execute-api/aws4_request, "
    r"SignedHeaders=host;x-amz-date, Signature=[0-9a-f]{64}"
)
_HANGS_SECONDS = 20.0


class Odd(Enum):
    """Answers that are more than a status."""

    CHUNKED = "200 in chunks"
    WITHOUT_LENGTH = "200 whose body ends with the connection"
    CLOSING = "200 that says that it closes the connection"
    CLOSED_AFTER = "200, and the connection is closed without a word"
    CLOSED_BEFORE = "the connection is closed before an answer"
    CUT_OFF = "the connection is closed within the answer"
    HANGING = "no answer at all"
    GARBAGE = "something that is not HTTP"


Answer = int | Odd


@dataclass(frozen=True)
class Request:
    """What was asked."""

    method: str
    connection_id: str
    body: bytes


class ConnectionsServer:
    """Use it as a context manager; `url` goes into the functions' environment."""

    def __init__(self) -> None:
        self.answers: dict[str, list[Answer]] = {}
        """By connectionId: one after the other, then 200 for ever."""
        self.requests: list[Request] = []
        self.unsigned: list[str] = []
        self.lines = 0
        """How many TCP connections were opened."""
        self.release = threading.Event()
        """Set it to let those go that hang."""
        server = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def setup(self) -> None:
                server.lines += 1
                super().setup()

            def do_POST(self) -> None:
                server._answer(self)

            def do_DELETE(self) -> None:
                server._answer(self)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        class Server(ThreadingHTTPServer):
            daemon_threads = True
            block_on_close = False
            request_queue_size = 64  # with fewer, lines that are opened together wait for a second

            def handle_error(self, *_: object) -> None:
                """A client that goes is nothing to tell of."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.url = f"http://127.0.0.1:{self._server.server_port}{STAGE}"
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), name="@connections")

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self.release.set()
        self._server.shutdown()
        self._thread.join()
        self._server.server_close()

    def posted(self, connection_id: str) -> list[bytes]:
        """The bodies that were posted to a connection."""
        return [each.body for each in self.requests if (each.method, each.connection_id) == ("POST", connection_id)]

    def _answer(self, request: BaseHTTPRequestHandler) -> None:
        body = request.rfile.read(int(request.headers.get("Content-Length", "0")))
        path = _PATH.fullmatch(request.path)
        if path is None:
            self._whole(request, 404)
            return
        connection_id = unquote(path[1])
        if not _AUTHORIZATION.fullmatch(request.headers.get("Authorization", "")):
            self.unsigned.append(connection_id)
        self.requests.append(Request(request.command, connection_id, body))
        script = self.answers.get(connection_id)
        answer: Answer = script.pop(0) if script else 200
        if isinstance(answer, int):
            self._whole(request, answer)
        else:
            self._odd(request, answer)

    def _whole(self, request: BaseHTTPRequestHandler, status: int) -> None:
        body = b'{"message":"' + str(status).encode() + b'"}' if status >= 300 else b""
        request.send_response(status)
        request.send_header("Content-Length", str(len(body)))
        request.end_headers()
        request.wfile.write(body)

    def _odd(self, request: BaseHTTPRequestHandler, answer: Odd) -> None:
        head = b"HTTP/1.1 200 OK\r\n"
        if answer is Odd.HANGING:
            self.release.wait(_HANGS_SECONDS)
        told = {
            Odd.CHUNKED: head + b"Transfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n2;x=y\r\nde\r\n0\r\n\r\n",
            Odd.WITHOUT_LENGTH: head + b"\r\nabc",
            Odd.CLOSING: head + b"Connection: close\r\nContent-Length: 3\r\n\r\nabc",
            Odd.CLOSED_AFTER: head + b"Content-Length: 0\r\n\r\n",
            Odd.CUT_OFF: head + b"Content-Length: 30\r\n\r\nabc",
            Odd.GARBAGE: b"no such thing\r\n\r\n",
        }
        request.wfile.write(told.get(answer, b""))
        request.close_connection = answer is not Odd.CHUNKED
