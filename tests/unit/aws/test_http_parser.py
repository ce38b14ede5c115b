"""Answers from their bytes: what each kind of head and body means, and that whatever is ambiguous is refused."""

import http.client
import io
from contextlib import suppress
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from shared.aws.http_errors import BadStatusLine, ClosedBeforeAnswer, HttpError, IncompleteAnswer
from shared.aws.http_parser import Answer, AnswerParser

OK = b"HTTP/1.1 200 OK\r\n"
CHUNKED = OK + b"Transfer-Encoding: chunked\r\n\r\n"
LENGTH_2 = b"Content-Length: 2\r\n"


def parse(*pieces: bytes) -> Answer:
    """The answer in these pieces, after which the stream ends."""
    parser = AnswerParser()
    for piece in [*(piece for piece in pieces if piece), b""]:
        answer = parser.feed(piece)
        if answer is not None:
            return answer
    raise AssertionError("neither an answer nor an error at the end of the stream")


@pytest.mark.parametrize(
    ("answer", "expected"),
    [
        (OK + LENGTH_2 + b"\r\n{}", Answer(200, b"{}", True)),
        (b"HTTP/1.1 410 Gone\r\ncontent-length:0\r\n\r\n", Answer(410, b"", True)),
        (b"HTTP/1.1 200\r\nCONTENT-LENGTH: \t2 \r\nX: a\r\nEmpty:\r\n\r\n{}", Answer(200, b"{}", True)),
        (OK + LENGTH_2 + LENGTH_2 + b"\r\n{}", Answer(200, b"{}", True)),
        (b"HTTP/1.1 204 No Content\r\n\r\n", Answer(204, b"", True)),
        (b"HTTP/1.1 304 Not Modified\r\nContent-Length: 9\r\n\r\n", Answer(304, b"", True)),
        (b"HTTP/1.1 100 Continue\r\n\r\n" + OK + LENGTH_2 + b"\r\n{}", Answer(200, b"{}", True)),
        (OK + b"Connection: Close\r\n" + LENGTH_2 + b"\r\n{}", Answer(200, b"{}", False)),
        (OK + b"Connection: keep-alive, Close\r\n" + LENGTH_2 + b"\r\n{}", Answer(200, b"{}", False)),
        (OK + b"Connection: keep-alive\r\nConnection: x,close\r\n" + LENGTH_2 + b"\r\n{}", Answer(200, b"{}", False)),
        (OK + b"Connection: not-close\r\n" + LENGTH_2 + b"\r\n{}", Answer(200, b"{}", True)),
        (b"HTTP/1.0 200 OK\r\n" + LENGTH_2 + b"\r\n{}", Answer(200, b"{}", False)),
        (OK + b"\r\nall until the end", Answer(200, b"all until the end", False)),
        (CHUNKED + b"4;name=value\r\nwiki\r\nA \r\n0123456789\r\n0\r\n\r\n", Answer(200, b"wiki0123456789", True)),
        (CHUNKED + b"1\r\nx\r\n000\r\nTrailer: a\r\nOther: b\r\n\r\n", Answer(200, b"x", True)),
    ],
)
def test_an_answer_is_read(answer: bytes, expected: Answer) -> None:
    assert parse(answer) == expected
    assert parse(*(answer[place : place + 1] for place in range(len(answer)))) == expected


