"""Parsing of one HTTP/1.1 answer from the bytes that arrive, without input or output.

https://www.rfc-editor.org/rfc/rfc9112
"""

from http import HTTPStatus
from typing import NamedTuple

from shared.aws.http_errors import BadStatusLine, ClosedBeforeAnswer, HttpError, IncompleteAnswer
from shared.aws.http_head import MAX_BODY_BYTES, Head, are_fields, parse_chunk_line, parse_head

MAX_HEAD_BYTES = 64 * 1024
"""Of a head, and of the trailers after the last chunk."""

MAX_INTERIM_ANSWERS = 10
"""`100 Continue` and its kind before the answer itself. We ask for none."""

_MAX_CHUNK_LINE_BYTES = 1024


class Answer(NamedTuple):
    """A whole answer. `keep_alive`: another request may follow on the same connection."""

    status: int
    body: bytes
    keep_alive: bool


class AnswerParser:
    """Takes the bytes of one answer as they arrive, in any pieces."""

    def __init__(self) -> None:
        self._received = bytearray()
        self._head: Head | None = None
        self._interim_answers = 0
        self._chunks: bytearray | None = None
        self._chunk_size: int | None = None

    def feed(self, data: bytes) -> Answer | None:
        """The answer once it is whole, else None. `data` is b"" at the end of the stream.

        Raises HttpError. After an answer or an error the parser is of no further use. Where more bytes follow, the
        connection cannot be kept alive, because nobody knows which request they belong to.
        """
        received = self._received
        received += data
        head = self._head or self._take_head()
        body = self._take_body(head, ended=not data) if head is not None else None
        if head is None or body is None:
            if not data:
                self._fail_at_end()
            return None
        return Answer(head.status, body, head.keep_alive and not received)

    def _fail_at_end(self) -> None:
        if self._head is None and not self._received and not self._interim_answers:
            raise ClosedBeforeAnswer("the connection was closed before an answer")
        raise IncompleteAnswer(bytes(self._received))

    def _take_head(self) -> Head | None:
        received = self._received
        while True:
            end = received.find(b"\r\n\r\n", 0, MAX_HEAD_BYTES)
            if end < 0:
                if len(received) >= MAX_HEAD_BYTES:
                    raise HttpError(f"a head of more than {MAX_HEAD_BYTES} bytes")
                if not received.startswith(b"HTTP/1."[: len(received)]):
                    raise BadStatusLine(repr(bytes(received[:100])))
                return None
            head = parse_head(bytes(received[:end]))
            del received[: end + 4]
            if head.status >= HTTPStatus.OK:
                self._head = head
                return head
            self._interim_answers += 1
            if head.status == HTTPStatus.SWITCHING_PROTOCOLS or self._interim_answers > MAX_INTERIM_ANSWERS:
                raise HttpError(f"an unexpected interim answer {head.status}")

    def _take_body(self, head: Head, *, ended: bool) -> bytes | None:
        received = self._received
        if head.chunked:
            return self._take_chunks()
        if head.length is None:
            if len(received) > MAX_BODY_BYTES:
                raise HttpError(f"a body of more than {MAX_BODY_BYTES} bytes")
            size = len(received)
            if not ended:
                return None
        elif len(received) < head.length:
            return None
        else:
            size = head.length
        body = bytes(received) if size == len(received) else bytes(received[:size])
        del received[:size]
        return body

    def _take_chunks(self) -> bytes | None:
        received = self._received
        if self._chunks is None:
            self._chunks = bytearray()
        while True:
            if self._chunk_size is None:
                self._chunk_size = self._take_chunk_line()
            size = self._chunk_size
            if size is None:
                return None
            if size == 0:
                return bytes(self._chunks) if self._take_trailers() else None
            if len(received) < size + 2:
                return None
            if received[size : size + 2] != b"\r\n":
                raise HttpError("a chunk of another length than it says")
            self._chunks += received[:size]
            del received[: size + 2]
            self._chunk_size = None

    def _take_chunk_line(self) -> int | None:
        received = self._received
        end = received.find(b"\r\n", 0, _MAX_CHUNK_LINE_BYTES)
        if end < 0:
            if len(received) >= _MAX_CHUNK_LINE_BYTES:
                raise HttpError("no length where a chunk should begin")
            return None
        size = parse_chunk_line(bytes(received[:end]))
        if size + len(self._chunks or b"") > MAX_BODY_BYTES:
            raise HttpError(f"a body of more than {MAX_BODY_BYTES} bytes")
        del received[: end + 2]
        return size

    def _take_trailers(self) -> bool:
        """Whether the trailers, mostly none, are there with the empty line that ends them."""
        received = self._received
        if received.startswith(b"\r\n"):
            del received[:2]
            return True
        end = received.find(b"\r\n\r\n", 0, MAX_HEAD_BYTES)
        if end < 0:
            if len(received) >= MAX_HEAD_BYTES:
                raise HttpError(f"trailers of more than {MAX_HEAD_BYTES} bytes")
            return False
        if not are_fields(b"\r\n" + received[:end]):
            raise HttpError("malformed trailers")
        del received[: end + 4]
        return True
