"""The head of an HTTP/1.1 answer: its status, and where its body ends.

A client that guesses where an answer ends may take one answer for another's. So every ambiguity is an error here: two
lengths, a length with a sign, a length next to a transfer encoding, a folded header, a line feed without its return.

https://www.rfc-editor.org/rfc/rfc9112
"""

import re
from functools import lru_cache
from http import HTTPStatus
from typing import NamedTuple

from shared.aws.http_errors import BadStatusLine, HttpError

MAX_HEADERS = 100
MAX_BODY_BYTES = 32 * 1024 * 1024
"""Twice the largest answer of DynamoDB."""

_STATUS_LINE = re.compile(rb"HTTP/1\.([01]) ([1-9][0-9]{2})(?: [^\r\n\x00]*+)?")
_FIELDS = re.compile(rb"(?:\r\n[!#$%%&'*+.^_`|~0-9A-Za-z-]++:[^\x00-\x08\x0a-\x1f\x7f]*+){0,%d}+" % MAX_HEADERS)
_HEAD = re.compile(_STATUS_LINE.pattern + _FIELDS.pattern)
_FRAMING = re.compile(rb"\r\n(content-length|transfer-encoding|connection):([^\r]*+)", re.IGNORECASE)
_LENGTH = re.compile(rb"[0-9]{1,10}")
_CHUNK_LINE = re.compile(rb"([0-9A-Fa-f]{1,8})[ \t]*+(?:;[^\x00-\x08\x0a-\x1f\x7f]*+)?")
_WITHOUT_BODY = (HTTPStatus.NO_CONTENT, HTTPStatus.NOT_MODIFIED)


class Head(NamedTuple):
    """`length`: of the body in bytes, None where it comes in chunks or the end of the stream ends it."""

    status: int
    keep_alive: bool
    chunked: bool
    length: int | None


def parse_chunk_line(text: bytes) -> int:
    """The size of a chunk in bytes. Raises HttpError."""
    matched = _CHUNK_LINE.fullmatch(text)
    if matched is None:
        raise HttpError("a chunk with a malformed length")
    return int(matched[1], 16)


def are_fields(text: bytes) -> bool:
    """Whether these are headers or trailers, each after a line break."""
    return _FIELDS.fullmatch(text) is not None


def parse_head(text: bytes) -> Head:
    """Of everything up to the empty line. Raises HttpError."""
    matched = _HEAD.fullmatch(text)
    if matched is None:
        if _STATUS_LINE.match(text) is None:
            raise BadStatusLine(repr(text[:100]))
        raise HttpError(f"a malformed header, or more than {MAX_HEADERS}")
    return _head(matched[1], int(matched[2]), tuple(_FRAMING.findall(text)))


@lru_cache(maxsize=256)
def _head(minor_version: bytes, status: int, fields: tuple[tuple[bytes, bytes], ...]) -> Head:
    """From the fields that say where the body ends. Cached, as most answers are alike in them."""
    framing: dict[bytes, list[bytes]] = {}
    for name, value in fields:
        framing.setdefault(name.lower(), []).append(value.strip(b" \t").lower())
    options = b",".join(framing.get(b"connection", [])).split(b",")
    keep_alive = minor_version == b"1" and b"close" not in [option.strip(b" \t") for option in options]
    chunked, length = _framing_of_body(framing, minor_version)
    if status in _WITHOUT_BODY:
        return Head(status, keep_alive, chunked=False, length=0)
    return Head(status, keep_alive and (chunked or length is not None), chunked, length)


def _framing_of_body(framing: dict[bytes, list[bytes]], minor_version: bytes) -> tuple[bool, int | None]:
    """Whether the body comes in chunks, and its length where the head says one."""
    lengths, encodings = framing.get(b"content-length"), framing.get(b"transfer-encoding")
    if encodings is not None:
        if encodings != [b"chunked"] or lengths is not None or minor_version == b"0":
            raise HttpError("an unknown transfer encoding, or one next to a length")
        return True, None
    if lengths is None:
        return False, None
    if len(set(lengths)) != 1 or _LENGTH.fullmatch(lengths[0]) is None:
        raise HttpError("a malformed length, or two different ones")
    length = int(lengths[0])
    if length > MAX_BODY_BYTES:
        raise HttpError(f"a body of {length} bytes")
    return False, length