@pytest.mark.parametrize("first", [OK + LENGTH_2 + b"\r\n{}", CHUNKED + b"0\r\n\r\n", b"HTTP/1.1 204 No\r\n\r\n"])
def test_a_connection_with_bytes_after_the_answer_is_not_kept(first: bytes) -> None:
    second = b"HTTP/1.1 410 Gone\r\nContent-Length: 0\r\n\r\n"

    assert parse(first + second) == parse(first)._replace(keep_alive=False)


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (b"", ClosedBeforeAnswer),
        (b"SSH-2.0-OpenSSH\r\n", BadStatusLine),
        (b"HTTP/1.1 OK\r\n\r\n", BadStatusLine),
        (b"HTTP/1.1 099 OK\r\n\r\n", BadStatusLine),
        (b"HTTP/1.1 2000 OK\r\n\r\n", HttpError),
        (b"HTTP/2 200 OK\r\n\r\n", BadStatusLine),
        (b"HTTP/1.1  200 OK\r\n\r\n", BadStatusLine),
        (b"HTTP/1.1 100 Continue\r\n\r\n", IncompleteAnswer),
        (OK + b"Content-Le", IncompleteAnswer),
        (OK + b"Content-Length: 9\r\n\r\n{}", IncompleteAnswer),
        (CHUNKED + b"4\r\nwi", IncompleteAnswer),
        (CHUNKED + b"1\r\nx\r\n0\r\nTrailer: a\r\n", IncompleteAnswer),
    ],
)
def test_what_is_no_answer_or_ends_too_early_raises(answer: bytes, error: type[HttpError]) -> None:
    with pytest.raises(error):
        parse(answer)


@pytest.mark.parametrize(
    "length", [b"many", b"-1", b"+2", b"1_0", b"0x2", b"2.0", b"2, 2", b"", b"99999999999", b"\xb2"]
)
def test_a_length_is_digits_and_within_bounds(length: bytes) -> None:
    with pytest.raises(HttpError):
        parse(OK + b"Content-Length: " + length + b"\r\n\r\n" + b"x" * 20)


@pytest.mark.parametrize(
    "headers",
    [
        LENGTH_2 + b"Content-Length: 3\r\n",
        LENGTH_2 + b"Transfer-Encoding: chunked\r\n",
        b"Transfer-Encoding: chunked\r\n" + LENGTH_2,
        b"Transfer-Encoding: gzip, chunked\r\n",
        b"Transfer-Encoding: identity\r\n" + LENGTH_2,
        b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n",
        b"Content-Length : 2\r\n",
        b" Content-Length: 2\r\n",
        b"X: a\r\n Content-Length: 2\r\n",
        b"X: a\r\n\tfolded\r\n" + LENGTH_2,
        b"X Y: a\r\n" + LENGTH_2,
        b": a\r\n" + LENGTH_2,
        b"no colon\r\n" + LENGTH_2,
        b"X: a\nContent-Length: 5\r\n" + LENGTH_2,
        b"X: a\rContent-Length: 5\r\n" + LENGTH_2,
        b"X: \0\r\n" + LENGTH_2,
        b"X: a\r\n" * 101 + LENGTH_2,
        b"X: " + b"a" * 70_000 + b"\r\n" + LENGTH_2,
    ],
)
def test_headers_that_are_ambiguous_or_too_many_are_refused(headers: bytes) -> None:
    with pytest.raises(HttpError):
        parse(OK + headers + b"\r\n2\r\n{}\r\n0\r\n\r\n")


def test_the_old_version_has_no_chunks() -> None:
    with pytest.raises(HttpError):
        parse(CHUNKED.replace(b"/1.1", b"/1.0") + b"0\r\n\r\n")


@pytest.mark.parametrize(
    "chunks",
    [
        b"zz\r\n",
        b"+2\r\n{}\r\n",
        b"-2\r\n{}\r\n",
        b"0x2\r\n{}\r\n",
        b"0_2\r\n{}\r\n",
        b" 2\r\n{}\r\n",
        b"\r\n{}\r\n",
        b"2\n{}\r\n",
        b"2\r\n{}x\r\n",
        b"2\r\n{}}\r\n",
        b"fffffff\r\n",
        b"2;" + b"x" * 2_000 + b"\r\n{}\r\n",
        b"0\r\nno colon\r\n\r\n",
        b"0\r\n folded: a\r\n\r\n",
        b"0\r\n" + b"X: a\r\n" * 20_000 + b"\r\n",
    ],
)
def test_malformed_chunks_and_trailers_are_refused(chunks: bytes) -> None:
    with pytest.raises(HttpError):
        parse(CHUNKED + chunks + b"0\r\n\r\n")


@pytest.mark.parametrize("endless", [b"HTTP/1.1 100 Continue\r\n\r\n", OK + b"\r\n" + b"x" * 1_000_000])
def test_an_answer_that_does_not_end_is_given_up(endless: bytes) -> None:
    with pytest.raises(HttpError):
        parse(*[endless] * 100)


