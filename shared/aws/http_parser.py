"""Reading one HTTP/1.1 answer from bytes as they arrive, without a socket.

It accepts what AWS and well-behaved servers send, and refuses whatever leaves room for doubt about where an answer
ends: an answer that is taken for another post's would delete the subscription of a connection that is open.

https://www.rfc-editor.org/rfc/rfc9112
"""

import re
from typing import NamedTuple

MAX_HEAD_BYTES = 64 * 1024
MAX_HEADERS = 100
MAX_INTERIM_ANSWERS = 8
MAX_LINE_BYTES = 1024
"""Of a chunk's size and extensions."""
MAX_BODY_BYTES = 32 * 1024 * 1024
"""Twice the largest answer of DynamoDB."""

_STATUS_LINE = re.compile(rb"HTTP/1\.([01]) ([1-9][0-9]{2})(?: [^\r\n\0]*)?")
_NAME = re.compile(rb"[!#$%&'*+\-.^_`|~0-9A-Za-z]+")
_CHUNK_SIZE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*(?:;[^\r\n\0]*)?")
_WITHOUT_BODY = (204, 304)


class HttpError(Exception):
    """The other side did not answer as HTTP/1.1 asks, or closed the connection within its answer."""


class Answer(NamedTuple):
    """A whole answer. `keep_alive`: the connection takes another request."""

    status: int
    body: bytes
    keep_alive: bool


class AnswerParser:
    """Takes bytes, and says when they are a whole answer. One for each answer."""

    def __init__(self) -> None:
        self.buffer = bytearray()
        """What arrived and was not read yet. Once the answer is whole, what is left does not belong to it."""
        self._status = 0
        self._keep_alive = False
        self._length: int | None = None
        self._chunked = False
        self._interim_answers = 0
        self._chunks = bytearray()
        self._in_trailers = False
        self._trailer_bytes = 0

    def feed(self, data: bytes, *, ended: bool = False) -> Answer | None:
        """The answer, once it is whole. `ended`: the other side sends no more. Raises HttpError."""
        self.buffer += data
        answer = self._parse(ended)
        if answer is None and ended:
            raise HttpError("the connection was closed within an answer")
        return answer

    def _parse(self, ended: bool) -> Answer | None:
        while not self._status:
            end = self.buffer.find(b"\r\n\r\n")
            if end < 0 or end > MAX_HEAD_BYTES:
                if len(self.buffer) > MAX_HEAD_BYTES:
                    raise HttpError("too long a head")
                return None
            self._read_head(bytes(self.buffer[:end]))
            del self.buffer[: end + 4]
        if self._status in _WITHOUT_BODY:
            return Answer(self._status, b"", self._keep_alive)
        if self._chunked:
            return self._read_chunks()
        if self._length is not None:
            if len(self.buffer) < self._length:
                return None
            body = bytes(self.buffer[: self._length])
            del self.buffer[: self._length]
            return Answer(self._status, body, self._keep_alive)
        if len(self.buffer) > MAX_BODY_BYTES:
            raise HttpError("too long a body")
        return Answer(self._status, bytes(self.buffer), keep_alive=False) if ended else None

    def _read_head(self, head: bytes) -> None:
        status_line, *lines = head.split(b"\r\n")
        match = _STATUS_LINE.fullmatch(status_line)
        if match is None:
            raise HttpError("no status line")
        if len(lines) > MAX_HEADERS:
            raise HttpError(f"more than {MAX_HEADERS} headers")
        status = int(match[2])
        headers: dict[bytes, list[bytes]] = {}
        for line in lines:
            name, colon, value = line.partition(b":")
            if not colon or not _NAME.fullmatch(name) or b"\n" in value or b"\r" in value or b"\0" in value:
                raise HttpError("a malformed header")
            headers.setdefault(name.lower(), []).append(value.strip(b" \t"))
        if status < 200:  # noqa: PLR2004
            self._interim_answers += 1
            if status == 101 or self._interim_answers > MAX_INTERIM_ANSWERS:  # noqa: PLR2004
                raise HttpError("an interim answer that nobody asked for")
            return
        self._status = status
        tokens = {token.strip().lower() for value in headers.get(b"connection", ()) for token in value.split(b",")}
        self._keep_alive = match[1] == b"1" and b"close" not in tokens
        self._read_framing(headers.get(b"content-length", []), headers.get(b"transfer-encoding", []))

    def _read_framing(self, lengths: list[bytes], encodings: list[bytes]) -> None:
        if encodings:
            if lengths or [encoding.lower() for encoding in encodings] != [b"chunked"]:
                raise HttpError("an unknown or doubtful transfer encoding")
            self._chunked = True
        elif lengths:
            if len(set(lengths)) > 1 or not lengths[0].isdigit() or int(lengths[0][:12]) > MAX_BODY_BYTES:
                raise HttpError("a malformed or too large length")
            self._length = int(lengths[0])

    def _read_chunks(self) -> Answer | None:
        while not self._in_trailers:
            end = self.buffer.find(b"\r\n")
            match = _CHUNK_SIZE.fullmatch(self.buffer, 0, end) if 0 <= end <= MAX_LINE_BYTES else None
            if match is None:
                if end >= 0 or len(self.buffer) > MAX_LINE_BYTES:
                    raise HttpError("a malformed chunk")
                return None
            size, start = int(match[1], 16), end + 2
            del match  # it holds on to the buffer, which could not be shortened
            if len(self._chunks) + size > MAX_BODY_BYTES:
                raise HttpError("too long a body")
            if size == 0:
                del self.buffer[:start]
                self._in_trailers = True
                break
            if len(self.buffer) < start + size + 2:
                return None
            if self.buffer[start + size : start + size + 2] != b"\r\n":
                raise HttpError("a malformed chunk")
            self._chunks += self.buffer[start : start + size]
            del self.buffer[: start + size + 2]
        return Answer(self._status, bytes(self._chunks), self._keep_alive) if self._trailers_are_over() else None

    def _trailers_are_over(self) -> bool:
        while (end := self.buffer.find(b"\r\n")) >= 0:
            del self.buffer[: end + 2]
            if end == 0:
                return True
            self._trailer_bytes += end + 2
            if self._trailer_bytes > MAX_HEAD_BYTES:
                raise HttpError("too many trailers")
        if len(self.buffer) > MAX_HEAD_BYTES:
            raise HttpError("too many trailers")
        return False