def test_switching_to_another_protocol_is_no_interim_answer() -> None:
    with pytest.raises(HttpError):
        AnswerParser().feed(b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: x\r\n\r\n")


def cut(data: bytes, places: list[int]) -> list[bytes]:
    """The data in pieces that end at these places."""
    ends = sorted({0, len(data), *(place % (len(data) + 1) for place in places)})
    return [data[start:end] for start, end in pairwise(ends)]


TOKENS = st.from_regex(rb"[!#$%&'*+.^_`|~0-9A-Za-z-]{1,8}", fullmatch=True)
VALUES = st.from_regex(rb"[\x21-\x7e]([ \t\x21-\x7e]{0,10}[\x21-\x7e])?", fullmatch=True)
OTHERS = st.lists(st.tuples(TOKENS.map(lambda name: b"x-" + name), VALUES), max_size=5)


@st.composite
def valid_answers(draw: st.DrawFn) -> bytes:
    """Answers of every kind of framing; those that close the connection at their end, too."""
    status = draw(st.sampled_from([200, 201, 204, 400, 410, 413, 429, 500]))
    body = b"" if status == 204 else draw(st.binary(max_size=50))
    headers = draw(OTHERS)
    kind = draw(st.sampled_from(["length", "chunked", "until the end"])) if status != 204 else "none"
    if kind == "length":
        headers.append((b"Content-Length", b"%d" % len(body)))
    elif kind == "chunked":
        headers.append((b"transfer-encoding", b"Chunked"))
        pieces = cut(body, draw(st.lists(st.integers(0, 50), max_size=3)))
        extension = draw(st.sampled_from([b"", b";a=b", b" ;x"]))
        body = b"".join(b"%x%s\r\n%s\r\n" % (len(piece), extension, piece) for piece in pieces if piece)
        body += draw(st.sampled_from([b"0\r\n\r\n", b"0\r\nx: y\r\n\r\n"]))
    if draw(st.booleans()):
        headers.append((b"Connection", b"close"))
    lines = b"".join(b"%s: %s\r\n" % header for header in draw(st.permutations(headers)))
    interim = draw(st.sampled_from([b"", b"HTTP/1.1 100 Continue\r\n\r\n"]))
    return interim + b"HTTP/1.1 %d %s\r\n" % (status, draw(VALUES)) + lines + b"\r\n" + body


class _Socket:
    """What http.client reads an answer from."""

    def __init__(self, data: bytes) -> None:
        self._data = data

    def makefile(self, _mode: str) -> io.BytesIO:
        return io.BytesIO(self._data)


def as_the_standard_library_reads(data: bytes) -> Answer:
    stand_in: Any = _Socket(data)
    response = http.client.HTTPResponse(stand_in)
    response.begin()
    body = response.read()
    return Answer(response.status, body, not response.will_close)


@given(valid_answers(), st.lists(st.integers(0, 500), max_size=20))
def test_a_valid_answer_reads_as_with_the_standard_library_in_whatever_pieces(data: bytes, places: list[int]) -> None:
    assert parse(*cut(data, places)) == as_the_standard_library_reads(data)


@given(valid_answers(), st.integers(0, 500), st.binary(max_size=3), st.integers(0, 3), st.lists(st.integers(0, 500)))
@example(OK + LENGTH_2 + b"\r\n{}", 33, b"", 1, [])
def test_a_damaged_answer_is_an_answer_or_an_error(
    data: bytes, place: int, put_in: bytes, taken_out: int, places: list[int]
) -> None:
    place %= len(data) + 1
    with suppress(HttpError):
        parse(*cut(data[:place] + put_in + data[place + taken_out :], places))


@given(st.lists(st.binary(max_size=50) | st.sampled_from([OK, LENGTH_2, CHUNKED, b"\r\n", b"0\r\n\r\n", b"2\r\n{}"])))
def test_any_bytes_are_an_answer_or_an_error(pieces: list[bytes]) -> None:
    with suppress(HttpError):
        parse(*pieces)
